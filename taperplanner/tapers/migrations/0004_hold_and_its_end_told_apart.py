from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tapers', '0003_earlier_description'),
    ]

    operations = [
        migrations.AlterField(
            model_name='version',
            name='reason',
            field=models.CharField(blank=True, choices=[('symptoms', 'Symptoms'), ('patient_request', 'The patient asked for it'), ('supply', 'Supply of the product'), ('error', 'An error in the schedule'), ('held', 'Hold: the current step goes on longer'), ('hold_ended', 'End of a hold: the current step is left'), ('other', 'Another reason'), ('hold', "The step's days were changed")], max_length=20),
        ),
    ]
