"""What a danger sign raises. It is open until a provider closes it, and everything said of it stays."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.patients.models import Patient

from .check_ins import CheckIn


class EntryKind(models.TextChoices):
    DONE = "done", "What was done"
    CLOSED = "closed", "Closed"


class EmergencyQuerySet(AppendOnlyQuerySet["Emergency"]):
    def open(self) -> Self:
        """Whatever became of the check-in: only a provider's closing note takes the mark away."""
        return self.exclude(_has(EntryKind.CLOSED))

    def standing(self) -> Self:
        """Without those that are closed and hang on a check-in that was entered in error."""
        return self.exclude(_has(EntryKind.CLOSED), check_in__error__isnull=False)

    def unanswered(self) -> Self:
        """Nobody wrote down what was done."""
        return self.exclude(_has(EntryKind.DONE))

    def oldest_first(self) -> Self:
        return self.order_by("raised_at", "id")


class Emergency(AppendOnly):
    """`signs`: keys as `danger` names them."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="emergencies")
    check_in = models.OneToOneField(CheckIn, on_delete=models.PROTECT, related_name="emergency")
    signs = models.JSONField()
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()

    objects: ClassVar[EmergencyQuerySet] = EmergencyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["patient", "raised_at"], name="emergency_by_patient")]

    def __str__(self) -> str:
        return f"emergency of {self.check_in_id}"


class EmergencyEntry(AppendOnly):
    """What was done, as often as something was; and once, that it is closed."""

    emergency = models.ForeignKey(Emergency, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind)
    text = models.TextField(max_length=2000)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["emergency"], condition=Q(kind=EntryKind.CLOSED), name="emergency_closed_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="emergency_entry_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.emergency_id}"


def _has(kind: EntryKind) -> Exists:
    return Exists(EmergencyEntry.objects.filter(emergency=OuterRef("pk"), kind=kind))
