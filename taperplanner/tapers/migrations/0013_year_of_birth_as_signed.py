"""A version may be signed for somebody of whom only the year of birth is known. What is signed has its day, and keeps it."""

from django.db import migrations, models

from taperplanner.append_only import RebuildsTable


class Migration(migrations.Migration):

    dependencies = [
        ('tapers', '0012_start_or_bridge'),
    ]

    operations = [
        migrations.AddField(
            model_name='version',
            name='patient_birth_year',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        RebuildsTable(
            [
                migrations.AlterField(
                    model_name='version',
                    name='patient_date_of_birth',
                    field=models.DateField(null=True),
                ),
                migrations.AddConstraint(
                    model_name='version',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('patient_birth_year', None), ('patient_date_of_birth__isnull', False)), models.Q(('patient_birth_year__isnull', False), ('patient_date_of_birth', None)), _connector='OR'), name='version_birth_is_a_day_or_a_year'),
                ),
            ]
        ),
    ]
