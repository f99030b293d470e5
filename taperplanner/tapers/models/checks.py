"""The independent check of a version: a second person types the daily doses without seeing them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.rows_within import has_any

from .versions import Version


class VersionCheckQuerySet(AppendOnlyQuerySet["VersionCheck"]):
    def oldest_first(self) -> Self:
        return self.order_by("checked_at", "id")


class VersionCheck(AppendOnly):
    """One check. Shape of `differences`: [{"step": 2, "typed": "1.25 mg", "signed": "1.5 mg"}].

    At a day of a pattern also which: {"step": 2, "day": "day 2 of 2", …}, {"step": 2, "day": "Tuesday", …}.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="checks")
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_by_name = models.CharField(max_length=200)
    checked_at = models.DateTimeField()
    typed = models.JSONField()
    differences = models.JSONField()
    agrees = models.BooleanField()

    objects: ClassVar[VersionCheckQuerySet] = VersionCheckQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agrees=True, differences=[])
                | (models.Q(agrees=False) & ~models.Q(differences=[])),
                name="check_agrees_without_differences",
            ),
        ]

    def __str__(self) -> str:
        return f"check of {self.version_id}"

    @property
    def differences_by_day(self) -> list[dict[str, Any]]:
        """Each with its day, which is empty where every day of the step is alike, as in checks from before patterns."""
        return [{"day": "", **difference} for difference in self.differences]


def checks_by_version(versions: Collection[Version]) -> dict[UUID, list[VersionCheck]]:
    """Those of each, the oldest first, in one query; none, where it is known that there are none."""
    found: dict[UUID, list[VersionCheck]] = {version.pk: [] for version in versions}
    if any(has_any(version, VersionCheck) for version in versions):
        for check in VersionCheck.objects.filter(version__in=found).oldest_first():
            found[check.version_id].append(check)
    return found
