"""The card a patient carries: what is taken now, whom to call, and what is an emergency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from taperplanner.tapers.schedule.schedule import Phase, Schedule

from .as_needed import AsNeededBlock, as_needed_of
from .earlier import Earlier
from .language import Translator, in_words
from .parts import Run
from .taking import Times, product_names, take_lines


@dataclass(frozen=True, slots=True)
class Card:
    """`holds`: for which days the lines below it hold. `times`: empty where nothing is taken. `then`: what follows."""

    title: str
    holds: str
    times: Times
    show: str
    then: str = ""
    as_needed: AsNeededBlock | None = None


def card_of(
    schedule: Schedule, today: date, drug: str, t: Translator, earlier: Earlier | None = None
) -> Card:
    """What holds `today`, in the words of the schedule and of nothing else.

    `earlier`: what holds while this schedule waits for its first day.
    """
    title = t("My {drug} card", drug=drug)
    show = t("Show this card to any doctor, nurse or pharmacist.")
    if earlier is None:
        holds, times = _now(schedule, today, drug, t)
        needed = as_needed_of(schedule, today, product_names(schedule.products, t), t)
        return Card(title, holds, times, show, as_needed=needed if schedule.as_needed_on(today) else None)
    holds, times = _now(earlier.schedule, today, drug, t, no_later_than=earlier.last_day)
    then = t(
        "From {day} on I follow version {number} of my plan. See my printed plan.",
        day=in_words(earlier.last_day + timedelta(days=1), t),
        number=earlier.next_number,
    )
    needed = as_needed_of(
        earlier.schedule,
        today,
        product_names(earlier.schedule.products, t),
        t,
        no_later_than=earlier.last_day,
    )
    return Card(title, holds, times, show, then, needed)


def _now(
    schedule: Schedule, today: date, drug: str, t: Translator, no_later_than: date = date.max
) -> tuple[str, Times]:
    phase, dated = schedule.on(today)
    if phase is Phase.BEFORE:
        day = in_words(schedule.first_day, t)
        return t("My plan starts on {day}. See my printed plan.", day=day), ()
    if dated is None:
        day = in_words(schedule.day_after, t)
        return t("My plan ended. From {day} on I take no more {drug}.", day=day, drug=drug), ()
    times = tuple((name, lines) for name, lines in take_lines(dated.on(today), schedule, t) if lines)
    number = dated.step.position
    if phase is Phase.STAY and no_later_than == date.max:
        last = None
        holds = t("I stay on step {number} until my clinic tells me.", number=number)
    else:
        last = no_later_than if phase is Phase.STAY else min(dated.last_day, no_later_than)
        holds = t("Up to {day} I am on step {number}.", day=in_words(last, t), number=number)
    if not Run(dated, today, last, dated.first_day).is_alike:
        return f"{holds} {_today_only(today, drug, t, takes_something=bool(times))}", times
    takes = t("Each day I take:") if times else t("I take no {drug}.", drug=drug)
    return f"{holds} {takes}", times


def _today_only(today: date, drug: str, t: Translator, *, takes_something: bool) -> str:
    """Of a step whose days are not alike: a card that is read on another day must not say this one's dose."""
    day = in_words(today, t)
    which = t("My dose is not the same each day. My printed plan says what I take on which day.")
    if takes_something:
        return f"{which} {t('On {day} I take:', day=day)}"
    return f"{which} {t('On {day} I take no {drug}.', day=day, drug=drug)}"
