"""The card a patient carries: what is taken now, whom to call, and what is an emergency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from taperplanner.tapers.schedule import Phase, Schedule

from .handout import TakeLine, take_lines
from .language import Say, in_words


@dataclass(frozen=True, slots=True)
class Card:
    """`holds`: for which days the lines below it hold. `times`: empty where nothing is taken."""

    title: str
    holds: str
    times: tuple[tuple[str, tuple[TakeLine, ...]], ...]
    show: str


def card_of(schedule: Schedule, today: date, drug: str, say: Say) -> Card:
    """What `today` says, in the words of the schedule and of nothing else."""
    phase, dated = schedule.on(today)
    title = say("My {drug} card", drug=drug)
    show = say("Show this card to any doctor, nurse or pharmacist.")
    if phase is Phase.BEFORE:
        day = in_words(schedule.first_day, say)
        return Card(title, say("My plan starts on {day}. See my printed plan.", day=day), (), show)
    if dated is None:
        day = in_words(schedule.day_after, say)
        return Card(
            title, say("My plan ended. From {day} on I take no more {drug}.", day=day, drug=drug), (), show
        )
    times = tuple((name, lines) for name, lines in take_lines(dated.step, schedule.products, say) if lines)
    number = dated.step.position
    if phase is Phase.STAY:
        holds = say("I stay on step {number} until my clinic tells me.", number=number)
    else:
        day = in_words(dated.last_day, say)
        holds = say("Up to {day} I am on step {number}.", day=day, number=number)
    takes = say("Each day I take:") if times else say("I take no {drug}.", drug=drug)
    return Card(title, f"{holds} {takes}", times, show)
