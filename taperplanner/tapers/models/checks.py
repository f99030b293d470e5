"""The independent check of a version: a second person types the daily doses without seeing them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet

from .versions import Version


class VersionCheckQuerySet(AppendOnlyQuerySet["VersionCheck"]):
    def oldest_first(self) -> Self:
        return self.order_by("checked_at", "id")


class VersionCheck(AppendOnly):
    """One check. Shape of `differences`: [{"step": 2, "typed": "1.25 mg", "signed": "1.5 mg"}]."""

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
