"""The list of everything a patient takes."""

from __future__ import annotations

import uuid
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, InsertedOnce

from .choices import Answer, Kind, Use
from .vocabulary import DrugClass

# The 2025 guideline reassesses at least every 3 months (clinical.md, section 2, rows 1 and 16).
REVIEW_IS_STALE_AFTER_DAYS: Final = 90


class MedicationRecordQuerySet(models.QuerySet["MedicationRecord"]):
    def taken(self) -> Self:
        """Not stopped, as far as the list says."""
        return self.filter(stopped_at=None)

    def stopped(self) -> Self:
        return self.exclude(stopped_at=None)

    def by_name(self) -> Self:
        return self.order_by(Lower("name"), "id")


class MedicationRecord(models.Model):
    """One thing the patient takes, as written down. `drug` is its name in the vocabulary."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey("patients.Patient", on_delete=models.PROTECT, related_name="medications")
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=120)
    drug = models.CharField(max_length=120, blank=True)
    drug_class = models.CharField(
        max_length=40, choices=[(drug_class.value, drug_class.label) for drug_class in DrugClass], blank=True
    )
    sedates = models.CharField(max_length=10, choices=Answer, default=Answer.UNKNOWN)
    strength = models.CharField(max_length=60, blank=True)
    form = models.CharField(max_length=60, blank=True)
    directions = models.TextField(max_length=500, blank=True)
    spelling_reason = models.CharField("Why the spelling was kept", max_length=200, blank=True)
    indication = models.CharField(max_length=200, blank=True)
    prescriber = models.CharField(max_length=120, blank=True)
    use = models.CharField("How it is taken", max_length=10, choices=Use, default=Use.REGULAR)
    started = models.CharField(max_length=10, blank=True)
    is_not = models.CharField("Is not, though the name comes near", max_length=200, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    stop_reason = models.CharField(max_length=200, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[MedicationRecordQuerySet] = MedicationRecordQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords(bases=[InsertedOnce], excluded_fields=["revision", "changed_at"])

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="medication_is_named"),
            models.CheckConstraint(condition=Q(sedates__in=Answer.values), name="medication_sedates_known"),
            models.CheckConstraint(
                condition=Q(stopped_at=None, stopped_on=None, stop_reason="")
                | Q(stopped_at__isnull=False) & ~Q(stop_reason=""),
                name="medication_stopped_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.strength}".strip()

    @property
    def is_taken(self) -> bool:
        return self.stopped_at is None


class MedicationReview(AppendOnly):
    """ "This list is complete", said by whom and when."""

    patient = models.ForeignKey(
        "patients.Patient", on_delete=models.PROTECT, related_name="medication_reviews"
    )
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_by_name = models.CharField(max_length=200)
    reviewed_at = models.DateTimeField()
    records_count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"reviewed by {self.reviewed_by_name}"
