"""A handout in the layout that was chosen, as the data its page description prints, and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from taperplanner import typesetting
from taperplanner.tapers.schedule import Schedule

from .handout import Handout
from .layouts import Choice

DESCRIPTION: Final = "handouts/papers.typ"
TITLE: Final = "Handout"  # of the file: it may be seen where the patient's name must not be
DOTS_PER_INCH: Final = 60

PaperData = dict[str, Any]


class CannotLayOut(Exception):
    """This schedule does not fit this layout; the message says what to choose instead."""


def paper_data(paper: Handout, schedule: Schedule, choice: Choice, *, sheet: str, today: date) -> PaperData:
    """`today`: the clinic's day of the print, for what depends on it. Raises: CannotLayOut."""
    return {
        **asdict(paper),
        "layout": choice.layout.value,
        "size": choice.size.value,
        "sheet": sheet,
        "is_wide": choice.layout.is_wide,
        "foot": paper.labels["foot"],
    }


def pdf_of(papers: Sequence[PaperData]) -> bytes:
    """One file of all of them, each numbered from page 1. Raises: CannotTypeset."""
    return typesetting.pdf(DESCRIPTION, _file(papers))


def pictures_of(papers: Sequence[PaperData]) -> list[bytes]:
    """Their pages as PNG. Raises: CannotTypeset."""
    return typesetting.pictures(DESCRIPTION, _file(papers), dots_per_inch=DOTS_PER_INCH)


def _file(papers: Sequence[PaperData]) -> PaperData:
    return {"title": TITLE, "language": papers[0]["language"], "papers": papers}
