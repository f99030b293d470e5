"""A contact that took place: what was asked and answered. Children are written first, the check-in last."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.doses import Dose, Quantity
from taperplanner.patients.models import Answer
from taperplanner.tapers.models import Plan, Product

from ..danger import danger_signs
from ..scales import BWSQ, CIWA_B, GAD7, PHQ9
from ..symptoms import Severity
from .follow_ups import FollowUp


class Contact(models.TextChoices):
    VISIT = "visit", "Visit"
    PHONE = "phone", "Phone"
    MESSAGE = "message", "Message"


class Decision(models.TextChoices):
    CONTINUE = "continue", "Continue"
    HOLD = "hold", "Hold"
    REVISE = "revise", "Revise"
    REFER = "refer", "Refer"
    EMERGENCY = "emergency", "Emergency"


class AsNeededAnswer(models.TextChoices):
    NONE = "none", "None was taken"
    TAKEN = "taken", "Taken"


class AsNeededCounted(models.TextChoices):
    """What a number of times is of."""

    IN_ALL = "in_all", "In all of these days"
    EACH_DAY = "each_day", "On each of these days"


class CheckInQuerySet(AppendOnlyQuerySet["CheckIn"]):
    def valid(self) -> Self:
        """Without those that were corrected or entered in error."""
        return self.filter(correction=None, error=None)

    def took_as_needed(self) -> Self:
        return self.filter(as_needed_answer=AsNeededAnswer.TAKEN)

    def newest_first(self) -> Self:
        return self.order_by("-happened_on", "-number")

    def oldest_first(self) -> Self:
        return self.order_by("happened_on", "number")


class CheckIn(AppendOnly):
    """Empty means not asked. A correction is a check-in that refers to the one it corrects.

    `symptoms_listed`: how many the checklist had. Empty in rows from before it was stored, when it had
    `symptoms.LISTED_AT_FIRST`.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="check_ins")
    number = models.PositiveIntegerField()
    happened_on = models.DateField()
    contact = models.CharField(max_length=10, choices=Contact)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, null=True, related_name="check_ins")
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="correction")
    why_corrected = models.CharField(max_length=300, blank=True)
    symptoms_listed = models.PositiveSmallIntegerField(null=True)
    phq9_items = models.JSONField(default=list)
    phq9_total = models.PositiveSmallIntegerField(null=True)
    gad7_items = models.JSONField(default=list)
    gad7_total = models.PositiveSmallIntegerField(null=True)
    ciwa_b_total = models.PositiveSmallIntegerField(null=True)
    bwsq_total = models.PositiveSmallIntegerField(null=True)
    systolic = models.PositiveSmallIntegerField(null=True)
    diastolic = models.PositiveSmallIntegerField(null=True)
    pulse = models.PositiveSmallIntegerField(null=True)
    missed_or_extra = models.CharField(max_length=500, blank=True)
    alcohol = models.CharField(max_length=10, choices=Answer, blank=True)
    alcohol_note = models.CharField(max_length=300, blank=True)
    opioids = models.CharField(max_length=10, choices=Answer, blank=True)
    opioids_note = models.CharField(max_length=300, blank=True)
    # Asked about later than the others, so not stored with the first check-ins.
    substances = models.CharField(max_length=10, choices=Answer, blank=True, null=True)
    substances_note = models.CharField(max_length=300, blank=True, null=True)
    new_medicines = models.CharField(max_length=10, choices=Answer, blank=True)
    new_medicines_note = models.CharField(max_length=300, blank=True)
    # What was taken of the dose as needed; asked only where there is one, and later than the others.
    as_needed_answer = models.CharField(max_length=10, choices=AsNeededAnswer, blank=True, null=True)
    as_needed_times = models.PositiveSmallIntegerField(null=True)
    as_needed_counted = models.CharField(max_length=10, choices=AsNeededCounted, blank=True, null=True)
    as_needed_from = models.DateField(null=True)
    as_needed_to = models.DateField(null=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decision_note = models.CharField(max_length=1000, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects: ClassVar[CheckInQuerySet] = CheckInQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="check_in_number_once_per_plan"),
            models.CheckConstraint(
                condition=Q(corrects=None, why_corrected="")
                | Q(corrects__isnull=False) & ~Q(why_corrected=""),
                name="check_in_corrected_with_reason",
            ),
            models.CheckConstraint(
                condition=(Q(phq9_total=None) | Q(phq9_total__lte=PHQ9.highest))
                & (Q(gad7_total=None) | Q(gad7_total__lte=GAD7.highest))
                & (Q(ciwa_b_total=None) | Q(ciwa_b_total__lte=CIWA_B.highest))
                & (Q(bwsq_total=None) | Q(bwsq_total__lte=BWSQ.highest)),
                name="check_in_scores_in_range",
            ),
            models.CheckConstraint(
                condition=Q(systolic=None, diastolic=None)
                | Q(systolic__isnull=False, diastolic__isnull=False, systolic__gt=F("diastolic")),
                name="check_in_pressure_is_possible",
            ),
        ]
        indexes = [models.Index(fields=["plan", "happened_on"], name="check_in_by_day")]

    def __str__(self) -> str:
        return f"check-in {self.number}"

    def danger_signs(self) -> tuple[str, ...]:
        """As danger is understood today, which is not always as it was when this was recorded."""
        ratings = dict(self.ratings.values_list("symptom", "severity"))
        return danger_signs(
            ratings=ratings,
            phq9_items=self.phq9_items,
            phq9_total=self.phq9_total,
            decision=self.decision,
        )

    def get_absolute_url(self) -> str:
        return reverse("monitoring:check_in", args=[self.plan.patient_id, self.plan.number, self.number])


