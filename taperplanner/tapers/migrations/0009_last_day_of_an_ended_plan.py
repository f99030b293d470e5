"""On which day the patient really stopped. Plans that ended before it was asked have none."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0005_far_days'),
        ('tapers', '0008_one_open_plan_per_drug_in_any_case'),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='far_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='plan',
            name='stopped_on',
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), ('stopped_on', None), _connector='OR'), name='plan_open_was_not_stopped'),
        ),
    ]
