"""What the notices concern of one patient, as the page lists it: each copy and each schedule, and what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self, TypeAlias

from taperplanner.days import in_words, short
from taperplanner.handouts.models import PrintedHandout
from taperplanner.patients.models import Patient
from taperplanner.tapers.drug_names import printed_name
from taperplanner.tapers.models import Version

from .affected import OF_PATIENT, copies_waiting, versions_waiting
from .models import NoticeAnswer, Outcome
from .notices import Notice, notices


@dataclass(frozen=True, slots=True)
class Item:
    """A copy or a version that a notice concerns. `notice`: its key."""

    notice: str
    row: PrintedHandout | Version

    @classmethod
    def of(cls, answer: NoticeAnswer) -> Self:
        row = answer.copy or answer.version
        assert row is not None  # noqa: S101 - a constraint of the table
        return cls(answer.notice, row)

    @property
    def key(self) -> str:
        """By which a form names it."""
        return f"{self.notice}/{self.row.pk}"

    @property
    def columns(self) -> dict[str, PrintedHandout | Version | str]:
        """Of an answer."""
        of = "copy" if isinstance(self.row, PrintedHandout) else "version"
        return {"notice": self.notice, of: self.row}

    def in_a_line(self, patient: Patient) -> str:
        row = self.row
        if isinstance(row, PrintedHandout):
            printed = in_words(patient.clinic.day_of(row.printed_at))
            return f"Paper: {row.get_layout_display()}, code {row.written_code}, printed on {printed} by {row.printed_by_name}"
        signed = in_words(patient.clinic.day_of(row.signed_at))
        drug = printed_name(row.plan.drug)
        return f"Schedule: {drug}, version {row.number}, signed on {signed} by {row.signed_by_name}"


Items: TypeAlias = Mapping[str, Item]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    what: str
    said: str
    words: str


def waiting_items(patient: Patient, today: date) -> Items:
    """By their keys: of each notice the papers, the newest first, and then the schedules."""
    found = [item for notice in notices() for item in _waiting(notice, patient, today)]
    return {item.key: item for item in found}


def _waiting(notice: Notice, patient: Patient, today: date) -> list[Item]:
    copies = copies_waiting(notice).filter(**{OF_PATIENT: patient}).newest_first()
    versions = (
        versions_waiting(notice, today).filter(plan__patient=patient).order_by("plan__number", "number")
    )
    rows = [*copies.select_related("version__plan"), *versions.select_related("plan")]
    return [Item(notice.key, row) for row in rows]


def answered_items(patient: Patient) -> Items:
    """Of which the newest word is that they are dealt with, and which may be taken back."""
    newest: dict[str, NoticeAnswer] = {}
    for answer in _answers(patient):
        newest.setdefault(Item.of(answer).key, answer)
    return {key: Item.of(answer) for key, answer in newest.items() if answer.outcome != Outcome.OPEN_AGAIN}


def answer_lines(patient: Patient) -> list[AnswerLine]:
    """Everything that was said, the newest first."""
    zone = patient.clinic.zone
    return [
        AnswerLine(
            Item.of(answer).in_a_line(patient),
            f"{answer.get_outcome_display()}. {answer.said_by_name}, {short(answer.said_at.astimezone(zone).date())}",
            answer.words,
        )
        for answer in _answers(patient)
    ]


def _answers(patient: Patient) -> list[NoticeAnswer]:
    rows = patient.notice_answers.newest_first()
    return list(rows.select_related("copy__version__plan", "version__plan"))
