"""Who helps a patient at home, and what they may be told, as the patient agreed on a day. Rows that never change."""

from __future__ import annotations

from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet

LONGEST_NAME: Final = 80
LONGEST_PHONE: Final = 40


class MayBeTold(models.TextChoices):
    """What the patient agreed that this person is told."""

    SCHEDULE = "schedule", "About the schedule"
    PATIENT = "patient", "Only that the person is a patient here"
    NOTHING = "nothing", "Nothing"


class HomeHelperQuerySet(AppendOnlyQuerySet["HomeHelper"]):
    def by_number(self) -> Self:
        return self.order_by("number")


class HomeHelper(AppendOnly):
    """`agreed_on`: the day of the patient's consent; none where this person may be told nothing, and is on no paper.

    `is_on_paper`: the patient wants their name and phone on the handout. `Patient.helper_on_paper` names who is.
    """

    patient = models.ForeignKey("patients.Patient", on_delete=models.PROTECT, related_name="home_helpers")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=LONGEST_NAME)
    relation = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=LONGEST_PHONE, blank=True)
    may_be_told = models.CharField(max_length=20, choices=MayBeTold)
    agreed_on = models.DateField(null=True)
    is_on_paper = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects: ClassVar[HomeHelperQuerySet] = HomeHelperQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "number"], name="home_helper_number_once_per_patient"),
            models.CheckConstraint(condition=~Q(name=""), name="home_helper_is_named"),
            models.CheckConstraint(
                condition=Q(may_be_told__in=MayBeTold.values), name="home_helper_told_is_known"
            ),
            models.CheckConstraint(
                condition=Q(may_be_told=MayBeTold.NOTHING, is_on_paper=False) | Q(agreed_on__isnull=False),
                name="home_helper_with_consent_of_a_day",
            ),
            models.CheckConstraint(
                condition=Q(is_on_paper=False) | ~Q(phone=""), name="home_helper_on_paper_has_a_phone"
            ),
        ]

    def __str__(self) -> str:
        return f"helper {self.number}"

    @property
    def on_paper(self) -> str:
        """ "Luis Rivera, 555-0112"."""
        return f"{self.name}, {self.phone}"


class HomeHelperEnd(AppendOnly):
    """From then on this person is told nothing and stands on no new paper: the consent was withdrawn, or they help no more."""

    helper = models.OneToOneField(HomeHelper, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=300)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_by_name = models.CharField(max_length=200)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="home_helper_end_has_a_reason")]

    def __str__(self) -> str:
        return f"ended: {self.reason}"
