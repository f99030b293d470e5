"""What became of a printed copy or of a schedule that a notice concerns: a row for each time that somebody said it."""

from __future__ import annotations

from typing import ClassVar, Final, Self

from django.db import models

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.handouts.models import PrintedHandout
from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Version

from .notices import LONGEST_KEY

LONGEST_WORDS: Final = 300


class Outcome(models.TextChoices):
    RIGHT = "right", "Looked at: it is right for this patient"
    REPLACED = "replaced", "The patient has a right one instead"
    TOLD = "told", "The patient was told what is wrong in it"
    NOTHING_OUT = "nothing_out", "The patient does not follow it any more"
    OPEN_AGAIN = "open_again", "Not dealt with after all"


class NoticeAnswerQuerySet(AppendOnlyQuerySet["NoticeAnswer"]):
    def newest_first(self) -> Self:
        return self.order_by("-number")


class NoticeAnswer(AppendOnly):
    """Of one copy or of one version; the newest counts. `notice`: its key. `number`: counts those of the patient."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="notice_answers")
    number = models.PositiveIntegerField()
    notice = models.CharField(max_length=LONGEST_KEY)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="notice_answers")
    copy = models.ForeignKey(
        PrintedHandout, on_delete=models.PROTECT, null=True, related_name="notice_answers"
    )
    outcome = models.CharField(max_length=20, choices=Outcome)
    words = models.CharField(max_length=LONGEST_WORDS)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_by_name = models.CharField(max_length=200)
    said_at = models.DateTimeField()

    objects: ClassVar[NoticeAnswerQuerySet] = NoticeAnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "number"], name="notice_answer_number_once_per_patient"
            ),
            models.CheckConstraint(
                condition=models.Q(version=None, copy__isnull=False)
                | models.Q(version__isnull=False, copy=None),
                name="notice_answer_is_of_a_copy_or_a_version",
            ),
            models.CheckConstraint(condition=~models.Q(words=""), name="notice_answer_says_something"),
        ]

    def __str__(self) -> str:
        return f"answer {self.number}"
