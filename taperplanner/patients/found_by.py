"""Every key that a patient is found under, of what somebody typed. Pure."""

from __future__ import annotations

from .details import PatientDetails
from .names import keys_of, name_key
from .search_keys import finding_keys


def found_by(details: PatientDetails) -> list[bytes]:
    """In their order."""
    names = (details.given_name, details.family_name, details.preferred_name)
    keys = keys_of(*names, details.mrn) | finding_keys(*names, details.phone)
    if details.birth_year is not None:
        keys.add(name_key(str(details.birth_year)))
    return sorted(keys)
