"""How a schedule ends, in the words of the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from taperplanner.tapers.schedule.schedule import Ending, Schedule

from .language import Translator, in_words


@dataclass(frozen=True, slots=True)
class EndingBlock:
    title: str
    sentences: tuple[str, ...]


def ending_of(schedule: Schedule, drug_name: str, t: Translator) -> EndingBlock:
    day = in_words(schedule.day_after, t)
    last = schedule.steps[-1].position
    if schedule.ending is Ending.STOP:
        return EndingBlock(
            t("STOP on {day}", day=day),
            (
                t("From {day} on, take no more {drug}.", day=day, drug=drug_name),
                *_last_dose(schedule, t),
            ),
        )
    return EndingBlock(
        t("Stay on step {number} until your clinic tells you", number=last),
        (
            t("From {day} on, keep doing what step {number} says, every day.", day=day, number=last),
            t("Do not stop and do not change it until your clinic has talked with you."),
        ),
    )


def _last_dose(schedule: Schedule, t: Translator) -> Iterator[str]:
    """A last step may take nothing; then the last day with a dose is one before it, or there is none."""
    last = max(
        (dated.last_day for dated in schedule.dated_steps() if dated.step.takes_something), default=None
    )
    if last is not None:
        yield t("Your last day with a dose is {day}.", day=in_words(last, t))
