"""A contact that is due on a date."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.models.assignments import LONGEST_WHY


class Status(models.TextChoices):
    """What somebody said of it. That it is due or overdue follows from the day: see `due`."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    MISSED = "missed", "Missed"
    CANCELLED = "cancelled", "Cancelled"


SETTLED: Final = (Status.DONE, Status.MISSED, Status.CANCELLED)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def valid(self) -> Self:
        """Without those that were entered in error."""
        return self.filter(error=None)

    def open(self) -> Self:
        return self.valid().filter(status=Status.OPEN)

    def due_by(self, day: date) -> Self:
        """On that day or before it."""
        return self.filter(due_on__lte=day)

    def due_from(self, day: date) -> Self:
        return self.filter(due_on__gte=day)

    def moved(self) -> Self:
        """Open, and linked to a step that a newer version replaced before the step would have begun."""
        newer = Version.objects.filter(
            plan=OuterRef("plan"),
            number__gt=OuterRef("version_number"),
            first_day__lte=OuterRef("step_begins_on"),
        )
        return self.open().filter(Exists(newer))

    def by_day(self) -> Self:
        return self.order_by("due_on", "number", "id")


class FollowUp(models.Model):
    """If it is linked to a step, `due_on` is that step's first day plus the typed number of days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="follow_ups")
    number = models.PositiveIntegerField()
    due_on = models.DateField()
    purpose = models.CharField(max_length=200)
    assigned_to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    offset_days = models.PositiveIntegerField(null=True)
    version_number = models.PositiveIntegerField(null=True)
    step_position = models.PositiveIntegerField(null=True)
    step_begins_on = models.DateField(null=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[FollowUpQuerySet] = FollowUpQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="follow_up_number_once_per_plan"),
            models.CheckConstraint(condition=~Q(purpose=""), name="follow_up_has_a_purpose"),
            models.CheckConstraint(
                condition=Q(offset_days=None, version_number=None, step_position=None, step_begins_on=None)
                | Q(
                    offset_days__isnull=False,
                    version_number__isnull=False,
                    step_position__isnull=False,
                    step_begins_on__isnull=False,
                    due_on__gte=F("step_begins_on"),
                ),
                name="follow_up_hangs_on_a_step_or_on_none",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.OPEN, settled_by=None, settled_at=None, reason="")
                | (
                    Q(status__in=SETTLED, settled_by__isnull=False, settled_at__isnull=False)
                    & (~Q(status=Status.CANCELLED) | ~Q(reason=""))
                ),
                name="follow_up_settled_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["plan", "status", "due_on"], name="follow_up_by_day")]

    def __str__(self) -> str:
        return f"follow-up {self.number}"

    @property
    def is_open(self) -> bool:
        return self.status == Status.OPEN

    @property
    def is_linked_to_step(self) -> bool:
        return self.step_position is not None


class FollowUpAssignment(AppendOnly):
    """That it was given to somebody else, because `before` was away. Names: as they were called."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="assignments")
    before = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    to_name = models.CharField(max_length=200)
    why = models.CharField(max_length=LONGEST_WHY)
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_by_name = models.CharField(max_length=200)
    assigned_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="follow_up_assignment_says_why")]

    def __str__(self) -> str:
        return f"assignment of {self.follow_up_id}"
