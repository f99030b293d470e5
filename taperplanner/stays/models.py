"""A stay, its end, what a provider decided after it, and that one of the first two was entered in error.

None of these rows changes: what is known of a stay is put right by a newer row, and a mistake is marked by a row of its own.
"""

from __future__ import annotations

from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.monitoring.models.errors import Mark
from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Plan, Version

LONGEST_NAME: Final = 200
LONGEST_REASON: Final = 500
LONGEST_WORDS: Final = 2000


class Gives(models.TextChoices):
    """Who gives the patient their medicine there."""

    FACILITY = "facility", "The facility gives it"
    PATIENT = "patient", "The patient takes it from their own tablets"
    NOT_KNOWN = "not_known", "Not known"


class StayQuerySet(AppendOnlyQuerySet["Stay"]):
    def valid(self) -> Self:
        """Without those that were entered in error, or that a newer row put right."""
        return self.filter(error=None, correction=None)

    def open(self) -> Self:
        """Of whoever is there still, as far as was recorded."""
        return self.valid().exclude(Exists(StayEnd.objects.valid().filter(stay=OuterRef("pk"))))

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def longest_first(self) -> Self:
        return self.order_by("began_on", "recorded_at", "pk")


class Stay(AppendOnly):
    """`expected_until`: as it was said, such as "about two weeks". `corrects`: the row that this one puts right."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="stays")
    number = models.PositiveIntegerField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="correction")
    facility = models.CharField(max_length=LONGEST_NAME)
    began_on = models.DateField()
    expected_until = models.CharField(max_length=LONGEST_NAME, blank=True)
    gives = models.CharField(max_length=10, choices=Gives)
    told_by = models.CharField(max_length=LONGEST_NAME)
    phone = models.CharField(max_length=40, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects: ClassVar[StayQuerySet] = StayQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "number"], name="stay_number_once_per_patient"),
            models.CheckConstraint(condition=~Q(facility="") & ~Q(told_by=""), name="stay_says_where"),
            models.CheckConstraint(condition=Q(gives__in=Gives.values), name="stay_gives_is_known"),
        ]

    def __str__(self) -> str:
        return f"stay {self.number}"

    def get_absolute_url(self) -> str:
        """All stays: this one is among them."""
        return reverse("stays:stays", args=[self.patient_id])


class StayEndQuerySet(AppendOnlyQuerySet["StayEnd"]):
    def valid(self) -> Self:
        return self.filter(error=None, stay__error=None)

    def newest_first(self) -> Self:
        """A stay is recorded once the one before it has ended, so the order of writing is that of the ends."""
        return self.order_by("-recorded_at", "-stay__number")


class StayEnd(AppendOnly):
    """The patient left the facility. `taken_there`: what was taken, in the words of whoever said so."""

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="ends")
    ended_on = models.DateField()
    taken_there = models.TextField(max_length=LONGEST_WORDS)
    told_by = models.CharField(max_length=LONGEST_NAME)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects: ClassVar[StayEndQuerySet] = StayEndQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(taken_there="") & ~Q(told_by=""), name="stay_end_says_what_was_taken"
            ),
        ]

    def __str__(self) -> str:
        return f"end of a stay on {self.ended_on}"


class GoesOn(AppendOnly):
    """A provider's decision after a stay: the plan's schedule goes on as signed. `version`: what was in force, or the first
    that will be."""

    end = models.ForeignKey(StayEnd, on_delete=models.PROTECT, related_name="going_on")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="going_on")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=LONGEST_REASON)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["end", "plan"], name="goes_on_once_after_a_stay"),
            models.CheckConstraint(condition=~Q(reason=""), name="goes_on_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} goes on as signed"


class StayInError(Mark):
    """With its end and with what was decided after it."""

    stay = models.OneToOneField(Stay, on_delete=models.PROTECT, related_name="error")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="stay_error_has_a_reason")]


class StayEndInError(Mark):
    """The patient is there still. What was decided after it counts for nothing."""

    end = models.OneToOneField(StayEnd, on_delete=models.PROTECT, related_name="error")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="stay_end_error_has_a_reason")]
