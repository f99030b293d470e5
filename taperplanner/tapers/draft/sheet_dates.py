"""The dates that a spreadsheet has beside a row: parsed, and held against the days that the provider typed.

They fill in nothing and are no part of what is signed. A sentence here says which day the typed days come to, and
never how many days the dates are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from taperplanner.days import LATEST_YEAR, NotADay, parse_day, short, short_span

from ..wording.words import days_text
from .parsed import LAST_DAY, ParsedDraft, ParsedStep
from .problem import Problem, Severity
from .typed import TypedDraft, TypedStep

UNREADABLE: Final = "sheet-unreadable"
FIRST, LAST = "sheet_first", "sheet_last"
IN_WORDS: Final = {FIRST: "start date in the sheet", LAST: "end date in the sheet"}


@dataclass(frozen=True, slots=True)
class SheetDates:
    """Those of one row. `wrong`: a sentence for each that could not be parsed, by the cell's key."""

    first: date | None
    last: date | None
    wrong: dict[str, str]

    @property
    def in_words(self) -> str:
        """Empty where none could be parsed."""
        if self.first and self.last and self.first <= self.last:
            return short_span(self.first, self.last)
        words = [f"from {short(self.first)}"] if self.first else []
        return " ".join([*words, *([f"to {short(self.last)}"] if self.last else [])])

    def disagreement(self, days: int | None, span: tuple[date, date] | None) -> str:
        """What is said beside the row. Empty where nothing disagrees, or nothing was typed yet to hold against them.

        `span`: the first and last day of the row, as they follow from what was typed.
        """
        if self.wrong:
            return " ".join(f"The {IN_WORDS[key]} cannot be read." for key in self.wrong)
        if days and self.days_disagree(days):
            return f"{self.days_in_words(days)}."
        if span and (self.first not in {None, span[0]} or self.last not in {None, span[1]}):
            return "These are not the days of this step."
        return ""

    def end_of(self, days: int) -> date | None:
        """The last of so many days from the sheet's first. None: after the last day that can be written."""
        if self.first is None or days > (LAST_DAY - self.first).days:
            return None
        return self.first + timedelta(days=days - 1)

    def days_disagree(self, days: int) -> bool:
        return self.first is not None and self.last is not None and self.end_of(days) != self.last

    def days_in_words(self, days: int) -> str:
        """ "13 days from Mon, Mar 2, 2026 end on Sat, Mar 14, 2026"."""
        end = self.end_of(days)
        ends = f"{'ends' if days == 1 else 'end'} {f'on {short(end)}' if end else f'after {LATEST_YEAR}'}"
        return f"{days_text(days)} from {short(self.first) if self.first else ''} {ends}"


def sheet_dates(typed: TypedStep) -> SheetDates:
    wrong: dict[str, str] = {}

    def cell(key: str, text: str) -> date | None:
        try:
            return parse_day(text) if text.strip() else None
        except NotADay as problem:
            wrong[key] = str(problem)
            return None

    return SheetDates(cell(FIRST, typed.sheet_first), cell(LAST, typed.sheet_last), wrong)


def has_sheet_dates(typed: TypedDraft) -> bool:
    return any(step.sheet_first.strip() or step.sheet_last.strip() for step in typed.steps)


def of_sheet_dates(parsed: ParsedDraft) -> Iterator[Problem]:
    """A warning wherever the days come apart from the sheet, and none for later rows that are only moved by it.

    Without a warning every date of the sheet is a date of the draft.
    """
    moved = timedelta()
    for step, span in zip(parsed.steps, parsed.dates(), strict=True):
        dates = sheet_dates(step.typed)
        for key, sentence in dates.wrong.items():
            yield _problem(step, UNREADABLE, key, f"{IN_WORDS[key]}: {sentence} Or clear it.")
        if span and dates.first:
            if span[0] - dates.first != moved:
                said = f"the sheet begins it on {short(dates.first)}; as typed here it begins on {short(span[0])}."
                yield _problem(step, "sheet-start", FIRST, said)
            moved = span[0] - dates.first
        if step.days and dates.first and dates.last:
            if dates.days_disagree(step.days):
                said = f"the sheet says {dates.in_words}; {dates.days_in_words(step.days)}."
                yield _problem(step, "sheet-days", "days", said, LAST)
            moved += (dates.end_of(step.days) or dates.last) - dates.last
        elif span and dates.last:
            if span[1] - dates.last != moved:
                said = f"the sheet ends it on {short(dates.last)}; as typed here it ends on {short(span[1])}."
                yield _problem(step, "sheet-end", LAST, said)
            moved = span[1] - dates.last


def _problem(step: ParsedStep, code: str, key: str, said: str, *others: str) -> Problem:
    return Problem(
        code,
        f"Step {step.position}{', ' if code == UNREADABLE else ': '}{said}",
        Severity.WARNING,
        step.position,
        f"{step.name}-{key}",
        tuple(f"{step.name}-{other}" for other in others),
        is_marked=True,
    )
