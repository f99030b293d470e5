"""A handout in the layout that was chosen, as the data its page description prints, and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, Final

from taperplanner import typesetting
from taperplanner.tapers.schedule import Schedule

from ..paper.card import card_of
from ..paper.content import Handout
from ..paper.day_by_day import CannotLayOut, days_of, diary_days, months_of
from ..paper.earlier import Earlier
from ..paper.labels import diary_labels
from ..paper.language import Say
from ..paper.layouts import Choice, Layout
from ..paper.pharmacy import summary_of
from ..paper.remaining import Remaining, remaining

DESCRIPTION: Final = "handouts/papers.typ"
TITLE: Final = "Handout"  # of the file: it may be seen where the patient's name must not be
DOTS_PER_INCH: Final = 60
NOT_FOR_A_FILL: Final = "This is not a prescription."

PaperData = dict[str, Any]


def paper_data(
    paper: Handout, schedule: Schedule, choice: Choice, *, sheet: str, earlier: Earlier | None = None
) -> PaperData:
    """`earlier`: what holds on the day of the print, where this schedule waits. Raises: CannotLayOut."""
    return {
        **asdict(paper),
        "printed_on": paper.printed_on.isoformat(),
        "layout": choice.laid_out_as.value,
        "size": choice.size.value,
        "sheet": sheet,
        "is_wide": choice.is_wide,
        "foot": paper.labels["foot"],
        **_of_layout(paper, remaining(schedule, paper.printed_on), choice, earlier),
    }


def _of_layout(paper: Handout, left: Remaining, choice: Choice, earlier: Earlier | None) -> PaperData:
    """What only this layout prints."""
    say = Say(choice.language)
    match choice.laid_out_as:
        case Layout.SCHEDULE:
            return {}
        case Layout.CALENDAR:
            return {"months": [asdict(month) for month in months_of(left, paper.drug_name, say)]}
        case Layout.CHECKLIST:
            return {"days": [asdict(day) for day in days_of(left, paper.drug_name, say)]}
        case Layout.WALLET:
            card = card_of(left.schedule, paper.printed_on, paper.drug_name, say, earlier)
            return {"card": asdict(card)}
        case Layout.DIARY:
            return {"diary": {"labels": diary_labels(say), "days": diary_days(left, say)}}
        case Layout.PHARMACY:
            summary = summary_of(left, choice.fill_days or 0, earlier)
            return {"pharmacy": asdict(summary), "foot": NOT_FOR_A_FILL}


def pdf_of(papers: Sequence[PaperData]) -> bytes:
    """One file of all of them, each numbered from page 1. Raises: CannotTypeset, CannotLayOut."""
    with _fitting():
        return typesetting.pdf(DESCRIPTION, _file(papers))


def pictures_of(papers: Sequence[PaperData]) -> list[bytes]:
    """Their pages as PNG. Raises: CannotTypeset, CannotLayOut."""
    with _fitting():
        return typesetting.pictures(DESCRIPTION, _file(papers), dots_per_inch=DOTS_PER_INCH)


@contextmanager
def _fitting() -> Iterator[None]:
    try:
        yield
    except typesetting.TakesTooLong as problem:
        raise CannotLayOut(
            "This paper takes too long to set. Choose the schedule table, or print fewer patients at once."
        ) from problem
    except typesetting.DoesNotFit as problem:
        raise CannotLayOut(
            "In this layout what is taken in one step does not fit on a page: it names many products, or long ones."
            " Choose the checklist, or large print."
        ) from problem


def _file(papers: Sequence[PaperData]) -> PaperData:
    return {"title": TITLE, "language": papers[0]["language"], "papers": papers}
