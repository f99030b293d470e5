"""A plan may start a medicine or bridge with it, and says what for."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0006_more_safety_facts'),
        ('tapers', '0011_patterns_drops_and_as_needed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='earlierdescription',
            name='started_for',
            field=models.CharField(blank=True, max_length=300, null=True),
        ),
        migrations.AddField(
            model_name='plan',
            name='started_for',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name='earlierdescription',
            name='goal',
            field=models.CharField(choices=[('discontinue', 'Discontinue'), ('reduce', 'Reduce'), ('start', 'Start or bridge')], max_length=20),
        ),
        migrations.AlterField(
            model_name='plan',
            name='goal',
            field=models.CharField(choices=[('discontinue', 'Discontinue'), ('reduce', 'Reduce'), ('start', 'Start or bridge')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('goal', 'start'), models.Q(('started_for', ''), _negated=True)), models.Q(models.Q(('goal', 'start'), _negated=True), ('started_for', '')), _connector='OR'), name='plan_says_what_it_starts_for'),
        ),
    ]
