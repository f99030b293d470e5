"""What the audit log calls a patient. The log knows ids alone; a room above, which knows patients, says the words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from taperplanner.places import Registry

from .models import User

# Given who reads and the ids of patients of their clinic: what each may be called for that reader.
PatientNamer = Callable[[User, Collection[UUID]], Mapping[UUID, str]]
patient_namers: Registry[PatientNamer] = Registry()


def patients_named(reader: User, ids: Collection[UUID]) -> dict[UUID, str]:
    """Whoever nobody names, such as one whose record is of before, is missing."""
    return {pk: words for namer in patient_namers for pk, words in namer(reader, ids).items()}
