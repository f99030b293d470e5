"""The step table of the draft page: cells with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..schedule.schedule import ScheduleProduct, short_names
from .checking import CheckedDraft
from .columns import columns, unit_in_words
from .live import Live, live_lines
from .parsed import names_of_days, prefix_of
from .revising import origin_of
from .sheet_dates import FIRST, IN_WORDS, LAST, has_sheet_dates
from .typed import TypedStep, quantity_keys
from .typed_pattern import LENGTHS, TypedDay, TypedPattern

INDEX_MARK: Final = "__index__"
POSITION_MARK: Final = "__position__"


@dataclass(frozen=True, slots=True)
class Cell:
    """`label`: of its own, with its step and day. `column`: what stands over it, or beside it on a narrow page. `key`: that
    column's. `is_shown`: whether the column is."""

    name: str
    value: str
    label: str
    is_wrong: bool
    column: str = ""
    key: str = ""
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day of a pattern after its first, which is the row itself."""

    name: str
    dose: Cell
    quantities: tuple[Cell, ...]
    live: Live


@dataclass(frozen=True, slots=True)
class StepRow:
    """`first`: what the first day of its pattern is called; empty where every day is alike. `kept`: cells of days that were
    typed and are not in use now. `start`: the choice of the day of its pattern on which it begins, where there is one.
    """

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
    first: str
    further: tuple[DayLine, ...]
    pattern: TypedPattern
    kept: tuple[Cell, ...]
    start: Cell | None

    @property
    def lengths(self) -> list[tuple[int, bool]]:
        """How many days a pattern may have, each with whether this one has them."""
        has = 0 if self.pattern.is_by_weekday else self.pattern.length
        return [(length, length == has) for length in LENGTHS]

    @property
    def starts(self) -> list[str]:
        return [str(number) for number in range(1, self.pattern.length + 1)]


@dataclass(frozen=True, slots=True)
class TextLine:
    name: str
    texts: list[str]


def rows(checked: CheckedDraft) -> list[StepRow]:
    wrong = {cell for problem in checked.problems for cell in problem.marked_cells.split()}
    live, course, quantities = live_lines(checked), checked.parsed.course, _quantity_labels(checked.shown)
    left_out = _left_out(checked)
    return [
        _row(
            index=str(index),
            position=str(index + 1),
            step=step,
            quantities=quantities,
            left_out=left_out,
            wrong=wrong,
            live=live[index],
            carried=str(origin_of(step, course) or "") if course else "",
        )
        for index, step in enumerate(checked.typed.steps)
    ]


def blank_row(checked: CheckedDraft) -> StepRow:
    """What the browser copies for a row it adds; it replaces the marks with numbers."""
    live = [Live(INDEX_MARK)]
    return _row(
        index=INDEX_MARK,
        position=POSITION_MARK,
        step=TypedStep(),
        quantities=_quantity_labels(checked.shown),
        left_out=_left_out(checked),
        wrong=set(),
        live=live,
    )


def texts(checked: CheckedDraft) -> list[TextLine]:
    """A draft's rows as typed, in the order of the columns, to compare with another draft's.

    A revision's rows begin with whether they are confirmed: empty for a row that was not carried over. A draft with dates
    of a spreadsheet has these last. A pattern has a line for each of its days, and the first says what the row says.
    """
    has_sheet = has_sheet_dates(checked.typed)
    keys = [key for _, _, key in quantity_keys(product.number for product in checked.shown)]

    def line(step: TypedStep, day: TypedDay, *, is_row: bool) -> list[str]:
        def of_row(*found: str) -> list[str]:
            return [text if is_row else "" for text in found]

        return [
            *(of_row(_confirmation(step)) if checked.typed.base else []),
            *of_row(step.days),
            day.dose,
            *(day.quantities.get(key, "") for key in keys),
            *of_row(step.note),
            *(of_row(step.sheet_first, step.sheet_last) if has_sheet else []),
        ]

    return [
        TextLine(_name_of_line(position, step, name), line(step, day, is_row=number == 1))
        for position, step in enumerate(checked.typed.filled, 1)
        for number, (day, name) in enumerate(zip(step.each_day, names_of_days(step), strict=True), 1)
    ]


def _name_of_line(position: int, step: TypedStep, name: str) -> str:
    """ "3", "3, day 2 of the pattern"; with the day that it begins on where somebody chose it."""
    chosen = step.pattern.chosen_start
    begins = f", begins with day {chosen}" if step.pattern.is_used and chosen else ""
    return f"{position}, {name}{begins}" if name else str(position)


def _left_out(checked: CheckedDraft) -> set[str]:
    return {column.key for column in columns(checked.typed, checked.shown) if not column.is_shown}


def _quantity_labels(products: Sequence[ScheduleProduct]) -> dict[str, str]:
    """For each quantity cell of a row, by its key: "morning, 0.5 mg"."""
    names, by_number = short_names(products), {product.number: product for product in products}
    return {
        key: f"{time}, {names[number]}{unit_in_words(by_number[number])}"
        for time, number, key in quantity_keys(by_number)
    }


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
    left_out: set[str],
    wrong: set[str],
    live: list[Live],
    carried: str = "",
) -> StepRow:
    names = names_of_days(step)

    def cell(key: str, value: str, label: str, number: int = 1, day: str = "") -> Cell:
        name, said = f"steps-{index}-{prefix_of(number)}{key}", f"{day}, {label}" if day else label
        is_shown = key not in left_out
        return Cell(name, value, f"Step {position}, {said}", name in wrong, _capital(label), key, is_shown)

    def of_day(number: int, day: TypedDay) -> tuple[Cell, tuple[Cell, ...]]:
        name = names[number - 1]
        return cell("dose", day.dose, "daily dose in mg", number, name), tuple(
            cell(key, day.quantities.get(key, ""), label, number, name) for key, label in quantities.items()
        )

    days = [of_day(number, day) for number, day in enumerate(step.each_day, 1)]
    further = zip(names[1:], days[1:], live[1:], strict=True)
    kept = enumerate(step.pattern.kept, len(step.each_day) + 1)
    return StepRow(
        index=index,
        position=position,
        days=cell("days", step.days, "days"),
        dose=days[0][0],
        quantities=days[0][1],
        note=cell("note", step.note, "note to the patient"),
        sheet=(cell(FIRST, step.sheet_first, IN_WORDS[FIRST]), cell(LAST, step.sheet_last, IN_WORDS[LAST])),
        live=live[0],
        confirm=cell("confirmed", "yes", "confirmed"),
        carried=carried,
        is_confirmed=step.confirmed,
        first=_capital(names[0]),
        further=tuple(DayLine(_capital(name), *of_it, line) for name, of_it, line in further),
        pattern=step.pattern,
        kept=tuple(one for number, day in kept for one in _cells_kept(cell, number, day)),
        start=cell("starts_on", step.pattern.starts_on, "day of the pattern on which it begins")
        if step.pattern.is_used and not step.pattern.is_by_weekday and (carried or step.pattern.starts_on)
        else None,
    )


def _cells_kept(cell: Callable[[str, str, str, int], Cell], number: int, day: TypedDay) -> list[Cell]:
    """With its dose even where that is empty, so that the day comes back."""
    keys = {"dose": day.dose, **day.quantities}
    return [cell(key, text, "", number) for key, text in keys.items()]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
