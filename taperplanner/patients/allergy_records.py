"""What a patient is allergic to or does not tolerate, and when somebody asked. Rows that are born and never change."""

from __future__ import annotations

from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet

LONGEST_SUBSTANCE: Final = 120
LONGEST_REACTION: Final = 200


class AllergyKind(models.TextChoices):
    ALLERGY = "allergy", "Allergy"
    INTOLERANCE = "intolerance", "Intolerance"
    UNKNOWN = "unknown", "Not known which"


class AllergyQuerySet(AppendOnlyQuerySet["Allergy"]):
    def valid(self) -> Self:
        """Without those that were entered in error."""
        return self.filter(error=None)

    def by_number(self) -> Self:
        return self.order_by("number")


class Allergy(AppendOnly):
    """One substance. `reaction`, `known_since`: empty where nobody knows. Shape of `known_since`: see `partial_days`."""

    patient = models.ForeignKey("patients.Patient", on_delete=models.PROTECT, related_name="allergy_records")
    number = models.PositiveIntegerField()
    substance = models.CharField(max_length=LONGEST_SUBSTANCE)
    reaction = models.CharField(max_length=LONGEST_REACTION, blank=True)
    kind = models.CharField(max_length=20, choices=AllergyKind)
    known_since = models.CharField(max_length=10, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_by_name = models.CharField(max_length=200)
    noted_at = models.DateTimeField()

    objects: ClassVar[AllergyQuerySet] = AllergyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "number"], name="allergy_number_once_per_patient"),
            models.CheckConstraint(condition=~Q(substance=""), name="allergy_names_a_substance"),
            models.CheckConstraint(condition=Q(kind__in=AllergyKind.values), name="allergy_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"allergy {self.number}"


class AllergyInError(AppendOnly):
    """From then on the list leaves it out; it stays readable."""

    allergy = models.OneToOneField(Allergy, on_delete=models.PROTECT, related_name="error")
    reason = models.CharField(max_length=300)
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    marked_by_name = models.CharField(max_length=200)
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="allergy_error_has_a_reason")]

    def __str__(self) -> str:
        return f"entered in error: {self.reason}"


class AllergyReviewQuerySet(AppendOnlyQuerySet["AllergyReview"]):
    def newest_first(self) -> Self:
        return self.order_by("-number")


class AllergyReview(AppendOnly):
    """ "The patient was asked, and this is the list", said by whom and when. Of an empty list: none are known.

    `list_revision`: of the list that was shown (`allergies.listing`); it holds while the list is the same.
    """

    patient = models.ForeignKey("patients.Patient", on_delete=models.PROTECT, related_name="allergy_reviews")
    number = models.PositiveIntegerField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_by_name = models.CharField(max_length=200)
    reviewed_at = models.DateTimeField()
    records_count = models.PositiveIntegerField()
    list_revision = models.PositiveIntegerField()

    objects: ClassVar[AllergyReviewQuerySet] = AllergyReviewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "number"], name="allergy_review_number_once_per_patient"
            ),
        ]

    def __str__(self) -> str:
        return f"allergies asked by {self.reviewed_by_name}"
