"""A line of the day book."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from taperplanner.accounts.models import Clinic
from taperplanner.tapers.models import Plan


class Kind(models.TextChoices):
    """What is to be seen to."""

    TAMPERED = "tampered", "What is stored is not what was signed"
    CHANGE = "change", "A step begins, or nothing is taken any more"
    REVIEW = "review", "The next review is due"
    SUPPLY = "supply", "The first day without enough"
    COUNT = "count", "A count at home was lower than expected"
    HOLD = "hold", "The first step is held"
    LAST_DAY = "last_day", "The last day of the newest version"
    DRAFT = "draft", "A draft is not signed"
    LIST = "list", "The medication list is to be reviewed"
    UNDATED = "undated", "Nobody typed a day for the next review"


class DueQuerySet(models.QuerySet["Due"]):
    def of_patients(self, patients: Collection[UUID]) -> Self:
        return self.filter(plan__patient__in=patients)

    def exchange(self, *, gone: Collection[UUID], new: Sequence[Due]) -> None:
        self.filter(pk__in=gone).delete()
        self.bulk_create(new)

    def from_day(self, day: date) -> Self:
        return self.filter(first_day__gte=day)

    def by_then(self, day: date) -> Self:
        """That have begun by the day."""
        return self.filter(first_day__lte=day)

    def still_on(self, day: date) -> Self:
        """That are not over."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=day))

    def by_day(self) -> Self:
        return self.order_by("first_day", "plan_id", "product")


class Due(models.Model):
    """One line: `plan` is to be looked at for `kind` from `first_day` to `last_day`; None: until something is recorded.
    `product`: its number in the plan; 0: of none.

    No row of another table is held by it: who writes lines waits for nobody who writes records.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(
        Clinic, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    plan = models.ForeignKey(
        Plan, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    product = models.PositiveIntegerField(default=0)

    objects: ClassVar[DueQuerySet] = DueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["clinic", "kind", "first_day", "last_day"], name="due_of_clinic_by_day")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "first_day", "product"], name="due_once_per_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_day}"
