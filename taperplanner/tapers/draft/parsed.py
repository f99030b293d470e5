"""A typed draft parsed without guessing: each cell is an exact value, nothing, or a sentence that says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from taperplanner.days import LATEST_YEAR, WEEKDAYS, NotADay, parse_day
from taperplanner.doses import Dose, InexactDose, NotAnAmount, Quantity, parse_days, parse_dose
from taperplanner.text import hidden_in

from ..schedule.changes import Change, change_between
from ..schedule.course import Course, CourseDay
from ..schedule.schedule import Ending, Schedule, ScheduleProduct, daily_total
from ..schedule.steps import Regimen, ScheduleDose, ScheduleStep
from .as_needed import ParsedNeeded, parse_needed
from .quantities import quantity_reader
from .rhythm import Start, starts_of
from .typed import TypedDraft, TypedStep, quantity_keys
from .typed_pattern import CELL_OF_A_DAY, TypedDay

LONGEST_NOTE: Final = 300
LAST_DAY: Final = date(LATEST_YEAR, 12, 31)
OF_THE_PATTERN: Final = " of the pattern"
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ParsedDay:
    """One day of a step's pattern, or what is taken every day. `prefix`: what the keys of its cells begin with.

    `name`: "day 2 of the pattern", "Monday"; empty where every day is alike.
    """

    prefix: str
    name: str
    typed: TypedDay
    dose: Dose | None
    doses: tuple[ScheduleDose, ...]
    total: Dose | None

    @property
    def disagrees(self) -> bool:
        return self.dose is not None and self.total not in {None, self.dose}


@dataclass(frozen=True, slots=True)
class ParsedStep:
    """One row with the days of its pattern. `wrong`: a sentence for each cell that could not be parsed, by the cell's key."""

    position: int
    typed: TypedStep
    days: int | None
    taken: tuple[ParsedDay, ...]
    wrong: Mapping[str, str]

    @property
    def name(self) -> str:
        return f"steps-{self.position - 1}"

    def say(self, day: ParsedDay) -> str:
        """ "Step 2", "Step 2, day 1 of the pattern"."""
        return f"Step {self.position}, {day.name}" if day.name else f"Step {self.position}"

    def day_name(self, key: str) -> str:
        """Of the day that the cell with this key belongs to; empty for one of the row itself."""
        if key in {"days", "note"}:
            return ""
        match = CELL_OF_A_DAY.fullmatch(key)
        return self.taken[int(match[1]) - 1 if match else 0].name

    def cell(self, day: ParsedDay, key: str) -> str:
        return f"{self.name}-{day.prefix}{key}"

    def as_step(self, starts_on: int = 1) -> ScheduleStep | None:
        """None unless each daily dose could be parsed. Without days that could be, it has none."""
        regimens = tuple(Regimen(day.dose, day.doses) for day in self.taken if day.dose is not None)
        if len(regimens) < len(self.taken):
            return None
        by_weekday = self.typed.pattern.is_by_weekday
        return ScheduleStep(
            self.position, self.days or 0, regimens, self.typed.note.strip(), starts_on, by_weekday
        )


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

    def with_steps_before(self) -> list[tuple[ScheduleStep | None, ScheduleStep | None]]:
        """Each step with the one before it; a revision's first with the signed one of the day before."""
        before = self.day_before
        steps = [step.as_step() for step in self.steps]
        first = before.dated.step if before and before.dated else None
        return list(zip([first, *steps], steps, strict=False))

    def starts(self) -> list[Start]:
        return starts_of([step.typed for step in self.steps], self.first_day, self.course)

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
        """From the step before, where the doses of both could be parsed and there is an exact figure."""
        return [
            change_between(before, after) if before and after else None
            for before, after in self.with_steps_before()
        ]

    def schedule(self) -> Schedule | None:
        """None unless every cell could be parsed. Products: only those that doses use, the one as needed too."""
        if self.first_day is None or self.ending is None or not self.steps or self.runs_too_long:
            return None
        steps = []
        for parsed, start in zip(self.steps, self.starts(), strict=True):
            step = parsed.as_step(start.day) if start.day else None
            if parsed.wrong or parsed.days is None or step is None:
                return None
            steps.append(step)
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

    def day_of(day: TypedDay, prefix: str, name: str) -> ParsedDay:
        dose = cell(f"{prefix}dose", day.dose, parse_dose)
        doses, is_whole = [], True
        for time, number, key in quantity_keys(products):
            parse = quantity_reader(products[number].form.unit)
            quantity: Quantity | None = cell(f"{prefix}{key}", day.quantities.get(key, ""), parse)
            is_whole = is_whole and f"{prefix}{key}" not in wrong
            if quantity:  # nothing typed, or a zero: nothing is taken
                doses.append(ScheduleDose(time, number, quantity))
        total = _total(tuple(doses), products) if is_whole else None
        return ParsedDay(prefix, name, day, dose, tuple(doses), total)

    days = cell("days", typed.days, parse_days)
    names = names_of_days(typed)
    taken = tuple(
        day_of(day, prefix_of(number), name)
        for number, (day, name) in enumerate(zip(typed.each_day, names, strict=True), 1)
    )
    if len(typed.note) > LONGEST_NOTE:
        wrong["note"] = f"Shorten the note to {LONGEST_NOTE} characters or fewer; it has {len(typed.note)}."
    elif place := hidden_in(typed.note):
        wrong["note"] = f"It holds a character that nobody sees, {place}. Type the note again."
    return ParsedStep(position, typed, days, taken, wrong)


def prefix_of(number: int) -> str:
    """What the keys of a day's cells begin with; the first day of a pattern is the row itself."""
    return "" if number == 1 else f"day{number}-"


def names_of_days(typed: TypedStep) -> list[str]:
    if not typed.pattern.is_used:
        return [""]
    if typed.pattern.is_by_weekday:
        return list(WEEKDAYS)
    return [f"day {number}{OF_THE_PATTERN}" for number in range(1, typed.pattern.length + 1)]


def _total(doses: tuple[ScheduleDose, ...], products: dict[int, ScheduleProduct]) -> Dose | None:
    """None where strength times quantity is not exact."""
    try:
        return daily_total(doses, products)
    except InexactDose:
        return None
