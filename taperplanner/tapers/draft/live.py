"""The arithmetic beside each line of the step table: dates, sums, and the change from the step before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from taperplanner.days import WEEKDAYS, short, short_span

from ..schedule.course import CourseStep
from ..schedule.schedule import Ending
from .checking import CheckedDraft
from .parsed import ParsedDay, ParsedDraft, ParsedStep
from .revising import signed_steps
from .rhythm import Start
from .sheet_dates import sheet_dates
from .typed import TypedStep


@dataclass(frozen=True, slots=True)
class Live:
    """The arithmetic beside one line: "3", or "3-day2" of a pattern. Empty texts where what was typed cannot be parsed yet.

    `carried_from`: the signed step that the row was carried over from, with its dates as signed. `days_hint`: why
    its days were left empty. `begins`: the day of the pattern that the step begins with. `recurs`: the dates of this
    day of it. `sheet`: the dates of a spreadsheet, and `sheet_wrong` what does not agree with them.
    """

    index: str
    dates: str = ""
    total: str = ""
    disagrees: bool = False
    change: str = ""
    carried_from: str = ""
    days_hint: str = ""
    begins: str = ""
    recurs: str = ""
    sheet: str = ""
    sheet_wrong: str = ""


def live_lines(checked: CheckedDraft) -> list[list[Live]]:
    """For each row of the page its own, then one for each further day of its pattern; blank rows at the end included."""
    parsed = checked.parsed
    dates, changes, starts = parsed.dates(), parsed.changes(), parsed.starts()
    signed = signed_steps(parsed.course) if parsed.course else {}
    lines = []
    for index, typed in enumerate(checked.typed.steps):
        if index >= len(parsed.steps) or typed.is_blank:
            lines.append([Live(name) for name in names_of_lines(index, typed)])
            continue
        step, span, change = parsed.steps[index], dates[index], changes[index]
        origin = signed.get(typed.carried) if typed.carried else None
        first_day = span[0] if span else parsed.first_day if index == 0 else None
        recurring = list(_recurring(step, starts[index], first_day, parsed))
        dates_of_sheet = sheet_dates(typed)
        row = Live(
            index=str(index),
            dates=short_span(*span) if span else "",
            total=_total(step.taken[0]),
            disagrees=step.taken[0].disagrees,
            change=str(change) if change else "",
            carried_from=_carried_from(origin) if origin else "",
            days_hint=_days_hint(origin, parsed.first_day) if origin and not typed.days.strip() else "",
            begins=_begins(starts[index], first_day),
            recurs=recurring[0],
            sheet=dates_of_sheet.in_words,
            sheet_wrong=dates_of_sheet.disagreement(step.days, span),
        )
        further = zip(names_of_lines(index, typed), step.taken, recurring, strict=True)
        of_days = [Live(name, "", _total(day), day.disagrees, recurs=recurs) for name, day, recurs in further]
        lines.append([row, *of_days[1:]])
    return lines


def names_of_lines(index: int | str, typed: TypedStep) -> list[str]:
    further = range(2, len(typed.each_day) + 1)
    return [str(index), *(f"{index}-day{number}" for number in further)]


def _total(day: ParsedDay) -> str:
    return str(day.total) if day.doses and day.total is not None else ""


def _begins(start: Start, first_day: date | None) -> str:
    """Where a pattern does not begin with its first day."""
    if start.day is None or (start.day == 1 and not start.goes_on):
        return ""
    on = f" on {short(first_day)}" if first_day else ""
    return f"{'goes on' if start.goes_on else 'begins'} with day {start.day} of the pattern{on}"


def _recurring(step: ParsedStep, start: Start, first_day: date | None, parsed: ParsedDraft) -> Iterator[str]:
    """For each day of a pattern the first date it comes on, and how it goes on; empty while that is not known."""
    length = len(step.taken)
    is_stayed_on = parsed.ending is Ending.STAY and step.position == len(parsed.steps)
    for number in range(length):
        if length == 1 or first_day is None or start.day is None:
            yield ""
            continue
        begins = first_day.weekday() if step.typed.pattern.is_by_weekday else start.day - 1
        after = (number - begins) % length
        left = None if is_stayed_on or step.days is None else step.days - after
        yield _recurs(first_day + timedelta(days=after), left, length, is_weekly=length == len(WEEKDAYS))


def _recurs(first: date, left: int | None, length: int, *, is_weekly: bool) -> str:
    """ "Mon, Mar 2, 2026, then every 2 days". `left`: how many days of the step there are from it on."""
    if left is not None and left <= 0:
        return "on none of these days"
    if left is not None and left <= length:
        return short(first)
    return f"{short(first)}, then every {WEEKDAYS[first.weekday()] if is_weekly else f'{length} days'}"


def _carried_from(one: CourseStep[Any]) -> str:
    """ "version 2, step 1, signed for Mon, Mar 16, 2026 to Sun, Mar 29, 2026"."""
    dated = one.dated
    days = short_span(dated.first_day, dated.last_day)
    return f"version {one.version.number}, step {dated.step.position}, signed for {days}"


def _days_hint(one: CourseStep[Any], first_day: date | None) -> str:
    """Only the provider says how long the step goes on."""
    if not one.is_as_signed:
        return "A version that waits changes how long this step goes on. Type its days."
    if first_day is not None and one.first_day < first_day:
        return "This step is running on that day. Type how many days it goes on."
    return "Type how many days it goes on from the first day."
