"""Who typed in the drafts that are open, as the audit log says it for the last time."""

from django.db import migrations
from django.db.models import Max


def fill(apps, editor):
    """Whoever saved a draft of the plan since its newest version was signed."""
    draft_model, event_model = apps.get_model('tapers', 'Draft'), apps.get_model('audit', 'Event')
    for draft in draft_model.objects.select_related('plan'):
        plan = draft.plan
        saved = event_model.objects.filter(
            patient_id=plan.patient_id, action='draft.saved', subject=f'plan {plan.number}', user_id__isnull=False
        )
        signed_at = plan.versions.aggregate(last=Max('signed_at'))['last']
        if signed_at is not None:
            saved = saved.filter(at__gte=signed_at)
        typists = saved.order_by('at', 'id').values_list('user_id', flat=True)
        draft.typed_by = list(dict.fromkeys(str(user_id) for user_id in typists))
        draft.save(update_fields=['typed_by'])


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        ('tapers', '0006_typed_by'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
