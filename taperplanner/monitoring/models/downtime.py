"""Blank forms that were written for down time, each with a code; what was typed in from one, and what became of the rest.

A hold that was asked for on paper is a request, which a provider answers. It holds no dose and starts no draft.
"""

from __future__ import annotations

from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q

from taperplanner.accounts.models import Clinic, User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.tapers.models import Plan, Version
from taperplanner.typed_codes import in_groups

from .check_ins import CheckIn
from .supply import Dispensing

CODE_LENGTH: Final = 10
CODE_GROUP: Final = 5


class FormKind(models.TextChoices):
    CHECK_IN = "check_in", "Check-in"
    DISPENSING = "dispensing", "Dispensing"
    HOLD = "hold", "Hold asked for"


class NotEntered(models.TextChoices):
    NOT_USED = "not_used", "Not used"
    LOST = "lost", "Lost"


class FormRunQuerySet(AppendOnlyQuerySet["FormRun"]):
    def with_code(self, number: int | None) -> Self:
        """The file in which it stands; at most one of a clinic."""
        return (
            self.filter(first_code__lte=number, last_code__gte=number) if number is not None else self.none()
        )


class FormRun(AppendOnly):
    """The forms that one run of `keep_papers` wrote into one file: which, and of which number is the first code."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="form_runs")
    number = models.PositiveIntegerField()
    is_restricted = models.BooleanField()
    written_at = models.DateTimeField()
    first_code = models.BigIntegerField()
    last_code = models.BigIntegerField()
    contents = models.JSONField()  # as `downtime.contents` writes it

    objects: ClassVar[FormRunQuerySet] = FormRunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "number"], name="form_run_number_once_per_clinic")
        ]

    def __str__(self) -> str:
        return f"forms {self.number}"

    @property
    def total(self) -> int:
        return self.last_code - self.first_code + 1


class BlankFormQuerySet(AppendOnlyQuerySet["BlankForm"]):
    def settled(self) -> Self:
        """Typed in, or somebody has said that there is nothing to type in."""
        return self.filter(Q(entered__isnull=False) | Q(set_aside__isnull=False))


class BlankForm(AppendOnly):
    """A form of which something became. Without a plan it was a spare one, for any plan of the clinic."""

    run = models.ForeignKey(FormRun, on_delete=models.PROTECT, related_name="forms")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=FormKind)
    code = models.CharField(max_length=CODE_LENGTH)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[BlankFormQuerySet] = BlankFormQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="blank_form_position_once_per_run")
        ]

    def __str__(self) -> str:
        return f"form {self.written_code}"

    @property
    def written_code(self) -> str:
        return in_groups(self.code, CODE_GROUP)


class HoldRequestQuerySet(AppendOnlyQuerySet["HoldRequest"]):
    def waiting(self) -> Self:
        return self.filter(answer=None)

    def by_day(self) -> Self:
        return self.order_by("asked_on", "number", "id")


class HoldRequest(AppendOnly):
    """A hold that somebody asked for on paper: who, when and why, in words."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="hold_requests")
    number = models.PositiveIntegerField()
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=200)
    why = models.CharField(max_length=1000)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects: ClassVar[HoldRequestQuerySet] = HoldRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="hold_request_number_once_per_plan")
        ]

    def __str__(self) -> str:
        return f"hold asked for, number {self.number}"


class HoldAnswer(AppendOnly):
    """What a provider decided: the version that they signed, or why the request is set aside."""

    request = models.OneToOneField(HoldRequest, on_delete=models.PROTECT, related_name="answer")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_by_name = models.CharField(max_length=200)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(version__isnull=False) | ~Q(reason=""), name="hold_answered_or_set_aside"
            )
        ]

    def __str__(self) -> str:
        return f"answer to {self.request_id}"


class EnteredLater(AppendOnly):
    """That a record was typed in from a form, once. The record has its own day, and when it was typed in.

    `time_of_day`: as it stands on the form, which nothing here reads.
    """

    form = models.OneToOneField(BlankForm, on_delete=models.PROTECT, related_name="entered")
    check_in = models.OneToOneField(
        CheckIn, on_delete=models.PROTECT, null=True, related_name="entered_later"
    )
    dispensing = models.OneToOneField(
        Dispensing, on_delete=models.PROTECT, null=True, related_name="entered_later"
    )
    hold = models.OneToOneField(
        HoldRequest, on_delete=models.PROTECT, null=True, related_name="entered_later"
    )
    time_of_day = models.CharField(max_length=20, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_by_name = models.CharField(max_length=200)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(check_in__isnull=False, dispensing=None, hold=None)
                | Q(check_in=None, dispensing__isnull=False, hold=None)
                | Q(check_in=None, dispensing=None, hold__isnull=False),
                name="entered_later_is_one_record",
            )
        ]

    def __str__(self) -> str:
        return f"entered from {self.form_id}"


class RunSetAside(AppendOnly):
    """That there is nothing to type in from what is left of a file. One form that turns up is typed in all the same.

    `closed_plans`: of records that were closed to whoever said so, of which they know nothing.
    """

    run = models.ForeignKey(FormRun, on_delete=models.PROTECT, related_name="rest_aside")
    closed_plans = models.JSONField(default=list)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_by_name = models.CharField(max_length=200)
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"the rest of {self.run_id} not used"


class FormSetAside(AppendOnly):
    """That there is nothing to type in from a form. One that turns up is typed in all the same."""

    form = models.OneToOneField(BlankForm, on_delete=models.PROTECT, related_name="set_aside")
    why = models.CharField(max_length=10, choices=NotEntered)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_by_name = models.CharField(max_length=200)
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.why}: {self.form_id}"
