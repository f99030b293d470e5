"""What somebody wrote about a patient. It never changes, and belongs to no plan."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.patients.models import Patient


class PatientNoteQuerySet(AppendOnlyQuerySet["PatientNote"]):
    def valid(self) -> Self:
        """Without those that were entered in error."""
        return self.filter(error=None)

    def newest_first(self) -> Self:
        """By number: numbers are given in the order in which notes were written."""
        return self.order_by("-number")


class PatientNote(AppendOnly):
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=2000)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    objects: ClassVar[PatientNoteQuerySet] = PatientNoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "number"], name="note_number_once_per_patient"),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
        ]

    def __str__(self) -> str:
        return f"note {self.number}"

    def get_absolute_url(self) -> str:
        """All notes: this one stands on the first page of them while it is new."""
        return reverse("monitoring:notes", args=[self.patient_id])
