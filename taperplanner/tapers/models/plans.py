"""A plan, the products its doses are made of, and the draft that is being typed."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.urls import reverse

from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.sitting import SITTING
from taperplanner.doses import THOUSANDTHS_PER_UNIT, Quantity
from taperplanner.doses import Dose as Amount
from taperplanner.label_strength import LabelStrength
from taperplanner.patients.models import MedicationRecord, Patient

from ..schedule.schedule import Form, ScheduleProduct, full_names


class Goal(models.TextChoices):
    DISCONTINUE = "discontinue", "Discontinue"
    REDUCE = "reduce", "Reduce"
    START = "start", "Start or bridge"

    @property
    def aim(self) -> str:
        """As it stands beside a plan's name, where "Discontinue" would read as an order for today."""
        return {
            Goal.DISCONTINUE: "Aim: to stop in the end, step by step",
            Goal.REDUCE: "Aim: a lower dose, step by step",
            Goal.START: "Aim: to start or bridge, step by step",
        }[self]


class State(models.TextChoices):
    """Open: worked on, signed or followed. Every other state is an end, entered by somebody with a reason."""

    OPEN = "open", "Open"
    COMPLETED = "completed", "Completed"
    DISCONTINUED = "discontinued", "Discontinued early"
    WITHDRAWN = "withdrawn", "Withdrawn in error"


ENDS: Final = (State.COMPLETED, State.DISCONTINUED, State.WITHDRAWN)


class PlanQuerySet(models.QuerySet["Plan"]):
    def of_clinic(self, clinic: Clinic) -> Self:
        return self.filter(patient__clinic=clinic)

    def with_patient(self) -> Self:
        return self.select_related("patient")

    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def with_others(self) -> Self:
        """Each knows whether its patient has another open plan."""
        others = Plan.objects.open().filter(patient=OuterRef("patient")).exclude(pk=OuterRef("pk"))
        return self.annotate(has_other_plan=Exists(others))

    def newest_first(self) -> Self:
        return self.order_by("-number")


