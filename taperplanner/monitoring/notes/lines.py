"""Notes as the lines of a page, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Subquery

from taperplanner.patients.models import Patient

from ..in_error.about import error_in_words
from ..models import PatientNote

ON_A_PAGE: Final = 20
ON_PATIENT_PAGE: Final = 3


@dataclass(frozen=True, slots=True)
class NoteLine:
    """`in_error`: why it was marked so, and by whom; empty where it was not."""

    number: int
    at: datetime
    by: str
    text: str
    in_error: str


def notes_page(patient: Patient, page: str) -> Page[Any]:
    """Lines of all of them, those that were entered in error too: they stay readable."""
    rows = patient.notes.newest_first().select_related("error")
    shown: Page[Any] = Paginator(rows, ON_A_PAGE).get_page(page)
    shown.object_list = [_line(note) for note in shown.object_list]
    return shown


def newest_notes(patient: Patient) -> tuple[list[NoteLine], int]:
    """Of those that stand; and how many there are in all, which is the number of the newest."""
    of_all = patient.notes.newest_first().values("number")[:1]
    rows = patient.notes.valid().newest_first().select_related("error").annotate(of_all=Subquery(of_all))
    newest: list[Any] = list(rows[:ON_PATIENT_PAGE])
    return [_line(note) for note in newest], newest[0].of_all if newest else patient.notes.count()


def _line(note: PatientNote) -> NoteLine:
    return NoteLine(note.number, note.written_at, note.written_by_name, note.text, error_in_words(note))
