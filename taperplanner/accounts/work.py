"""That somebody works here: license, NPI and last day, as a manager typed them; and when they are on leave.

Rows that only grow. The newest `WorkDetails` say how it is, all of them are the history; a leave that was typed wrongly,
or that ends early, is withdrawn, and another one typed. Nothing of it goes into an event or a log.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet

LONGEST_LICENSE: Final = 60
LONGEST_STATE: Final = 40
LONGEST_WHY: Final = 200


class WorkDetailsQuerySet(AppendOnlyQuerySet["WorkDetails"]):
    def newest_first(self) -> Self:
        return self.select_related("typed_by").order_by("-number")


class WorkDetails(AppendOnly):
    """`number`: counted for each person. `works_until`: their last day of work here; null: no end is known."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="work_details")
    number = models.PositiveIntegerField()
    license = models.CharField(max_length=LONGEST_LICENSE, blank=True)
    license_state = models.CharField(max_length=LONGEST_STATE, blank=True)
    npi = models.CharField(max_length=10, blank=True)
    works_until = models.DateField(null=True)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    typed_at = models.DateTimeField()

    objects: ClassVar[WorkDetailsQuerySet] = WorkDetailsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "number"], name="work_details_number_once"),
            models.CheckConstraint(
                condition=Q(license="", license_state="") | (~Q(license="") & ~Q(license_state="")),
                name="work_details_license_with_its_state",
            ),
        ]

    def __str__(self) -> str:
        return f"work details {self.number}"


class LeaveQuerySet(AppendOnlyQuerySet["Leave"]):
    def standing(self) -> Self:
        """Without those that were withdrawn."""
        return self.filter(withdrawal=None)

    def covering(self, day: date) -> Self:
        return self.standing().filter(first_day__lte=day, last_day__gte=day)

    def newest_first(self) -> Self:
        return self.select_related("typed_by", "withdrawal__withdrawn_by").order_by("-first_day", "-typed_at")


class Leave(AppendOnly):
    """From the first to the last day, both included."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leaves")
    first_day = models.DateField()
    last_day = models.DateField()
    why = models.CharField(max_length=LONGEST_WHY)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    typed_at = models.DateTimeField()

    objects: ClassVar[LeaveQuerySet] = LeaveQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="leave_ends_after_it_began"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="leave_says_why"),
        ]

    def __str__(self) -> str:
        return f"leave {self.first_day} to {self.last_day}"


class LeaveWithdrawal(AppendOnly):
    """From then on the leave counts no more."""

    leave = models.OneToOneField(Leave, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.leave_id} withdrawn"
