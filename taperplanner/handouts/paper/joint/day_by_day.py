"""Several schedules unrolled into the days of one calendar or checklist, each medicine under its own name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from taperplanner.tapers.drug_names import printed_name
from taperplanner.tapers.schedule.schedule import Ending, Phase
from taperplanner.tapers.schedule.steps import DatedStep, TimeOfDay

from ..day_by_day import LONGEST_DAYS, CannotLayOut, weekday_names, weeks_of
from ..labels import time_name
from ..language import Translator, in_words, month_in_words, without_year
from ..remaining import Remaining
from ..taking import TakeLine, take_lines


@dataclass(frozen=True, slots=True)
class Medicine:
    """What is left of the schedule of one drug."""

    drug: str
    left: Remaining

    @property
    def short_name(self) -> str:
        """Without the brand that its printed name has, for where room is narrow and the whole name stands above."""
        generic = self.drug.partition(" (")[0]
        return generic if printed_name(generic) == self.drug else self.drug


@dataclass(frozen=True, slots=True)
class Taken:
    """One medicine at one time of day."""

    drug: str
    short_name: str
    lines: tuple[TakeLine, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Of one medicine, which the sentence names. `is_new`: it begins, changes or ends on this day."""

    sentence: str
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class JointDay:
    """`says`: of each medicine that begins, changes, ends, is stayed on or is not taken.

    `times`: only those at which something is taken. A medicine stands in either, or in both. `start`: what marks the
    day the paper begins with. A day that is not covered is before that one, or after the last.
    """

    day: str
    number: str
    start: str = ""
    says: tuple[Said, ...] = ()
    times: tuple[tuple[str, tuple[Taken, ...]], ...] = ()
    is_covered: bool = True


@dataclass(frozen=True, slots=True)
class JointMonth:
    """`weeks`: seven cells each, Sunday first; None where the week reaches into another month."""

    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[JointDay | None, ...], ...]


def joint_days(medicines: Sequence[Medicine], begins: date, t: Translator) -> tuple[JointDay, ...]:
    """Each day that is left of any of them, and the day after the last. Raises: CannotLayOut."""
    return tuple(_day(medicines, day, begins, t) for day in _days(medicines, begins))


def joint_months(medicines: Sequence[Medicine], begins: date, t: Translator) -> tuple[JointMonth, ...]:
    """From the month of the day the paper begins with. Raises: CannotLayOut."""
    days = _days(medicines, begins)
    first, last = days[0].replace(day=1), days[-1]
    stays = any(medicine.left.schedule.ending is Ending.STAY for medicine in medicines)
    every = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    while every[-1].month == (every[-1] + timedelta(days=1)).month:
        every.append(every[-1] + timedelta(days=1))

    def square(day: date) -> JointDay:
        if day < begins:
            return JointDay(in_words(day, t), str(day.day), is_covered=False)
        if day > last and not stays:
            return JointDay(in_words(day, t), str(day.day), is_covered=False)
        return _day(medicines, day, begins, t)

    return tuple(
        JointMonth(
            month_in_words(in_month[0], t),
            weekday_names(t),
            weeks_of([square(day) for day in in_month], in_month[0]),
        )
        for _, days_of_month in groupby(every, key=lambda day: (day.year, day.month))
        for in_month in [list(days_of_month)]
    )


def _days(medicines: Sequence[Medicine], begins: date) -> list[date]:
    """From the first to the day after the last step of all of them. Raises: CannotLayOut."""
    if all(medicine.left.is_over for medicine in medicines):
        raise CannotLayOut(
            "Every step of these schedules is over, so no day of them is left to print. Choose the schedule table: it"
            " says what holds now."
        )
    last = max(medicine.left.schedule.day_after for medicine in medicines)
    if (last - begins).days > LONGEST_DAYS:
        raise CannotLayOut(
            "These schedules are longer than three years, too long for a page of each day. Choose the schedule table."
        )
    return [begins + timedelta(days=offset) for offset in range((last - begins).days + 1)]


def _day(medicines: Sequence[Medicine], day: date, begins: date, t: Translator) -> JointDay:
    taken: dict[str, list[Taken]] = {time_name(time, t): [] for time in TimeOfDay}
    for medicine in medicines:
        for name, lines in _lines_on(medicine, day, t):
            taken[name].append(Taken(medicine.drug, medicine.short_name, lines))
    return JointDay(
        in_words(day, t),
        str(day.day),
        start=t("Start here: {day}", day=in_words(day, t)) if day == begins else "",
        says=tuple(said for medicine in medicines if (said := _says(medicine, day, begins, t))),
        times=tuple((name, tuple(each)) for name, each in taken.items() if each),
    )


def _lines_on(medicine: Medicine, day: date, t: Translator) -> Iterator[tuple[str, tuple[TakeLine, ...]]]:
    """Also after the last step, where it is stayed on: another medicine's days go on beside it."""
    _, dated = medicine.left.schedule.on(day)
    if dated is not None:
        for name, lines in take_lines(dated.on(day), medicine.left.schedule, t):
            if lines:
                yield name, lines


def _says(medicine: Medicine, day: date, begins: date, t: Translator) -> Said | None:
    """What is new about this medicine on this day, and whatever holds while nothing of it is taken."""
    schedule, drug = medicine.left.schedule, medicine.drug
    phase, dated = schedule.on(day)
    is_new = day in {begins, schedule.day_after}
    if phase is Phase.BEFORE:
        starts = in_words(schedule.first_day, t) if is_new else without_year(schedule.first_day, t)
        return Said(t("Not yet {drug}: it starts on {day}.", drug=drug, day=starts), is_new)
    if phase is Phase.STEP and dated:
        return _said_in_step(dated, drug, day, begins, t)
    number, nothing = schedule.steps[-1].position, _nothing(dated, drug, day, t)
    match phase, is_new:
        case Phase.STAY, True:
            stay = t("Stay on step {number} from this day on, until your clinic tells you.", number=number)
            sentence = f"{drug}: {stay} {nothing}".strip()
        case Phase.STAY, False:
            sentence = f"{drug}: {t('Stay on step {number}.', number=number)} {nothing}".strip()
        case _, True:
            sentence = t("STOP. Take no more {drug} from this day on.", drug=drug)
        case _:
            sentence = t("Take no more {drug}.", drug=drug)
    return Said(sentence, is_new)


def _said_in_step(dated: DatedStep, drug: str, day: date, begins: date, t: Translator) -> Said | None:
    number, change, nothing = dated.step.position, "", _nothing(dated, drug, day, t)
    if day == dated.first_day:
        change = f"{drug}: {t('Step {number} starts', number=number)}. "
    elif day == begins:
        change = f"{drug}: {t('Step {number} goes on', number=number)}. "
    sentence = f"{change}{nothing}".strip()
    return Said(sentence, is_new=bool(change)) if sentence else None


def _nothing(dated: DatedStep | None, drug: str, day: date, t: Translator) -> str:
    """What a day of a step says at which nothing is taken, also where the step is stayed on."""
    return t("Take no {drug}.", drug=drug) if dated and not dated.on(day).doses else ""
