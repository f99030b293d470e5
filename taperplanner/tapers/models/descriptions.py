"""Earlier descriptions of a plan."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.rows_within import has_any

from .plans import Goal, Plan


class EarlierDescriptionQuerySet(AppendOnlyQuerySet["EarlierDescription"]):
    def newest_first(self) -> Self:
        return self.order_by("-replaced_at", "-id")


class EarlierDescription(AppendOnly):
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="earlier_descriptions")
    goal = models.CharField(max_length=20, choices=Goal)
    # Null: replaced before a plan could start a medicine.
    started_for = models.CharField(max_length=300, blank=True, null=True)
    reason = models.TextField(max_length=1000)
    discussed = models.TextField(max_length=2000, blank=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    replaced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    replaced_by_name = models.CharField(max_length=200)
    replaced_at = models.DateTimeField()

    objects: ClassVar[EarlierDescriptionQuerySet] = EarlierDescriptionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["plan", "replaced_at"], name="earlier_description_of_plan")]

    def __str__(self) -> str:
        return f"description until {self.replaced_at:%Y-%m-%d}"


def earlier_descriptions(plan: Plan) -> list[EarlierDescription]:
    """The newest first."""
    return list(plan.earlier_descriptions.newest_first()) if has_any(plan, EarlierDescription) else []
