"""What one person changed in how another gets in, and what became of it: two tables that only grow."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Final, Self

from django.conf import settings
from django.db import models

from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet

from .permissions import Role

# How long a request waits for its approval, and an approved one for its link to be made.
WAITS_FOR: Final = timedelta(days=3)
# The roles with which somebody signs, checks, or vouches for others.
TRUSTED: Final = (Role.PROVIDER, Role.CHECKER, Role.MANAGER)


class Kind(models.TextChoices):
    ADDED = "added", "Added to the clinic"
    ROLE = "role", "A role given"
    BACK = "back", "Access given back"
    NAME = "name", "Name or credentials changed"
    EMAIL = "email", "E-mail address changed"
    PASSWORD = "password", "Password reset"
    SECOND_FACTOR = "second_factor", "Two-step sign-in turned off"
    BOTH = "both", "Password reset and two-step sign-in turned off"


# Nothing of these takes effect before somebody else has approved it.
RESETS: Final = frozenset({Kind.PASSWORD, Kind.SECOND_FACTOR, Kind.BOTH})
OF_PASSWORD: Final = frozenset({Kind.PASSWORD, Kind.BOTH})
OF_SECOND_FACTOR: Final = frozenset({Kind.SECOND_FACTOR, Kind.BOTH})
# Those that give a role its power.
OF_ROLES: Final = frozenset({Kind.ADDED, Kind.ROLE, Kind.BACK})


class StepKind(models.TextChoices):
    APPROVED = "approved", "Approved"
    WITHDRAWN = "withdrawn", "Withdrawn or refused"
    DONE = "done", "Took effect"  # of somebody who was added: their first sign-in
    CONFIRMED = "confirmed", "Confirmed"
    ACKNOWLEDGED = "acknowledged", "Acknowledged by the person"
    DENIED = "denied", "“That was not me”"


class Means(models.TextChoices):
    MANAGER = "manager", "a manager"
    SELF = "self", "the person"
    RECOVERY_CODE = "recovery_code", "a recovery code"
    OPERATOR = "operator", "an operator of the server"


class ReasonCode(models.TextChoices):
    """Why an operator did what a second manager would have done."""

    ONE_MANAGER = "one_manager", "the clinic has one manager"
    MANAGER_AWAY = "manager_away", "no second manager can be reached"
    SET_UP = "set_up", "the clinic is being set up"


class AccessChangeQuerySet(AppendOnlyQuerySet["AccessChange"]):
    def with_steps(self) -> Self:
        return self.select_related("asked_by").prefetch_related(
            models.Prefetch("steps", AccessStep.objects.select_related("by").order_by("at"))
        )

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-id")


class AccessChange(AppendOnly):
    """`asked_by`: nobody, where an operator of the server asked. `roles`: those of TRUSTED that it gave.

    `has_second`: whether, at that moment, a manager could confirm it who neither asked for it nor is the person.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_changes"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    roles = models.CharField(max_length=60, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    has_second = models.BooleanField()

    objects: ClassVar[AccessChangeQuerySet] = AccessChangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="access_change_kind_known"),
        ]

    def __str__(self) -> str:
        return Kind(self.kind).label

    @property
    def given_roles(self) -> frozenset[Role]:
        return frozenset(Role(role) for role in self.roles.split())

    @property
    def is_reset(self) -> bool:
        return self.kind in RESETS

    @property
    def role_names(self) -> str:
        return ", ".join(self.roles.split())

    @property
    def is_of_password(self) -> bool:
        return self.kind in OF_PASSWORD

    @property
    def is_approved(self) -> bool:
        return self.has(StepKind.APPROVED)

    def last(self, kind: StepKind) -> AccessStep | None:
        """The newest step of that kind, of a change `with_steps`."""
        return next((step for step in reversed(self.steps.all()) if step.step == kind), None)

    def has(self, *kinds: StepKind) -> bool:
        return any(step.step in kinds for step in self.steps.all())

    def is_open(self, now: datetime) -> bool:
        """Whether it is a reset that may still be approved or used."""
        if not self.is_reset or self.has(StepKind.WITHDRAWN, StepKind.DONE):
            return False
        approved = self.last(StepKind.APPROVED)
        return now < (approved.at if approved else self.asked_at) + WAITS_FOR

    def took_effect_at(self) -> datetime | None:
        if self.kind == Kind.ADDED or self.is_reset:
            done = self.last(StepKind.DONE)
            return done.at if done else None
        return self.asked_at


class AccessStep(AppendOnly):
    """`operator` and `reason`: the name that an operator of the server typed, and why. An event holds neither."""

    change = models.ForeignKey(AccessChange, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=StepKind)
    means = models.CharField(max_length=20, choices=Means)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    operator = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=20, choices=ReasonCode, blank=True)

    class Meta:
        constraints = [
            # What was denied may be confirmed, and what was confirmed may be denied; the others happen once.
            models.UniqueConstraint(
                fields=["change", "step"],
                condition=~models.Q(step__in=["confirmed", "denied"]),
                name="access_step_once",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(means="operator", by__isnull=True, reason__in=ReasonCode.values)
                    & ~models.Q(operator="")
                )
                | (models.Q(by__isnull=False, operator="", reason="") & ~models.Q(means="operator")),
                name="access_step_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{StepKind(self.step).label}, {self.who}"

    @property
    def who(self) -> str:
        """By name, as the pages say it. Of a step whose `by` is at hand."""
        if self.means == Means.OPERATOR:
            return f"{self.operator}, an operator of the server, because {ReasonCode(self.reason).label}"
        by = self.by.name if self.by else ""
        return f"{by}, with a recovery code" if self.means == Means.RECOVERY_CODE else by
