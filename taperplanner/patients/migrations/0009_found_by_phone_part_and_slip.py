"""Every patient is found by phone, by part of a word of the name and by one typing error: the keys for it are added."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

from taperplanner.patients.search_keys import AFTER_THESE, PHONE, finding_keys

AT_ONCE = 200


def add_keys(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    patient_model, key_model = apps.get_model("patients", "Patient"), apps.get_model("patients", "SearchKey")
    keys = key_model.objects.using(alias)
    for patients in _lots(patient_model.objects.using(alias)):
        # Those of an upgrade that was taken back and is done again.
        keys.filter(patient__in=patients, key__gte=PHONE, key__lt=AFTER_THESE).delete()
        keys.bulk_create(
            key_model(patient=patient, clinic_id=patient.clinic_id, key=key)
            for patient in patients
            for key in sorted(
                finding_keys(patient.given_name, patient.family_name, patient.preferred_name, patient.phone)
            )
        )


def _lots(patients: Any) -> Iterator[list[Any]]:
    """By key, so that a lot is a short list however many patients there are."""
    last = None
    while lot := list((patients.filter(pk__gt=last) if last else patients.all()).order_by("pk")[:AT_ONCE]):
        yield lot
        last = lot[-1].pk


class Migration(migrations.Migration):
    dependencies = [("patients", "0008_restricted_patients")]
    operations = [migrations.RunPython(add_keys, migrations.RunPython.noop)]
