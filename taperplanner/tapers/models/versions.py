"""A signed schedule. Its rows are written children first and the version last, so that a version
that exists is whole; triggers refuse every later change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.urls import reverse

from taperplanner import releases
from taperplanner.accounts.models import Clinic, User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.patients.births import Birth

from ..schedule.reasons import Reason
from ..schedule.schedule import Ending, Form
from ..schedule.steps import LONGEST_PATTERN, TimeOfDay
from .plans import Plan, Product


class VersionQuerySet(AppendOnlyQuerySet["Version"]):
    def of_clinic(self, clinic: Clinic) -> Self:
        return self.filter(plan__patient__clinic=clinic)

    def with_plan(self) -> Self:
        """And whether the patient has another open plan."""
        others = Plan.objects.open().filter(patient=models.OuterRef("plan__patient"))
        beside = others.exclude(pk=models.OuterRef("plan"))
        return self.select_related("plan__patient").annotate(has_other_plan=models.Exists(beside))

    def newest_first(self) -> Self:
        return self.order_by("-number")


class Version(AppendOnly):
    """Patient, drug and signer stand here as they were when it was signed.

    `typed_by`: of its draft. None: signed before that was recorded, so the audit log is asked. `release`: of the product
    with which it was signed; None: before that was recorded.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    patient_name = models.CharField(max_length=201)
    patient_date_of_birth = models.DateField(null=True)
    patient_birth_year = models.PositiveSmallIntegerField(null=True)
    patient_mrn = models.CharField(max_length=40)
    drug_name = models.CharField(max_length=250)
    first_day = models.DateField()
    last_day = models.DateField()
    ending = models.CharField(max_length=10, choices=Ending)
    replaces = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    explanation = models.CharField(max_length=500, blank=True)
    acknowledgements = models.JSONField(default=list)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_by_name = models.CharField(max_length=200)
    signed_at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)
    typed_by = models.JSONField(null=True)
    release = models.CharField(max_length=releases.LONGEST, null=True)

    objects: ClassVar[VersionQuerySet] = VersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="version_number_once_per_plan"),
            # One head: a version replaces the one before it, and no two replace the same.
            models.UniqueConstraint(fields=["plan", "replaces"], name="version_replaced_once"),
            models.CheckConstraint(
                condition=models.Q(number=1, replaces=None, reason="")
                | (models.Q(number=models.F("replaces") + 1) & ~models.Q(reason="")),
                name="version_after_the_first_replaces_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(patient_date_of_birth__isnull=False, patient_birth_year=None)
                | models.Q(patient_date_of_birth=None, patient_birth_year__isnull=False),
                name="version_birth_is_a_day_or_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("tapers:version", args=[self.plan.patient_id, self.plan.number, self.number])

    @property
    def patient_birth(self) -> Birth:
        return Birth(self.patient_date_of_birth, self.patient_birth_year)


def versions_of(clinic: Clinic) -> VersionQuerySet:
    return Version.objects.of_clinic(clinic).with_plan()


def versions_by_plan(plans: Iterable[Plan]) -> dict[UUID, list[Version]]:
    """Every signed version of each, by number, in one query."""
    found: dict[UUID, list[Version]] = {plan.pk: [] for plan in plans}
    for version in Version.objects.filter(plan__in=found).order_by("number"):
        found[version.plan_id].append(version)
    return found


class SignedProduct(AppendOnly):
    """A product as it stood when the version was signed."""

    sealed_by = "version"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="products")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    drug = models.CharField(max_length=120)
    form = models.CharField(max_length=10, choices=Form)
    strength_nanograms = models.BigIntegerField()
    smallest_part_thousandths = models.IntegerField()
    label_nanograms = models.BigIntegerField(null=True)
    label_thousandths = models.IntegerField(null=True)
    drops_per_ml = models.PositiveIntegerField(null=True)
    maker = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="signed_product_once"),
        ]

    def __str__(self) -> str:
        return f"product {self.number}"


class Step(AppendOnly):
    """Of a pattern, its own dose is that of the pattern's first day, by weekday of Monday; `PatternDay` has the others.

    `pattern_starts_on`, `pattern_by_weekday`: null where every day is alike.
    """

    sealed_by = "version"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    days = models.PositiveIntegerField()
    dose_nanograms = models.BigIntegerField()
    note = models.CharField(max_length=300, blank=True)
    pattern_starts_on = models.PositiveIntegerField(null=True)
    pattern_by_weekday = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="step_position_once"),
            models.CheckConstraint(condition=models.Q(days__gte=1), name="step_lasts_a_day"),
            models.CheckConstraint(condition=models.Q(dose_nanograms__gte=0), name="step_dose_not_negative"),
        ]

    def __str__(self) -> str:
        return f"step {self.position}"


class PatternDay(AppendOnly):
    """The second day of a step's pattern, or a later one."""

    sealed_by = "version"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="pattern_days")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="pattern_days")
    position = models.PositiveIntegerField()
    day = models.PositiveIntegerField()
    dose_nanograms = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "day"], name="pattern_day_once"),
            models.CheckConstraint(
                condition=models.Q(day__gte=2, day__lte=LONGEST_PATTERN), name="pattern_day_is_a_later_one"
            ),
            models.CheckConstraint(
                condition=models.Q(dose_nanograms__gte=0), name="pattern_day_dose_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.position}, day {self.day} of its pattern"


class PatternDose(AppendOnly):
    """One product at one time of a pattern's second or later day."""

    sealed_by = "version"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="pattern_doses")
    pattern_day = models.ForeignKey(PatternDay, on_delete=models.PROTECT, related_name="doses")
    position = models.PositiveIntegerField()
    day = models.PositiveIntegerField()
    time = models.CharField(max_length=10, choices=TimeOfDay)
    product_number = models.PositiveIntegerField()
    quantity_thousandths = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pattern_day", "time", "product_number"], name="pattern_dose_once_per_time"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity_thousandths__gt=0), name="pattern_dose_takes_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.time}, product {self.product_number}"


class AsNeededDose(AppendOnly):
    """A dose beside the steps, for when it is needed."""

    sealed_by = "version"

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="as_needed_dose")
    product_number = models.PositiveIntegerField()
    quantity_thousandths = models.IntegerField()
    dose_nanograms = models.BigIntegerField()
    times_a_day = models.PositiveIntegerField()
    taken_when = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity_thousandths__gt=0, dose_nanograms__gt=0, times_a_day__gte=1),
                name="as_needed_takes_something",
            ),
        ]

    def __str__(self) -> str:
        return f"as needed, product {self.product_number}"


class Dose(AppendOnly):
    """One product at one time of day. `version` and `position` say again which step it belongs to."""

    sealed_by = "version"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="doses")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="doses")
    position = models.PositiveIntegerField()
    time = models.CharField(max_length=10, choices=TimeOfDay)
    product_number = models.PositiveIntegerField()
    quantity_thousandths = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "time", "product_number"], name="dose_once_per_time"),
            models.CheckConstraint(
                condition=models.Q(quantity_thousandths__gt=0), name="dose_takes_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.time}, product {self.product_number}"
