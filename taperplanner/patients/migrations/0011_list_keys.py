"""Every patient is found in the order of the list: the keys for it are added, some patients at once."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations, transaction

from taperplanner.patients.births import Birth
from taperplanner.patients.list_keys import AFTER_LISTS, CURRENT, list_keys

AT_ONCE = 200


def add_keys(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    patient_model, key_model = apps.get_model("patients", "Patient"), apps.get_model("patients", "SearchKey")
    keys = key_model.objects.using(alias)
    for patients in _lots(patient_model.objects.using(alias)):
        with transaction.atomic(using=alias):
            # Those of an upgrade that was stopped, or taken back, and is done again.
            keys.filter(patient__in=patients, key__gte=CURRENT, key__lt=AFTER_LISTS).delete()
            keys.bulk_create(
                key_model(patient=patient, clinic_id=patient.clinic_id, key=key)
                for patient in patients
                for key in sorted(
                    list_keys(
                        patient.given_name,
                        patient.family_name,
                        patient.preferred_name,
                        patient.mrn,
                        birth_year=Birth(patient.date_of_birth, patient.birth_year).year,
                        archived=patient.archived_at is not None,
                    )
                )
            )


def _lots(patients: Any) -> Iterator[list[Any]]:
    """By key, so that a lot is a short list however many patients there are."""
    last = None
    while lot := list((patients.filter(pk__gt=last) if last else patients.all()).order_by("pk")[:AT_ONCE]):
        yield lot
        last = lot[-1].pk


class Migration(migrations.Migration):
    atomic = False  # each lot is a transaction of its own; what was added before a stop is added anew
    dependencies = [("patients", "0010_sex_as_recorded")]
    operations = [migrations.RunPython(add_keys, migrations.RunPython.noop)]
