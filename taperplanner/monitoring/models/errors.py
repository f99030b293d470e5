"""Marks a record that should never have been made: for another patient, twice, or otherwise wrong.

The mark is a row of its own; the record does not change. The querysets' `valid()` and `open()` leave it out.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly

from .check_ins import CheckIn
from .follow_ups import FollowUp
from .notes import PatientNote
from .reviews import PlanReview
from .supply import Dispensing, HomeCount

KINDS = ("check_in", "dispensing", "follow_up", "home_count")


def _exactly_one() -> Q:
    return reduce(or_, (Q(**{f"{kind}__isnull": kind != marked for kind in KINDS}) for marked in KINDS))


class Mark(AppendOnly):
    """What a record corrects is marked with it, each by a row of its own."""

    reason = models.CharField(max_length=300)
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    marked_by_name = models.CharField(max_length=200)
    marked_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"entered in error: {self.reason}"


class EnteredInError(Mark):
    """Of exactly one record."""

    check_in = models.OneToOneField(CheckIn, on_delete=models.PROTECT, null=True, related_name="error")
    dispensing = models.OneToOneField(Dispensing, on_delete=models.PROTECT, null=True, related_name="error")
    follow_up = models.OneToOneField(FollowUp, on_delete=models.PROTECT, null=True, related_name="error")
    home_count = models.OneToOneField(HomeCount, on_delete=models.PROTECT, null=True, related_name="error")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="error_of_exactly_one_record"),
            models.CheckConstraint(condition=~Q(reason=""), name="error_has_a_reason"),
        ]


class ReviewInError(Mark):
    """A table of its own: one more unique key would rebuild the other, whose rows never change."""

    review = models.OneToOneField(PlanReview, on_delete=models.PROTECT, related_name="error")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="review_error_has_a_reason")]


class NoteInError(Mark):
    """A table of its own, for the same reason."""

    note = models.OneToOneField(PatientNote, on_delete=models.PROTECT, related_name="error")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="note_error_has_a_reason")]
