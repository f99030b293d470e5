"""One day of a plan in full sentences, with numbers also in words, by the version that is in force on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from taperplanner.days import in_words
from taperplanner.doses import Quantity

from ..models import Version
from ..schedule.course import Course, CourseDay
from ..schedule.schedule import Phase, Schedule, ScheduleProduct
from ..schedule.steps import DatedStep, Regimen, TimeOfDay
from .as_needed import TITLE, read_back
from .patterns import place_of
from .today import hold_line
from .words import dose_in_words, quantity_in_words


@dataclass(frozen=True, slots=True)
class DaySentences:
    """`day`: "Today, Monday, March 2, 2026". `times`: what is taken at each time of day."""

    day: str
    text: str
    times: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((f"{self.day}: {self.text}", *self.times))


def day_sentences(course: Course[Version], day: date, drug: str, *, said: str) -> DaySentences:
    """`said`: how the day is named."""
    taken = course.on(day)
    if taken.span is None:
        begins = in_words(course.first_day)
        return DaySentences(said, f"no version of it is in force. The first begins on {begins}.")
    by = f"version {taken.span.version.number}"
    if taken.dated is None or taken.taken is None:
        last = in_words(taken.span.schedule.last_day)
        return DaySentences(said, f"no {drug}, by {by}. The last day of its steps was {last}.")
    schedule = taken.span.schedule
    text = f"{_dose(taken.dated, taken.taken, day)}, by {_step(taken, schedule)} of {by}."
    times = times_in_sentences(taken.taken, schedule.products, schedule.full_names)
    held = hold_line(taken)
    return DaySentences(
        said,
        f"{text} {held}" if held else text,
        (*(times or ("Nothing is taken on this day.",)), *_as_needed(schedule, day)),
    )


def times_in_sentences(
    regimen: Regimen, products: dict[int, ScheduleProduct], names: dict[int, str]
) -> tuple[str, ...]:
    """ "Bedtime: 1½ tablets (one and a half tablets) of clonazepam 0.5 mg tablet.", for each time that takes something."""
    lines = []
    for time in TimeOfDay:
        parts = [
            _amount(dose.quantity, products[dose.product], names[dose.product])
            for dose in regimen.doses
            if dose.time is time
        ]
        if parts:
            lines.append(f"{time.value.capitalize()}: {' and '.join(parts)}.")
    return tuple(lines)


def _dose(dated: DatedStep, regimen: Regimen, day: date) -> str:
    """ "0.5 mg a day (…)"; of a pattern for this day alone."""
    words = dose_in_words(regimen.dose)
    if not dated.step.is_pattern:
        return f"{regimen.dose} a day ({words})"
    return f"{regimen.dose} ({words}) on this day, {place_of(dated, day)}"


def _step(taken: CourseDay[Version], schedule: Schedule) -> str:
    assert taken.dated is not None  # noqa: S101 - something is taken
    position = taken.dated.step.position
    if taken.phase is Phase.STAY:
        return f"step {position}, stayed on until reviewed,"
    return f"step {position} of {len(schedule.steps)}"


def _as_needed(schedule: Schedule, day: date) -> Iterator[str]:
    """What may be taken beside the daily dose, which is no part of it."""
    if needed := schedule.as_needed_on(day):
        yield f"{TITLE}: {read_back(schedule, needed)} When: {needed.when}"


def _amount(quantity: Quantity, product: ScheduleProduct, name: str) -> str:
    return f"{product.amount(quantity)} ({quantity_in_words(quantity, product)}) of {name}"
