"""A dose as needed in words: always beside the steps, and never as a part of what they take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from taperplanner.days import in_words
from taperplanner.number_words import in_english

from ..schedule.as_needed import AsNeeded
from ..schedule.schedule import Ending, Schedule, full_names, short_names
from .words import dose_in_words, quantity_in_words

TITLE: Final = "As needed, beside the schedule"


@dataclass(frozen=True, slots=True)
class AsNeededLines:
    """`days`: on which it may be taken. `when`: in the provider's words."""

    taken: str
    most: str
    days: str
    when: str


def as_needed_lines(schedule: Schedule, last_day: date | None = None) -> AsNeededLines | None:
    """`last_day`: the version's last day in force, where a newer one takes over."""
    needed = schedule.as_needed
    if needed is None:
        return None
    return AsNeededLines(
        taken=f"{taken(schedule, needed)}, {needed.dose} each time",
        most=f"{most(needed)}, {needed.most_a_day} in all",
        days=days_of(schedule, last_day),
        when=needed.when,
    )


def taken(schedule: Schedule, needed: AsNeeded) -> str:
    """ "½ tablet of clonazepam 0.5 mg tablet"."""
    name = full_names(schedule.products.values())[needed.product]
    return f"{schedule.products[needed.product].amount(needed.quantity)} of {name}"


def most(needed: AsNeeded) -> str:
    """ "at most 2 times on one day"."""
    return f"at most {needed.times_a_day} {'time' if needed.times_a_day == 1 else 'times'} on one day"


def days_of(schedule: Schedule, last_day: date | None = None) -> str:
    """From when to when; a schedule that is stayed on, or a version that waits, may have no last day."""
    stops = None if schedule.ending is Ending.STAY else schedule.last_day
    last = min((day for day in (stops, last_day) if day is not None), default=None)
    since = f"From {in_words(schedule.first_day)}"
    return f"{since} to {in_words(last)}" if last else f"{since} on, until reviewed"


def in_short(schedule: Schedule) -> str:
    """ "as needed 0.25 mg (½ tablet of 0.5 mg), at most 2 times on one day"; empty where there is none."""
    return f"as needed {_in_figures(schedule)}" if schedule.as_needed else ""


def beside_today(schedule: Schedule, today: date) -> str:
    """In a sentence that follows what is taken today; empty where nothing may be taken as needed."""
    return f"Beside it {in_short(schedule)}." if schedule.as_needed_on(today) else ""


def change_as_needed(before: Schedule | None, after: Schedule) -> str:
    """What a signature does to the dose as needed, in a sentence; empty where neither has one."""
    was, becomes = before.as_needed if before else None, after.as_needed
    day = in_words(after.first_day)
    if before is None or was is None:
        return f"As needed: {_in_figures(after)}, new from {day} on." if becomes else ""
    if becomes is None:
        return f"As needed: none from {day} on. Before, {_in_figures(before)}."
    if _in_figures(before) != _in_figures(after):
        return f"As needed: {_in_figures(after)}, from {day} on. Before, {_in_figures(before)}."
    if was.when != becomes.when:
        return f"As needed: stays {_in_figures(after)}, but with other words when it may be taken."
    return f"As needed: stays {_in_figures(after)}."


def read_back(schedule: Schedule, needed: AsNeeded) -> str:
    """In figures and in words, for the signer."""
    product = schedule.products[needed.product]
    name = full_names(schedule.products.values())[needed.product]
    times = "time" if needed.times_a_day == 1 else "times"
    return (
        f"{product.amount(needed.quantity)} ({quantity_in_words(needed.quantity, product)}) of {name},"
        f" {needed.dose} ({dose_in_words(needed.dose)}) each time. {most(needed).capitalize()}"
        f" ({in_english(needed.times_a_day)} {times}), {needed.most_a_day} ({dose_in_words(needed.most_a_day)}) in all."
        f" It comes on top of the steps and is no part of their daily doses. {days_of(schedule)}."
    )


def as_order(schedule: Schedule) -> str:
    """For the order field of another system, after the ending; empty where there is none."""
    needed = schedule.as_needed
    if needed is None:
        return ""
    product = schedule.products[needed.product]
    name = full_names(schedule.products.values())[needed.product]
    amount = f"{quantity_in_words(needed.quantity, product)} ({needed.quantity.number}) of {name}"
    when = needed.when if needed.when.endswith((".", "!", "?")) else f"{needed.when}."
    return (
        f"As needed, beside these steps and never in place of them: {amount}, {needed.dose} each time, {most(needed)}"
        f" ({needed.most_a_day} in all). {days_of(schedule)}. When: {when}"
    )


def _in_figures(schedule: Schedule) -> str:
    needed = schedule.as_needed
    if needed is None:
        return ""
    product, name = schedule.products[needed.product], short_names(schedule.products.values())[needed.product]
    return f"{needed.dose} ({product.amount(needed.quantity)} of {name}), {most(needed)}"