class SymptomRating(AppendOnly):
    """One symptom that was asked about. `symptom` is a key of `symptoms.SYMPTOMS`."""

    sealed_by = "check_in"

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="ratings")
    symptom = models.CharField(max_length=40)
    severity = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_in", "symptom"], name="symptom_rated_once"),
            models.CheckConstraint(condition=Q(severity__lte=Severity.SEVERE), name="symptom_rated_0_to_3"),
        ]

    def __str__(self) -> str:
        return f"{self.symptom}: {self.severity}"


class ReportedRun(AppendOnly):
    """The daily dose that the patient says was taken on each day of a run.

    It is what the quantities add up to; a run without any was reported in mg, as all were at first.
    """

    sealed_by = "check_in"

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="runs")
    first_day = models.DateField()
    last_day = models.DateField()
    dose_nanograms = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="run_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(dose_nanograms__gte=0), name="run_dose_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"

    @property
    def dose(self) -> Dose:
        return Dose(self.dose_nanograms)


class TakenQuantity(AppendOnly):
    """How much of a product was taken on each day of a run: tablets or mL, in thousandths."""

    sealed_by = "run"

    run = models.ForeignKey(ReportedRun, on_delete=models.PROTECT, related_name="quantities")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    quantity_thousandths = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "product"], name="taken_said_once"),
            models.CheckConstraint(condition=Q(quantity_thousandths__gte=0), name="taken_not_negative"),
        ]

    def __str__(self) -> str:
        return f"taken of {self.product_id}"

    @property
    def quantity(self) -> Quantity:
        return Quantity(self.quantity_thousandths)


class CountedLeft(AppendOnly):
    """How much of a product was left at home that day."""

    sealed_by = "check_in"

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="left")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    quantity_thousandths = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_in", "product"], name="left_counted_once"),
            models.CheckConstraint(condition=Q(quantity_thousandths__gte=0), name="left_not_negative"),
        ]

    def __str__(self) -> str:
        return f"left of {self.product_id}"

    @property
    def quantity(self) -> Quantity:
        return Quantity(self.quantity_thousandths)