class Plan(models.Model):
    """The schedule of one medication record of one patient: down, or to start or bridge. At most one open per patient and drug."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    medication = models.ForeignKey(MedicationRecord, on_delete=models.PROTECT, related_name="plans")
    drug = models.CharField(max_length=120)
    goal = models.CharField(max_length=20, choices=Goal)
    # What a medicine is started for, or what it bridges. Empty with every other goal.
    started_for = models.CharField(max_length=300, blank=True)
    reason = models.TextField(max_length=1000)
    discussed = models.TextField(max_length=2000, blank=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    # On which day the patient really stopped or changed. Null: not known, or ended before that was asked.
    stopped_on = models.DateField(null=True)
    far_reason = models.CharField(max_length=300, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[PlanQuerySet] = PlanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "number"], name="plan_number_once_per_patient"),
            models.UniqueConstraint(
                "patient",
                Lower("drug"),
                condition=models.Q(state=State.OPEN),
                name="plan_open_once_per_patient_and_drug",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.OPEN, ended_by=None, ended_at=None, end_reason="")
                | (
                    ~models.Q(state=State.OPEN)
                    & models.Q(ended_by__isnull=False, ended_at__isnull=False)
                    & ~models.Q(end_reason="")
                ),
                name="plan_ended_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.OPEN) | models.Q(stopped_on=None),
                name="plan_open_was_not_stopped",
            ),
            models.CheckConstraint(
                condition=models.Q(goal=Goal.START) & ~models.Q(started_for="")
                | ~models.Q(goal=Goal.START) & models.Q(started_for=""),
                name="plan_says_what_it_starts_for",
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def aim(self) -> str:
        return Goal(self.goal).aim

    @property
    def description(self) -> str:
        """Every text of it that was typed, one to a line."""
        return "\n".join((self.started_for, self.reason, self.discussed, self.agreed_by))

    def last_day(self, clinic: Clinic) -> date | None:
        """The last on which it was followed, where that was recorded; else that on which it was ended. None: open."""
        return self.stopped_on or (clinic.day_of(self.ended_at) if self.ended_at else None)

    def signed_products(self) -> frozenset[int]:
        """The numbers of the products that a signed version is made of."""
        numbers = self.versions.filter(products__isnull=False).values_list("products__number", flat=True)
        return frozenset(numbers)

    def get_absolute_url(self) -> str:
        return reverse("tapers:plan", args=[self.patient_id, self.number])


def plans_of(clinic: Clinic) -> PlanQuerySet:
    return Plan.objects.of_clinic(clinic).with_patient()


class ProductQuerySet(models.QuerySet["Product"]):
    def by_number(self) -> Self:
        return self.order_by("number")

    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def full_names(self) -> dict[int, str]:
        """By number; the maker stands where two of these would read alike."""
        return full_names(product.as_data() for product in self)


class Product(models.Model):
    """What doses are made of, as the provider confirmed it for this plan.

    Corrected until a version is signed with it, afterwards only retired.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="products")
    number = models.PositiveIntegerField()
    drug = models.CharField(max_length=120)
    form = models.CharField(max_length=10, choices=Form)
    strength_nanograms = models.BigIntegerField()
    smallest_part_thousandths = models.IntegerField()
    # A liquid's strength as its label has it: so much in so many thousandths of a mL. Null: typed for one mL.
    label_nanograms = models.BigIntegerField(null=True)
    label_thousandths = models.IntegerField(null=True)
    # Of drops: how many of them are one mL, as the label of the dropper has it.
    drops_per_ml = models.PositiveIntegerField(null=True)
    maker = models.CharField(max_length=120, blank=True)
    ndc = models.CharField("NDC", max_length=20, blank=True)
    rxnorm = models.CharField("RxNorm", max_length=20, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[ProductQuerySet] = ProductQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="product_number_once_per_plan"),
            models.CheckConstraint(
                condition=models.Q(strength_nanograms__gt=0), name="product_has_a_strength"
            ),
            models.CheckConstraint(
                condition=models.Q(smallest_part_thousandths__gt=0), name="product_has_a_smallest_part"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    ~models.Q(form=Form.DROPS),
                    label_nanograms=None,
                    label_thousandths=None,
                    drops_per_ml=None,
                )
                | models.Q(
                    Exact(
                        models.F("label_nanograms") * models.Value(THOUSANDTHS_PER_UNIT),
                        models.F("strength_nanograms") * models.F("label_thousandths"),
                    ),
                    label_nanograms__isnull=False,
                    label_thousandths__isnull=False,
                    label_thousandths__gt=0,
                    form=Form.LIQUID,
                    drops_per_ml=None,
                )
                | models.Q(
                    Exact(
                        models.F("label_nanograms") * models.Value(THOUSANDTHS_PER_UNIT),
                        models.F("strength_nanograms")
                        * models.F("drops_per_ml")
                        * models.F("label_thousandths"),
                    ),
                    label_nanograms__isnull=False,
                    label_thousandths__isnull=False,
                    label_thousandths__gt=0,
                    form=Form.DROPS,
                    drops_per_ml__isnull=False,
                    drops_per_ml__gt=0,
                ),
                name="product_label_comes_to_its_strength",
            ),
        ]

    def __str__(self) -> str:
        return self.as_data().name

    @property
    def package_words(self) -> str:
        """What is compared with a list of allergies: the drug, and what was typed from the package (`packages`)."""
        return f"{self.drug}\n{getattr(self, 'excipients_typed', '')}"

    def as_data(self) -> ScheduleProduct:
        return ScheduleProduct(
            number=self.number,
            drug=self.drug,
            form=Form(self.form),
            strength=Amount(self.strength_nanograms),
            smallest_part=Quantity(self.smallest_part_thousandths),
            maker=self.maker,
            label=LabelStrength.of_columns(self.label_nanograms, self.label_thousandths),
            drops_per_ml=self.drops_per_ml,
        )


class Draft(models.Model):
    """What the provider is typing. Shape of `content`: see `draft.typed`.

    `typed_by`: the ids of everybody who saved something else than they found, as text, in that order.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="draft")
    content = models.JSONField()
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    typed_by = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"draft of {self.plan_id}"

    def is_being_typed(self, user: User, at: datetime) -> bool:
        """Whether what was typed last is of the same sitting, and was saved. Opening a draft saves nothing typed."""
        return (
            str(user.pk) in self.typed_by and self.edited_by_id == user.pk and at - self.edited_at < SITTING
        )

    def add_typist(self, user: User) -> None:
        if str(user.pk) not in self.typed_by:
            self.typed_by = [*self.typed_by, str(user.pk)]
