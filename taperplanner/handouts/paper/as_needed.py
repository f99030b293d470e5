"""The dose as needed on paper: a block of its own, never among the times of day, and never in a count of the steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from taperplanner.doses import Quantity
from taperplanner.guidance.patient_texts import Language
from taperplanner.tapers.schedule.as_needed import AsNeeded
from taperplanner.tapers.schedule.schedule import Ending, Schedule, full_names
from taperplanner.tapers.wording.as_needed import in_short
from taperplanner.tapers.wording.lines import NeededLine, needed_line

from .language import Translator, amount_in_words, amount_text, in_words


@dataclass(frozen=True, slots=True)
class AsNeededBlock:
    """`days`: from when or until when, in sentences. `when`: as the provider wrote it, in English."""

    title: str
    count: str
    words: str
    product: str
    each: str
    when_label: str
    when: str
    most: str
    extra: str
    days: tuple[str, ...]
    write_down: str
    time: str


@dataclass(frozen=True, slots=True)
class AsNeededCounts:
    """What a pharmacist counts where it is taken as often as it may be: by fill, and in all."""

    says: str
    when: str
    fills: tuple[tuple[str, tuple[NeededLine, ...]], ...]
    totals: tuple[NeededLine, ...]


def as_needed_of(
    schedule: Schedule,
    today: date,
    names: Mapping[int, str],
    t: Translator,
    *,
    no_later_than: date | None = None,
) -> AsNeededBlock | None:
    """None where there is none, or where the schedule has stopped by `today`. Names: as the paper has them."""
    day = max(today, schedule.first_day)
    needed = schedule.as_needed_on(day)
    if needed is None:
        return None
    product = schedule.products[needed.product]
    return AsNeededBlock(
        title=t("Only if needed"),
        count=amount_text(needed.quantity, product, t),
        words=amount_in_words(needed.quantity, product, t),
        product=names[needed.product],
        each=t("{dose} each time", dose=str(needed.dose)),
        when_label=t("When:")
        if t.language is Language.ENGLISH
        else t("When, written in English by your clinic:"),
        when=needed.when,
        most=_most(needed, t),
        extra=t("This is extra. It is not part of your daily doses."),
        days=tuple(_days(schedule, today, no_later_than, t)),
        write_down=t("Write down each time you take it:"),
        time=t("Time"),
    )


def counts_of(
    schedule: Schedule, first_day: date, fills: Mapping[str, tuple[date, date]]
) -> AsNeededCounts | None:
    """`fills`: the first and the last day of each, by its title."""
    needed = schedule.as_needed
    if needed is None:
        return None
    return AsNeededCounts(
        says=f"Beside the schedule {in_short(schedule)}.",
        when=needed.when,
        fills=tuple((title, _counted_with(schedule, needed, *days)) for title, days in fills.items()),
        totals=_counted_with(schedule, needed, first_day, schedule.last_day),
    )


def _counted_with(schedule: Schedule, needed: AsNeeded, first: date, last: date) -> tuple[NeededLine, ...]:
    """What the steps take on these days, and with it what may be taken as needed on each of them."""
    up_to, before = schedule.needed(last), schedule.needed(first - timedelta(days=1))
    names = full_names(schedule.products.values())
    counted = {number: up_to[number].thousandths - before[number].thousandths for number in schedule.products}
    counted[needed.product] += needed.most_taken_a_day.times((last - first).days + 1).thousandths
    return tuple(
        needed_line(schedule.products[number], Quantity(thousandths), names[number])
        for number, thousandths in counted.items()
        if thousandths
    )


def _most(needed: AsNeeded, t: Translator) -> str:
    if needed.times_a_day == 1:
        return t("No more than {count} time in one day.", count=needed.times_a_day)
    return t("No more than {count} times in one day.", count=needed.times_a_day)


def _days(schedule: Schedule, today: date, no_later_than: date | None, t: Translator) -> list[str]:
    said = []
    if today < schedule.first_day:
        said.append(t("Only from {day} on.", day=in_words(schedule.first_day, t)))
    stops = schedule.last_day if schedule.ending is Ending.STOP else None
    last = min((day for day in (stops, no_later_than) if day), default=None)
    if last:
        said.append(t("Only up to {day}. After that day take none.", day=in_words(last, t)))
    return said
