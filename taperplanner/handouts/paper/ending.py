"""How a schedule ends, in the words of the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from taperplanner.tapers.schedule.schedule import Ending, Schedule

from .language import Translator, in_words
from .parts import Run, days_lines, goes_on_line, only_line
from .taking import in_one_line, take_lines


@dataclass(frozen=True, slots=True)
class EndingBlock:
    title: str
    sentences: tuple[str, ...]


def ending_of(
    schedule: Schedule, drug_name: str, t: Translator, *, today: date = date.min, has_steps: bool = True
) -> EndingBlock:
    """`today`: the day the paper begins with. What is over by then is not told again.

    `has_steps`: whether a step that is stayed on stands above with its days, which pages of days do not have.
    """
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
            *_stays(schedule, drug_name, t, today, has_steps=has_steps),
            t("Do not stop and do not change it until your clinic has talked with you."),
        ),
    )


def staying_run(schedule: Schedule) -> Run:
    """The days after the last one, where the last step is stayed on."""
    *_, last = schedule.dated_steps()
    return Run(last, schedule.day_after, None, last.first_day)


def _stays(schedule: Schedule, drug: str, t: Translator, today: date, *, has_steps: bool) -> Iterator[str]:
    """Where the days are not alike, which is which: “every day” would be read as one of them."""
    run, day = staying_run(schedule), in_words(schedule.day_after, t)
    number = run.dated.step.position
    if run.is_alike:
        yield t("From {day} on, keep doing what step {number} says, every day.", day=day, number=number)
        return
    yield t(
        "From {day} on, step {number} goes on in the same way. It is not the same each day.",
        day=day,
        number=number,
    )
    if today >= schedule.day_after:
        if has_steps:
            return  # the step itself stands above, from today on
        run = replace(run, first_day=today)
    for regimen, days in run.different().items():
        taken = in_one_line(take_lines(regimen, schedule, t), t)
        which = f"{only_line(run, days, t)} {'; '.join(days_lines(run, days, t))}"
        said = f"{taken}." if taken else t("Take no {drug}.", drug=drug)
        yield f"{which} {said}" if which.endswith("…") else f"{which}. {said}"
    if goes_on := goes_on_line(run, t):
        yield goes_on


def _last_dose(schedule: Schedule, t: Translator) -> Iterator[str]:
    """A last step may take nothing, and so may the last nights of a pattern."""
    if last := schedule.last_dose:
        yield t("Your last day with a dose is {day}.", day=in_words(last, t))
