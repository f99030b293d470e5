"""At most one open plan per patient and drug, however its name is written: "Clonazepam" and "clonazepam" are one."""

from django.db import migrations, models
from django.db.models import Count, Q
from django.db.models.functions import Lower


def refuse_two(apps, editor):
    """Nothing is chosen for anybody: which of two open plans is followed, the clinic says."""
    plans = apps.get_model('tapers', 'Plan').objects.filter(state='open')
    twice = (
        plans.annotate(name=Lower('drug')).values('patient_id', 'name').annotate(count=Count('id')).filter(count__gt=1)
    )
    for one in twice:
        numbers = plans.filter(patient_id=one['patient_id'], drug__iexact=one['name']).order_by('number')
        named = ', '.join(f'plan {number}' for number in numbers.values_list('number', flat=True))
        raise RuntimeError(
            f"Patient {one['patient_id']} has more than one open plan for one drug, written in capital and small"
            f' letters: {named}. End all but one of them in the release that runs now, then migrate again.'
        )


class Migration(migrations.Migration):

    dependencies = [
        ('tapers', '0007_typists_of_open_drafts'),
    ]

    operations = [
        migrations.RunPython(refuse_two, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='plan',
            name='plan_open_once_per_patient_and_drug',
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(
                'patient', Lower('drug'), condition=Q(state='open'), name='plan_open_once_per_patient_and_drug'
            ),
        ),
    ]
