"""That a plan was given to another provider. Who signed what stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.rows_within import has_any

from .plans import Plan
from .versions import Version

LONGEST_WHY: Final = 300


class PlanAssignmentQuerySet(AppendOnlyQuerySet["PlanAssignment"]):
    def counting(self) -> Self:
        """Of plans of which nothing was signed since: whoever signs a version is its provider from then on."""
        since = Version.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("after_version"))
        return self.filter(~Exists(since))

    def newest_first(self) -> Self:
        return self.order_by("-assigned_at", "-id")


class PlanAssignment(AppendOnly):
    """`after_version`: the number of the newest version at that moment; 0: none was signed. Names: as they were called."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="assignments")
    after_version = models.PositiveIntegerField()
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    to_name = models.CharField(max_length=200)
    why = models.CharField(max_length=LONGEST_WHY)
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_by_name = models.CharField(max_length=200)
    assigned_at = models.DateTimeField()

    objects: ClassVar[PlanAssignmentQuerySet] = PlanAssignmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="plan_assignment_says_why")]
        indexes = [models.Index(fields=["plan", "assigned_at"], name="assignment_of_plan")]

    def __str__(self) -> str:
        return f"assignment of {self.plan_id}"


def assignments_of(plan: Plan) -> list[PlanAssignment]:
    """The newest first. No query of a plan that knows that it has none."""
    return list(plan.assignments.newest_first()) if has_any(plan, PlanAssignment) else []


def counting_assignment(plan: Plan, versions: Iterable[Version]) -> PlanAssignment | None:
    """The newest, unless a version was signed after it."""
    newest = next(iter(assignments_of(plan)), None)
    if newest is None or any(version.number > newest.after_version for version in versions):
        return None
    return newest
