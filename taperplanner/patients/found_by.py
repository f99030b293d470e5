"""Every key that a patient is found under. Pure."""

from __future__ import annotations

from .list_keys import list_keys
from .models import Patient
from .names import keys_of, name_key
from .search_keys import finding_keys


def found_by(patient: Patient) -> list[bytes]:
    """In their order."""
    names = (patient.given_name, patient.family_name, patient.preferred_name)
    keys = keys_of(*names, patient.mrn) | finding_keys(*names, patient.phone)
    if patient.birth_year is not None:
        keys.add(name_key(str(patient.birth_year)))
    is_archived = patient.archived_at is not None
    keys |= list_keys(*names, patient.mrn, birth_year=patient.birth.year, archived=is_archived)
    return sorted(keys)
