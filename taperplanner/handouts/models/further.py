"""Which versions of other plans stand on a copy beside its first."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import models

from taperplanner.append_only import AppendOnly
from taperplanner.tapers.models import Plan, Version


class FurtherVersion(AppendOnly):
    """A version of another plan on the same paper. Written before its copy, so that none is added later."""

    sealed_by = "copy"

    copy = models.ForeignKey("handouts.PrintedHandout", on_delete=models.PROTECT, related_name="further")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="further_copies")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["copy", "position"], name="further_position_once_per_copy"),
            models.UniqueConstraint(fields=["copy", "version"], name="further_version_once_per_copy"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.version_id}"


def plans_with_a_version(patients: Collection[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The open plans of each of these patients of which something is signed."""
    found: dict[uuid.UUID, set[uuid.UUID]] = {patient: set() for patient in patients}
    signed = Plan.objects.open().filter(patient__in=found, versions__isnull=False)
    for patient, plan in signed.values_list("patient", "pk") if found else ():
        found[patient].add(plan)
    return found
