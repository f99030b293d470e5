from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tapers', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='version',
            name='reason',
            field=models.CharField(blank=True, choices=[('symptoms', 'Symptoms'), ('patient_request', 'The patient asked for it'), ('supply', 'Supply of the product'), ('error', 'An error in the schedule'), ('hold', "Hold, or the end of a hold: the current step's days change"), ('other', 'Another reason')], max_length=20),
        ),
    ]
