"""A typed draft parsed without guessing: each cell is an exact value, nothing, or a sentence that says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from taperplanner.days import LATEST_YEAR, NotADay, parse_day
from taperplanner.doses import Dose, InexactDose, NotAnAmount, Quantity, parse_days, parse_dose
from taperplanner.text import hidden_in

from ..schedule.changes import Change
from ..schedule.course import Course, CourseDay
from ..schedule.schedule import Ending, Schedule, ScheduleProduct, daily_total
from ..schedule.steps import Regimen, ScheduleDose, ScheduleStep
from .as_needed import ParsedNeeded, parse_needed
from .typed import TypedDraft, TypedStep, quantity_keys, read_millilitres, read_quantity

LONGEST_NOTE: Final = 300
LAST_DAY: Final = date(LATEST_YEAR, 12, 31)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ParsedStep:
    """One row. `wrong`: a sentence for each cell that could not be parsed, by the cell's key."""

    position: int
    typed: TypedStep
    days: int | None
    dose: Dose | None
    doses: tuple[ScheduleDose, ...]
    wrong: Mapping[str, str]
    total: Dose | None

    @property
    def name(self) -> str:
        return f"steps-{self.position - 1}"


@dataclass(frozen=True, slots=True)
class ParsedDraft:
    """The whole draft. `course`: the signed versions that it would revise; None for a first version."""

    first_day: date | None
    first_day_wrong: str
    ending: Ending | None
    steps: tuple[ParsedStep, ...]
    products: dict[int, ScheduleProduct]
    course: Course[Any] | None = None
    as_needed: ParsedNeeded | None = None

    @property
    def day_before(self) -> CourseDay[Any] | None:
        """The day before this draft begins, by the version in force on it."""
        if self.course is None or self.first_day is None:
            return None
        return self.course.on(self.first_day - timedelta(days=1))

    @property
    def dose_before(self) -> Dose | None:
        before = self.day_before
        return before.taken.dose if before and before.taken else None

    def dates(self) -> list[tuple[date, date] | None]:
        """First and last day of each step, as far as the first day and the days could be parsed."""
        spans: list[tuple[date, date] | None] = []
        start = self.first_day
        for step in self.steps:
            if start is None or step.days is None or step.days > (LAST_DAY - start).days:
                start = None
                spans.append(None)
                continue
            spans.append((start, start + timedelta(days=step.days - 1)))
            start += timedelta(days=step.days)
        return spans

    @property
    def runs_too_long(self) -> bool:
        days = sum(step.days or 0 for step in self.steps)
        return self.first_day is not None and days > (LAST_DAY - self.first_day).days

    def changes(self) -> list[Change | None]:
        """From the step before, where both daily doses could be parsed; a revision's first step from the day before."""
        doses = [step.dose for step in self.steps]
        pairs = zip([self.dose_before, *doses], doses, strict=False)
        return [
            Change(before, after) if before is not None and after is not None else None
            for before, after in pairs
        ]

    def schedule(self) -> Schedule | None:
        """None unless every cell could be parsed. Products: only those that doses use, the one as needed too."""
        if self.first_day is None or self.ending is None or not self.steps or self.runs_too_long:
            return None
        steps = []
        for step in self.steps:
            if step.wrong or step.days is None or step.dose is None:
                return None
            steps.append(
                ScheduleStep(
                    step.position, step.days, (Regimen(step.dose, step.doses),), step.typed.note.strip()
                )
            )
        needed = self.as_needed.as_data if self.as_needed else None
        if self.as_needed and needed is None:
            return None
        used = {dose.product for step in steps for dose in step.all_doses}
        used |= {needed.product} if needed else set()
        products = {number: product for number, product in self.products.items() if number in used}
        return Schedule(self.first_day, tuple(steps), self.ending, products, needed)


def parse_draft(
    typed: TypedDraft, products: dict[int, ScheduleProduct], course: Course[Any] | None = None
) -> ParsedDraft:
    first_day, wrong = None, ""
    if typed.first_day.strip():
        try:
            first_day = parse_day(typed.first_day)
        except NotADay as problem:
            wrong = str(problem)
    return ParsedDraft(
        first_day=first_day,
        first_day_wrong=wrong,
        ending=Ending(typed.ending) if typed.ending in set(Ending) else None,
        steps=tuple(_parse_step(position, step, products) for position, step in enumerate(typed.filled, 1)),
        products=products,
        course=course,
        as_needed=parse_needed(typed.as_needed, products),
    )


def _parse_step(position: int, typed: TypedStep, products: dict[int, ScheduleProduct]) -> ParsedStep:
    wrong: dict[str, str] = {}

    def cell(key: str, text: str, parse: Callable[[str], V]) -> V | None:
        if not text.strip():
            return None
        try:
            return parse(text)
        except NotAnAmount as problem:
            wrong[key] = str(problem)
            return None

    days = cell("days", typed.days, parse_days)
    dose = cell("dose", typed.dose, parse_dose)
    doses = []
    for time, number, key in quantity_keys(products):
        parse = read_quantity if products[number].form.is_counted else read_millilitres
        quantity: Quantity | None = cell(key, typed.quantities.get(key, ""), parse)
        if quantity:  # nothing typed, or a zero: nothing is taken
            doses.append(ScheduleDose(time, number, quantity))
    if len(typed.note) > LONGEST_NOTE:
        wrong["note"] = f"Shorten the note to {LONGEST_NOTE} characters or fewer; it has {len(typed.note)}."
    elif place := hidden_in(typed.note):
        wrong["note"] = f"It holds a character that nobody sees, {place}. Type the note again."
    return ParsedStep(position, typed, days, dose, tuple(doses), wrong, _total(doses, products, wrong))


def _total(
    doses: list[ScheduleDose], products: dict[int, ScheduleProduct], wrong: Mapping[str, str]
) -> Dose | None:
    """None where a quantity could not be parsed, or where strength times quantity is not exact."""
    if any("-" in key for key in wrong):
        return None
    try:
        return daily_total(tuple(doses), products)
    except InexactDose:
        return None
