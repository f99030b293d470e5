"""What a danger sign raises. It is open until a provider closes it; no entry is ever changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from taperplanner.accounts.models import Clinic, User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Plan

from .check_ins import CheckIn


class EntryKind(models.TextChoices):
    DONE = "done", "What was done"
    CLOSED = "closed", "Closed"


class EmergencyQuerySet(AppendOnlyQuerySet["Emergency"]):
    def open(self) -> Self:
        """Whatever happened to the check-in: only a provider's closing note takes the mark away."""
        return self.exclude(_has(EntryKind.CLOSED))

    def valid(self) -> Self:
        """Without closed ones whose check-in was entered in error."""
        return self.exclude(
            _has(EntryKind.CLOSED), Q(check_in__error__isnull=False) | Q(told__check_in__error__isnull=False)
        )

    def unanswered(self) -> Self:
        """Nobody wrote down what was done."""
        return self.exclude(_has(EntryKind.DONE))

    def with_answered(self) -> Self:
        """Each knows whether somebody wrote down what was done."""
        return self.annotate(is_answered=_has(EntryKind.DONE))

    def of_plans(self, plans: Iterable[Plan]) -> Self:
        return self.filter(Q(plan__in=plans) | Q(check_in__plan__in=plans))

    def of_check_in(self, check_in: CheckIn) -> Self:
        """Raised by it, or by its form before it."""
        return self.filter(Q(check_in=check_in) | Q(told__check_in=check_in))

    def of_form(self, plan: Plan, form_key: str, by: User) -> Self:
        """What one form has raised, however often it was sent. Without a key, a form is nobody's."""
        return self.filter(plan=plan, form_key=form_key, raised_by=by) if form_key else self.none()

    def oldest_first(self) -> Self:
        return self.order_by("raised_at", "id")

    def with_plan(self) -> Self:
        """For `of_plan`, `recorded_in`, `is_in_error` and the address."""
        return self.select_related(
            "plan", "check_in__plan", "check_in__error", "told__check_in__plan", "told__check_in__error"
        )


class Emergency(AppendOnly):
    """`signs`: keys as `danger` names them.

    One that an invalid form raised has no `check_in`: the check-in saved from that form refers to it later
    (`RaisedEarlier`). `form_key`: of that form, so that sending it again raises nothing new.
    `plan` is empty in rows from before it was stored; those have a check-in.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="emergencies")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="emergencies")
    check_in = models.OneToOneField(CheckIn, on_delete=models.PROTECT, null=True, related_name="emergency")
    signs = models.JSONField()
    form_key = models.CharField(max_length=32, null=True)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()

    objects: ClassVar[EmergencyQuerySet] = EmergencyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "raised_by", "form_key", "signs"],
                condition=Q(form_key__isnull=False),
                name="emergency_once_for_a_form",
            ),
            models.CheckConstraint(
                condition=Q(plan__isnull=False) | Q(check_in__isnull=False), name="emergency_of_a_plan"
            ),
        ]
        indexes = [models.Index(fields=["patient", "raised_at"], name="emergency_by_patient")]

    def __str__(self) -> str:
        return f"emergency {self.pk}"

    def place_in(self, plan: Plan) -> None:
        """Give it this object of its plan, which knows its patient."""
        if self.plan is not None:
            self.plan = plan
        if self.recorded_in is not None:
            self.recorded_in.plan = plan

    @property
    def of_plan(self) -> Plan:
        """Fetch `with_plan` before."""
        if self.plan is not None:
            return self.plan
        assert self.check_in is not None  # noqa: S101 - a constraint says so
        return self.check_in.plan

    @property
    def recorded_in(self) -> CheckIn | None:
        """The check-in that raised it, or whose form raised it earlier. Fetch `with_plan` before."""
        if self.check_in is not None:
            return self.check_in
        try:
            return self.told.check_in
        except ObjectDoesNotExist:
            return None

    @property
    def is_in_error(self) -> bool:
        """Its check-in was entered in error; the emergency stays until a provider closes it."""
        return hasattr(self.recorded_in, "error")

    def day_at(self, clinic: Clinic) -> date:
        """Of the contact, or the day on which it was raised while there is none."""
        return self.recorded_in.happened_on if self.recorded_in else clinic.day_of(self.raised_at)

    def get_absolute_url(self) -> str:
        """Where it is read: with its check-in, or alone while there is none."""
        recorded_in = self.recorded_in
        if recorded_in is not None:
            return reverse(
                "monitoring:check_in", args=[self.patient_id, self.of_plan.number, recorded_in.number]
            )
        return self.get_answer_url()

    def get_answer_url(self) -> str:
        return reverse("monitoring:emergency_answer", args=[self.patient_id, self.of_plan.number, self.pk])

    def get_close_url(self) -> str:
        return reverse("monitoring:emergency_close", args=[self.patient_id, self.of_plan.number, self.pk])


class RaisedEarlier(AppendOnly):
    """An emergency that this check-in's form raised before the rest of the form was right."""

    sealed_by = "check_in"

    emergency = models.OneToOneField(Emergency, on_delete=models.PROTECT, related_name="told")
    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="raised_earlier")

    def __str__(self) -> str:
        return f"{self.emergency_id}, recorded in {self.check_in_id}"


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
