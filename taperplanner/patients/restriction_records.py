"""Who may open a restricted record, and who opened one in an emergency. What was typed stands here: no event holds it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q

from taperplanner.accounts.models import Clinic, User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet

LONGEST_REASON: Final = 300


class RestrictionKind(models.TextChoices):
    RESTRICTED = "restricted", "Restricted"
    PEOPLE_CHANGED = "people_changed", "Who may open it was changed"
    LIFTED = "lifted", "Lifted"


class Restriction(AppendOnly):
    """From then on the record is open to `people` alone; lifted, to everybody whose role sees patients again.

    `Patient.restriction` names the row that holds now. `works_here`: the user that the patient is, if they are one.
    """

    patient = models.ForeignKey("patients.Patient", on_delete=models.PROTECT, related_name="restrictions")
    kind = models.CharField(max_length=20, choices=RestrictionKind)
    reason = models.CharField(max_length=LONGEST_REASON)
    works_here = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_by_name = models.CharField(max_length=200)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="restriction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind__in=RestrictionKind.values), name="restriction_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class MayOpen(AppendOnly):
    """One of the people to whom a restricted record is open. Written before its restriction, and never after."""

    sealed_by = "restriction"

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="people")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["restriction", "user"], name="restriction_person_once"),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class EmergencyAccessQuerySet(AppendOnlyQuerySet["EmergencyAccess"]):
    def of_clinic(self, clinic: Clinic) -> Self:
        return self.filter(patient__clinic=clinic)

    def open_at(self, at: datetime) -> Self:
        """Neither over by time nor ended by the person."""
        return self.filter(begun_at__lte=at, until__gt=at, end=None)

    def not_reviewed(self) -> Self:
        return self.filter(review=None)

    def newest_first(self) -> Self:
        return self.order_by("-begun_at", "-id")


class EmergencyAccess(AppendOnly):
    """Somebody opened a record that is restricted and not open to them, for a reason, until a moment."""

    patient = models.ForeignKey(
        "patients.Patient", on_delete=models.PROTECT, related_name="emergency_accesses"
    )
    reason = models.CharField(max_length=LONGEST_REASON)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_by_name = models.CharField(max_length=200)
    begun_at = models.DateTimeField()
    until = models.DateTimeField()

    objects: ClassVar[EmergencyAccessQuerySet] = EmergencyAccessQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="emergency_access_has_a_reason"),
            models.CheckConstraint(condition=Q(until__gt=F("begun_at")), name="emergency_access_ends"),
        ]
        indexes = [
            models.Index(fields=["patient", "begun_by", "begun_at"], name="emergency_access_of_patient"),
        ]

    def __str__(self) -> str:
        return f"emergency access until {self.until:%H:%M}"


class EmergencyAccessEnd(AppendOnly):
    """The person said that they are done."""

    access = models.OneToOneField(EmergencyAccess, on_delete=models.PROTECT, related_name="end")
    ended_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"ended {self.ended_at:%H:%M}"


class EmergencyAccessReview(AppendOnly):
    """A manager looked into it, and what they found."""

    access = models.OneToOneField(EmergencyAccess, on_delete=models.PROTECT, related_name="review")
    note = models.CharField(max_length=LONGEST_REASON)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_by_name = models.CharField(max_length=200)
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="emergency_access_review_has_a_note"),
        ]

    def __str__(self) -> str:
        return f"reviewed by {self.reviewed_by_name}"
