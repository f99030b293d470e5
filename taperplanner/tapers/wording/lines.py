"""A schedule as the lines of a page: every number and date is formatted here, and templates only print it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from taperplanner.days import in_words, short
from taperplanner.doses import THOUSANDTHS_PER_UNIT, Quantity

from ..schedule.changes import Change, change_between
from ..schedule.schedule import Ending, Phase, Schedule, ScheduleProduct
from ..schedule.steps import DatedStep, TimeOfDay
from .words import days_text, on_one_line, one_line, strength_unbroken


@dataclass(frozen=True, slots=True)
class TimeCell:
    """What one step takes at one time of day; an empty text where it takes nothing."""

    time: str
    taken: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """`times`: the times of day at which some step of the schedule takes something, the same for each step."""

    position: int
    first_day: str
    last_day: str
    days: str
    dose: str
    change: str
    times: tuple[TimeCell, ...]
    note: str
    is_today: bool
    replaced: str = ""

    @property
    def columns_after_the_first(self) -> int:
        """How many columns the line after the last step spans: days, daily dose, and each time of day."""
        return 2 + len(self.times)

    @property
    def columns(self) -> int:
        return 1 + self.columns_after_the_first


@dataclass(frozen=True, slots=True)
class NeededLine:
    """How much of one product the steps take: exactly, and rounded up to whole units."""

    product: str
    exact: str
    whole: str


def step_lines(schedule: Schedule, today: date | None, last_day: date | None = None) -> list[StepLine]:
    """`today`: None where this schedule is not in force today. `last_day`: its last day in force, where a newer
    version takes over."""
    lines = []
    before = None
    names = schedule.short_names
    used = times_used(schedule)
    for dated in schedule.dated_steps():
        step = dated.step
        lines.append(
            StepLine(
                position=step.position,
                first_day=short(dated.first_day),
                last_day=short(dated.last_day),
                days=days_text(step.days),
                dose=str(step.every_day.dose),
                change=_change(change_between(before, step)) if before is not None else "",
                times=_times(dated, used, schedule.products, names),
                note=step.note,
                is_today=today is not None and dated.covers(today),
                replaced=_replaced(dated, last_day),
            )
        )
        before = step
    return lines


def times_used(schedule: Schedule) -> list[TimeOfDay]:
    """The times of day at which some step takes something; the others get no column."""
    taking = {dose.time for step in schedule.steps for dose in step.all_doses}
    return [time for time in TimeOfDay if time in taking]


def today_line(schedule: Schedule, today: date, drug: str) -> str:
    """What this patient should be taking today, in one sentence, as the schedule has it."""
    phase, dated = schedule.on(today)
    say = f"Today, {in_words(today)}"
    if phase is Phase.BEFORE:
        return f"{say}: this schedule has not started. It starts on {in_words(schedule.first_day)}."
    if dated is None:
        return f"{say}: no {drug}. The last day with a dose was {in_words(schedule.last_day)}."
    step = dated.step
    line = one_line(dated.on(today), schedule.products, schedule.short_names)
    if phase is Phase.STAY:
        return f"{say}: stay on step {step.position} until reviewed, {line}."
    return f"{say}: step {step.position} of {len(schedule.steps)}, {line}."


def ended_line(state: str, today: date) -> str:
    return f"Today, {in_words(today)}: this plan has ended ({state}), so nothing is planned for today."


def ending_line(schedule: Schedule) -> str:
    if schedule.ending is Ending.STOP:
        return f"Stop. From {in_words(schedule.day_after)} on: none."
    last = schedule.steps[-1]
    return f"Stay on step {last.position} ({last.every_day.dose} a day) from {in_words(schedule.day_after)} on, until reviewed."


def needed_lines(schedule: Schedule, last_day: date | None = None) -> list[NeededLine]:
    needed, names = schedule.needed(last_day), schedule.full_names
    return [
        needed_line(product, needed[number], names[number]) for number, product in schedule.products.items()
    ]


def needed_line(product: ScheduleProduct, quantity: Quantity, name: str) -> NeededLine:
    return NeededLine(name, exact=product.amount_and_ml(quantity), whole=_whole(quantity, product))


def _replaced(dated: DatedStep, last_day: date | None) -> str:
    if last_day is None or dated.last_day <= last_day:
        return ""
    if dated.first_day > last_day:
        return "not taken: a newer version takes over before it"
    return f"only up to {short(last_day)}: then a newer version takes over"


def _change(change: Change | None) -> str:
    """With no-break spaces, but for the one before the percentage."""
    difference, bracket, percentage = str(change).partition(" (")
    return on_one_line(difference) + bracket + on_one_line(percentage)


def _whole(quantity: Quantity, product: ScheduleProduct) -> str:
    """Of drops, the whole mL of a bottle that they are in."""
    if product.drops_per_ml:
        return f"{-(-quantity.whole_units() // product.drops_per_ml)} mL"
    return product.amount(Quantity(quantity.whole_units() * THOUSANDTHS_PER_UNIT))


def _times(
    dated: DatedStep, used: list[TimeOfDay], products: dict[int, ScheduleProduct], names: dict[int, str]
) -> tuple[TimeCell, ...]:
    taken: dict[TimeOfDay, list[str]] = {time: [] for time in used}
    for dose in dated.step.every_day.doses:
        product = products[dose.product]
        amount, name = (
            on_one_line(product.amount(dose.quantity)),
            strength_unbroken(product, names[dose.product]),
        )
        taken[dose.time].append(f"{amount} of\N{NO-BREAK SPACE}{name}")
    return tuple(TimeCell(time.value, " and ".join(parts)) for time, parts in taken.items())
