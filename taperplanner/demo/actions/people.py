"""Many synthetic patients at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.patients.details import PatientDetails
from taperplanner.patients.found_by import found_by
from taperplanner.patients.models import Patient
from taperplanner.patients.names import name_key

ROWS: Final = "INSERT INTO patients_searchkey (clinic_id, patient_id, key) VALUES (%s, %s, %s)"
COPY: Final = "COPY patients_searchkey (clinic_id, patient_id, key) FROM STDIN"


@audited_transaction()
def add_many_patients(
    *, clinic: Clinic, people: Sequence[PatientDetails], by: User, at: datetime
) -> list[Patient]:
    """The rows and the events that `add_patient` makes of each. No MRN may be another patient's."""
    patients = [
        Patient(clinic=clinic, sort_key=name_key(one.family_name, one.given_name), **vars(one))
        for one in people
    ]
    Patient.objects.bulk_create(patients)
    history = Patient.history.bulk_history_create(
        patients, default_user=by, default_date=at, default_change_reason=None
    )
    pairs = ((patient.pk, key) for patient in patients for key in found_by(patient))
    _add_keys(clinic.pk, sorted(pairs, key=lambda pair: pair[1]))
    for patient, row in zip(patients, history, strict=True):
        record("patient.added", by=by, at=at, patient_id=patient.pk, tells_of=[row])
    return patients


def _add_keys(clinic_id: UUID, pairs: Sequence[tuple[UUID, bytes]]) -> None:
    """Thirty of each patient, so an object for each would take longer than all else. In the order of their index."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(COPY) as copy:
                copy.write("".join(f"{clinic_id}\t{patient}\t\\\\x{key.hex()}\n" for patient, key in pairs))
        else:
            cursor.executemany(ROWS, [(clinic_id.hex, patient.hex, key) for patient, key in pairs])
