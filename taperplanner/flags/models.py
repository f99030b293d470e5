"""A flag, that it was seen, and that it is done: three rows that are born and never change."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final, Self

from django.db import models

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.patients.models import Patient

LONGEST_SENTENCE: Final = 300
ANY_PROVIDER: Final = "any provider"


class FlagQuerySet(AppendOnlyQuerySet["Flag"]):
    def open(self) -> Self:
        return self.filter(done=None)

    def unseen(self) -> Self:
        return self.filter(seen=None)

    def written_before(self, moment: datetime) -> Self:
        return self.filter(written_at__lt=moment)

    def oldest_first(self) -> Self:
        return self.order_by("written_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-number")


class Flag(AppendOnly):
    """`for_user`: none where it is for any provider. `for_name`: as they were called when it was written."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="flags")
    number = models.PositiveIntegerField()
    for_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="flags_to_read")
    for_name = models.CharField(max_length=200)
    sentence = models.CharField(max_length=LONGEST_SENTENCE)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="flags_written")
    written_by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    objects: ClassVar[FlagQuerySet] = FlagQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "number"], name="flag_number_once_per_patient"),
            models.CheckConstraint(condition=~models.Q(sentence=""), name="flag_says_something"),
        ]

    def __str__(self) -> str:
        return f"flag {self.number}"


class FlagSeen(AppendOnly):
    """By the first of those that it is for."""

    flag = models.OneToOneField(Flag, on_delete=models.PROTECT, related_name="seen")
    seen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    seen_by_name = models.CharField(max_length=200)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.flag_id} seen"


class FlagDone(AppendOnly):
    """From then on it stands on nobody's worklist."""

    flag = models.OneToOneField(Flag, on_delete=models.PROTECT, related_name="done")
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_by_name = models.CharField(max_length=200)
    done_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.flag_id} done"
