"""Who treats a patient, said by rooms above: a restriction never shuts them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from taperplanner.places import Registry

from ..models import Patient

# The ids of the users who signed or opened what is open for this patient.
treating: Registry[Callable[[Patient], Iterable[UUID]]] = Registry()


def who_treats(patient: Patient) -> set[UUID]:
    return {user_id for of_patient in treating for user_id in of_patient(patient)}
