"""Reviews as the lines of a page, and as rows of the visit summary: each date written once, then only printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from taperplanner.days import in_words
from taperplanner.partial_days import partial_day_in_words
from taperplanner.patients.models import Answer
from taperplanner.tapers.models import Plan

from ..in_error.about import error_in_words
from ..models import PlanReview, ReviewItem
from .items import INFANT, ITEMS, REVIEW, Item
from .latest import State, state_of

NOT_RECORDED: Final = "Not recorded"
NO_REVIEW: Final = "No review is recorded."
NO_DATE: Final = "No date for the next review is recorded."
_PREGNANCY: Final = {
    "": "Pregnancy or breastfeeding: not asked yet",
    Answer.UNKNOWN.value: "Pregnancy or breastfeeding: unknown",
}


@dataclass(frozen=True, slots=True)
class ItemLine:
    """The latest record of one item. `said` without a record: that there is none. `hint`: what else is not known."""

    item: Item
    said: str
    is_gap: bool
    by: str = ""
    note: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a plan stands. `gaps`: what was not recorded, in a line; empty where nothing is missing."""

    items: tuple[ItemLine, ...]
    next_one: str
    is_late: bool
    last_one: str
    gaps: str
    source: str
    address: str
    review: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review in the list of all. `items`: label and what was said."""

    number: int
    day: str
    by: str
    at: object  # the moment, which the template prints in the clinic's zone
    items: tuple[tuple[str, str], ...]
    next_one: str
    corrected_by: int | None
    corrects: int | None
    why_corrected: str
    in_error: str


def standing_of(plan: Plan, today: date) -> Standing:
    return standing(state_of(plan), today)


def standing(state: State, today: date) -> Standing:
    cited = ITEMS[INFANT].cited
    return Standing(
        items=tuple(_item_line(item, state) for item in state.items),
        next_one=next_in_words(state, today),
        is_late=state.due_on is None or state.is_overdue(today),
        last_one=_last_in_words(state),
        gaps=gaps_in_words(state),
        source=f"{cited.name} ({cited.publisher}); {cited.read_line}",
        address=cited.address,
        review=REVIEW.line,
    )


def next_in_words(state: State, today: date) -> str:
    """ "The next review is due on Friday, December 4, 2026."""
    if state.due_on is None:
        return NO_DATE
    day = in_words(state.due_on)
    if state.is_overdue(today):
        return f"Overdue: the next review was due on {day}."
    return (
        f"The next review is due today, {day}."
        if state.due_on == today
        else f"The next review is due on {day}."
    )


def gaps_in_words(state: State) -> str:
    """ "Not recorded: PDMP, naloxone"."""
    return f"{NOT_RECORDED}: {', '.join(item.short for item in state.gaps)}" if state.gaps else ""


def summary_rows(plan: Plan, today: date) -> tuple[tuple[tuple[str, str, str], ...], str]:
    """What was considered, its latest record, by whom with the note; and a line of what is next and was last."""
    found = standing_of(plan, today)
    rows = tuple(
        (
            f"{line.item.label} ({line.item.locator.lower()})",
            ". ".join(part for part in (line.said, line.hint) if part),
            ". ".join(part for part in (line.by, line.note) if part),
        )
        for line in found.items
    )
    return rows, f"{found.next_one} {found.last_one}"


def review_line(review: PlanReview) -> ReviewLine:
    """`items` fetched before; `corrects`, `correction` and `error` selected."""
    correction, corrects = getattr(review, "correction", None), review.corrects
    return ReviewLine(
        number=review.number,
        day=in_words(review.reviewed_on),
        by=review.recorded_by_name,
        at=review.recorded_at,
        items=tuple(_said_at(review)),
        next_one=in_words(review.next_due_on) if review.next_due_on else "",
        corrected_by=correction.number if correction else None,
        corrects=corrects.number if corrects else None,
        why_corrected=review.why_corrected,
        in_error=error_in_words(review),
    )


def said_of(row: ReviewItem) -> str:
    """ "Offered, November 20, 2026"; of a month or a year only that."""
    return f"{ITEMS[row.item].answer_in_words(row.answer)}, {partial_day_in_words(row.done_on)}"


def _item_line(item: Item, state: State) -> ItemLine:
    row = state.latest.get(item.key)
    if row is not None:
        return ItemLine(item, said_of(row), is_gap=False, by=row.review.recorded_by_name, note=row.note)
    hint = "" if state.applies(item.key) else _PREGNANCY[state.pregnancy]
    return ItemLine(item, NOT_RECORDED, is_gap=True, hint=hint)


def _last_in_words(state: State) -> str:
    if state.last is None:
        return NO_REVIEW
    return (
        f"The last one was on {in_words(state.last.reviewed_on)}, recorded by {state.last.recorded_by_name}."
    )


def _said_at(review: PlanReview) -> Iterator[tuple[str, str]]:
    rows = {row.item: row for row in review.items.all()}
    for key, item in ITEMS.items():
        if row := rows.get(key):
            yield item.label, ". ".join(part for part in (said_of(row), row.note) if part)
