"""A birth of which only the year is known is recorded as that. What is recorded has its day, and keeps it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0006_more_safety_facts'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalpatient',
            name='birth_year',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='Year of birth, where no more is known'),
        ),
        migrations.AddField(
            model_name='patient',
            name='birth_year',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='Year of birth, where no more is known'),
        ),
        migrations.AlterField(
            model_name='historicalpatient',
            name='date_of_birth',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='patient',
            name='date_of_birth',
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name='patient',
            index=models.Index(condition=models.Q(('birth_year__isnull', False)), fields=['clinic', 'birth_year'], name='patient_by_birth_year'),
        ),
        migrations.AddConstraint(
            model_name='patient',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('birth_year', None), ('date_of_birth__isnull', False)), models.Q(('birth_year__isnull', False), ('date_of_birth', None)), _connector='OR'), name='patient_birth_is_a_day_or_a_year'),
        ),
    ]
