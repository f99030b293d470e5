"""The step table of the draft page: cells with what was typed, and the arithmetic beside each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from taperplanner.days import short_span

from ..schedule.course import CourseStep
from ..schedule.schedule import ScheduleProduct, Unit, short_names
from ..schedule.steps import TimeOfDay
from ..wording.words import strength_unbroken
from .checking import CheckedDraft
from .revising import origin_of
from .sheet_dates import FIRST, IN_WORDS, LAST, has_sheet_dates, sheet_dates
from .typed import Origin, TypedStep, quantity_keys

INDEX_MARK: Final = "__index__"
POSITION_MARK: Final = "__position__"


@dataclass(frozen=True, slots=True)
class Cell:
    name: str
    value: str
    label: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Live:
    """The arithmetic beside one row. Empty texts where what was typed cannot be parsed yet.

    `carried_from`: the signed step that the row was carried over from, with its dates as signed. `days_hint`: why
    its days were left empty. `sheet`: the dates of a spreadsheet, and `sheet_wrong` what does not agree with them.
    """

    index: str
    dates: str
    total: str
    disagrees: bool
    change: str
    carried_from: str = ""
    days_hint: str = ""
    sheet: str = ""
    sheet_wrong: str = ""


@dataclass(frozen=True, slots=True)
class StepRow:
    index: str
    position: str
    days: Cell
    dose: Cell
    quantities: tuple[Cell, ...]
    note: Cell
    sheet: tuple[Cell, Cell]
    live: Live
    confirm: Cell
    carried: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One product at one time of day."""

    time: str
    product: str
    starts_group: bool


def columns(products: Sequence[ScheduleProduct]) -> list[Column]:
    names = short_names(products)
    return [
        Column(
            time.value,
            strength_unbroken(product, names[product.number]) + _unit(product),
            starts_group=index == 0,
        )
        for time in TimeOfDay
        for index, product in enumerate(products)
    ]


def times(products: Sequence[ScheduleProduct]) -> list[tuple[str, int]]:
    """Each time of day with the number of columns under it; none without a product."""
    return [(time.value, len(products)) for time in TimeOfDay if products]


def rows(checked: CheckedDraft) -> list[StepRow]:
    wrong = {cell for problem in checked.problems for cell in problem.marked_cells.split()}
    live, course, quantities = live_lines(checked), checked.parsed.course, _quantity_labels(checked.shown)
    return [
        _row(
            index=str(index),
            position=str(index + 1),
            step=step,
            quantities=quantities,
            wrong=wrong,
            live=live[index],
            carried=str(origin_of(step, course) or "") if course else "",
        )
        for index, step in enumerate(checked.typed.steps)
    ]


def blank_row(products: Sequence[ScheduleProduct]) -> StepRow:
    """What the browser copies for a row it adds; it replaces the marks with numbers."""
    live = Live(INDEX_MARK, "", "", disagrees=False, change="")
    return _row(
        index=INDEX_MARK,
        position=POSITION_MARK,
        step=TypedStep(),
        quantities=_quantity_labels(products),
        wrong=set(),
        live=live,
    )


def live_lines(checked: CheckedDraft) -> list[Live]:
    """One for each row of the page, blank rows at the end included."""
    parsed = checked.parsed
    dates, changes = parsed.dates(), parsed.changes()
    signed = {}
    for one in parsed.course.steps() if parsed.course else ():
        signed[Origin(one.version.number, one.dated.step.position)] = one
    lines = []
    for index in range(len(checked.typed.steps)):
        if index >= len(parsed.steps) or parsed.steps[index].typed.is_blank:
            lines.append(Live(str(index), "", "", disagrees=False, change=""))
            continue
        step, span, change = parsed.steps[index], dates[index], changes[index]
        origin = signed.get(step.typed.carried) if step.typed.carried else None
        dates_of_sheet = sheet_dates(step.typed)
        lines.append(
            Live(
                index=str(index),
                dates=short_span(*span) if span else "",
                total=str(step.total) if step.doses and step.total is not None else "",
                disagrees=step.total not in {None, step.dose} and step.dose is not None,
                change=str(change) if change else "",
                carried_from=_carried_from(origin) if origin else "",
                days_hint=_days_hint(origin, parsed.first_day)
                if origin and not step.typed.days.strip()
                else "",
                sheet=dates_of_sheet.in_words,
                sheet_wrong=dates_of_sheet.disagreement(step.days, span),
            )
        )
    return lines


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


def texts(checked: CheckedDraft) -> list[list[str]]:
    """A draft's rows as typed, in the order of the columns, to compare with another draft's.

    A revision's rows begin with whether they are confirmed: empty for a row that was not carried over. A draft with dates
    of a spreadsheet has these last.
    """
    has_sheet = has_sheet_dates(checked.typed)
    keys = [key for _, _, key in quantity_keys(product.number for product in checked.shown)]
    return [
        [
            *([_confirmation(step)] if checked.typed.base else []),
            step.days,
            step.dose,
            *(step.quantities.get(key, "") for key in keys),
            step.note,
            *([step.sheet_first, step.sheet_last] if has_sheet else []),
        ]
        for step in checked.typed.filled
    ]


def _quantity_labels(products: Sequence[ScheduleProduct]) -> dict[str, str]:
    """For each quantity cell of a row, by its key: "morning, 0.5 mg"."""
    names, by_number = short_names(products), {product.number: product for product in products}
    return {
        key: f"{time}, {names[number]}{_unit(by_number[number])}"
        for time, number, key in quantity_keys(by_number)
    }


def _unit(product: ScheduleProduct) -> str:
    """A liquid's cells hold mL, and those of drops are counted; the name of a tablet says what is counted."""
    unit = product.form.unit
    return "" if unit is Unit.TABLET else f", in\N{NO-BREAK SPACE}{unit.several}"


def _confirmation(step: TypedStep) -> str:
    if step.confirmed:
        return "yes"
    return "no" if step.carried else ""


def _row(
    *,
    index: str,
    position: str,
    step: TypedStep,
    quantities: Mapping[str, str],
    wrong: set[str],
    live: Live,
    carried: str = "",
) -> StepRow:
    def cell(key: str, value: str, label: str) -> Cell:
        name = f"steps-{index}-{key}"
        return Cell(name, value, f"Step {position}, {label}", name in wrong)

    return StepRow(
        index=index,
        position=position,
        days=cell("days", step.days, "days"),
        dose=cell("dose", step.dose, "daily dose in mg"),
        quantities=tuple(cell(key, step.quantities.get(key, ""), label) for key, label in quantities.items()),
        note=cell("note", step.note, "note to the patient"),
        sheet=(cell(FIRST, step.sheet_first, IN_WORDS[FIRST]), cell(LAST, step.sheet_last, IN_WORDS[LAST])),
        live=live,
        confirm=cell("confirmed", "yes", "confirmed"),
        carried=carried,
        is_confirmed=step.confirmed,
    )
