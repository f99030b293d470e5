"""A difference that was found, and that a manager has looked at it: rows that are born and never change.

Each clinic has its own row of a difference, so that its own manager looks, and its own audit log tells of it.
"""

from __future__ import annotations

from typing import ClassVar, Final, Self

from django.db import models

from taperplanner.accounts.models import Clinic, User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet

from .rule import Difference, Source

LONGEST_SENTENCE: Final = 300
LONGEST_NAME: Final = 100


class ClockDifferenceQuerySet(AppendOnlyQuerySet["ClockDifference"]):
    def standing(self) -> Self:
        """At which nobody has looked."""
        return self.filter(look=None)

    def up_to(self, number: int) -> Self:
        return self.filter(number__lte=number)

    def by_number(self) -> Self:
        return self.order_by("number")

    def newest_first(self) -> Self:
        return self.order_by("-number")


class ClockDifference(AppendOnly):
    """`seconds`: as in `rule.Difference`. `server`: the name of the machine whose clock it is. `found_at`: by that clock."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="clock_differences")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=20, choices=Source)
    seconds = models.BigIntegerField()
    server = models.CharField(max_length=LONGEST_NAME, blank=True)
    found_at = models.DateTimeField()

    objects: ClassVar[ClockDifferenceQuerySet] = ClockDifferenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "number"], name="clock_difference_number_once"),
            models.CheckConstraint(
                condition=models.Q(seconds__gt=60) | models.Q(seconds__lt=-60),
                name="clock_difference_is_over_60_s",
            ),
        ]

    def __str__(self) -> str:
        return f"clock difference {self.number}"

    @property
    def difference(self) -> Difference:
        return Difference(Source(self.source), self.seconds)

    @property
    def sentence(self) -> str:
        return self.difference.sentence


class ClockLook(AppendOnly):
    """What a manager found out about a difference, in their own sentence."""

    difference = models.OneToOneField(ClockDifference, on_delete=models.PROTECT, related_name="look")
    sentence = models.CharField(max_length=LONGEST_SENTENCE)
    looked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    looked_by_name = models.CharField(max_length=200)
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(sentence=""), name="clock_look_says_something"),
        ]

    def __str__(self) -> str:
        return f"look at {self.difference_id}"
