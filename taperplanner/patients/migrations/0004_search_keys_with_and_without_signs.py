"""Every patient is found again under the keys that are made now: a name with an ʻokina is found without it."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

from taperplanner.patients.names import keys_of, name_key

AT_ONCE = 500


def refresh(apps: Any, schema_editor: Any) -> None:
    patient_model, key_model = apps.get_model("patients", "Patient"), apps.get_model("patients", "SearchKey")
    for patients in _lots(patient_model.objects.using(schema_editor.connection.alias)):
        keys = key_model.objects.using(schema_editor.connection.alias)
        keys.filter(patient__in=patients).delete()
        keys.bulk_create(
            key_model(patient=patient, clinic_id=patient.clinic_id, key=key)
            for patient in patients
            for key in sorted(
                keys_of(patient.given_name, patient.family_name, patient.preferred_name, patient.mrn)
            )
        )
        for patient in patients:
            patient.sort_key = name_key(patient.family_name, patient.given_name)
        patient_model.objects.using(schema_editor.connection.alias).bulk_update(patients, ["sort_key"])


def _lots(patients: Any) -> Iterator[list[Any]]:
    """By key, so that a lot is a short list however many patients there are."""
    last = None
    while lot := list((patients.filter(pk__gt=last) if last else patients.all()).order_by("pk")[:AT_ONCE]):
        yield lot
        last = lot[-1].pk


class Migration(migrations.Migration):
    dependencies = [("patients", "0003_name_is_not_what_it_comes_near")]
    operations = [migrations.RunPython(refresh, migrations.RunPython.noop)]
