"""A schedule as the lines of a page: every number and date is formatted here, and templates only print it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from taperplanner.days import in_words, short
from taperplanner.doses import THOUSANDTHS_PER_UNIT, Quantity

from ..schedule.schedule import Ending, Phase, Schedule, ScheduleProduct
from ..schedule.steps import DatedStep, Group, Regimen, TimeOfDay
from .patterns import change_in_words, days_named, days_of_round, first_round, on_a_day, stayed_on
from .words import days_text, on_one_line, strength_unbroken


@dataclass(frozen=True, slots=True)
class TimeCell:
    """What one step takes at one time of day; an empty text where it takes nothing."""

    time: str
    taken: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step, or equal days of its pattern: then `on_days` says which, and `first_on` when they first come.

    `times`: the times of day at which some step of the schedule takes something, the same for each step. `change` stands
    in the first line of a step, `note` in the last.
    """

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
    on_days: str = ""
    first_on: str = ""

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
    lines: list[StepLine] = []
    before = None
    used = times_used(schedule)
    for dated in schedule.dated_steps():
        change = _change(change_in_words(before, dated)) if before else ""
        groups = dated.groups()
        for group in groups:
            line = _line(dated, group, schedule, used, today)
            lines.append(
                replace(
                    line,
                    change=change if group is groups[0] else "",
                    note=dated.step.note if group is groups[-1] else "",
                    replaced=_replaced(dated, last_day),
                )
            )
        before = dated
    return lines


def _line(
    dated: DatedStep, group: Group, schedule: Schedule, used: list[TimeOfDay], today: date | None
) -> StepLine:
    step, regimen = dated.step, group.regimen
    return StepLine(
        position=step.position,
        first_day=short(dated.first_day),
        last_day=short(dated.last_day),
        days=days_text(step.days),
        dose=str(regimen.dose),
        change="",
        times=_times(regimen, used, schedule.products, schedule.short_names),
        note="",
        is_today=today is not None and dated.covers(today) and dated.on(today) == regimen,
        on_days=days_named(dated, group) if step.is_pattern else "",
        first_on=_first_on(dated, group) if step.is_pattern else "",
    )


def _first_on(dated: DatedStep, group: Group) -> str:
    return f"first on {'; '.join(on_one_line(short(day)) for day in first_round(dated, group))}"


def times_used(schedule: Schedule) -> list[TimeOfDay]:
    """The times of day at which some step takes something; the others get no column."""
    taking = {dose.time for step in schedule.steps for dose in step.all_doses}
    return [time for time in TimeOfDay if time in taking]


def taken_on(schedule: Schedule, day: date, drug: str) -> str:
    """What this patient should be taking on this day, in one sentence, as the schedule has it."""
    phase, dated = schedule.on(day)
    if phase is Phase.BEFORE:
        return f"this schedule has not started. It starts on {in_words(schedule.first_day)}."
    if dated is None:
        last = schedule.last_dose
        return f"no {drug}.{f' The last day with a dose was {in_words(last)}.' if last else ''}"
    step = dated.step
    counted = stayed_on(schedule) if phase is Phase.STAY else dated
    line = on_a_day(counted, day, schedule.products, schedule.short_names)
    if phase is Phase.STAY:
        return f"stay on step {step.position} until reviewed, {line}."
    return f"step {step.position} of {len(schedule.steps)}, {line}."


def ended_line(state: str, today: date) -> str:
    return f"Today, {in_words(today)}: this plan has ended ({state}), so nothing is planned for today."


def ending_line(schedule: Schedule) -> str:
    if schedule.ending is Ending.STOP:
        return f"Stop. From {in_words(schedule.day_after)} on: none."
    staying = stayed_on(schedule)
    return (
        f"Stay on step {staying.step.position} ({_stayed_on(staying)}) from {in_words(schedule.day_after)} on"
        f"{'' if staying.step.by_weekday or not staying.step.is_pattern else ', which is day 1'}, until reviewed."
    )


def _stayed_on(staying: DatedStep) -> str:
    """In letters that every system keeps: this stands in the text for an order too."""
    groups = staying.groups()
    if not staying.step.is_pattern:
        return f"{groups[0].regimen.dose} a day"
    return "; ".join(f"{days_of_round(staying, group)}: {group.regimen.dose}" for group in groups)


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


def _change(change: str) -> str:
    """With no-break spaces, but for the one before the percentage; what is said day by day may break."""
    if change.startswith("day by day"):
        return change
    difference, bracket, percentage = change.partition(" (")
    return on_one_line(difference) + bracket + on_one_line(percentage)


def _whole(quantity: Quantity, product: ScheduleProduct) -> str:
    """Of drops, the whole mL of a bottle that they are in."""
    if product.drops_per_ml:
        return f"{-(-quantity.whole_units() // product.drops_per_ml)} mL"
    return product.amount(Quantity(quantity.whole_units() * THOUSANDTHS_PER_UNIT))


def _times(
    regimen: Regimen, used: list[TimeOfDay], products: dict[int, ScheduleProduct], names: dict[int, str]
) -> tuple[TimeCell, ...]:
    taken: dict[TimeOfDay, list[str]] = {time: [] for time in used}
    for dose in regimen.doses:
        product = products[dose.product]
        amount, name = (
            on_one_line(product.amount(dose.quantity)),
            strength_unbroken(product, names[dose.product]),
        )
        taken[dose.time].append(f"{amount} of\N{NO-BREAK SPACE}{name}")
    return tuple(TimeCell(time.value, " and ".join(parts)) for time, parts in taken.items())
