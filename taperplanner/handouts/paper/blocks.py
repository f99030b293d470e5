"""What is left of a schedule, step by step, as the words and numbers of the table."""

from __future__ import annotations

from dataclasses import dataclass

from .language import Translator, days_text, in_words
from .parts import Part, Run, goes_on_line, look_line, parts_of
from .remaining import Remaining, starts_line


@dataclass(frozen=True, slots=True)
class StepBlock:
    """`start`: what marks the step that the paper begins with; nothing on the others. `parts`: one, or one for each
    different day of a pattern.

    `look`: that its days are not alike; `goes_on`: that dates follow which are not written. Nothing, where it is not so.
    """

    position: int
    name: str
    start: str
    first_day: str
    last_day: str
    since: str
    until: str
    days: str
    look: str
    goes_on: str
    parts: tuple[Part, ...]
    note: str


def step_blocks(left: Remaining, t: Translator) -> tuple[StepBlock, ...]:
    """What is left of the steps, and of nothing else."""
    signed = {dated.step.position: dated for dated in left.schedule.dated_steps()}
    runs = [
        Run(dated, dated.first_day, dated.last_day, signed[dated.step.position].first_day)
        for dated in left.steps
    ]
    if left.stays_on:
        last = signed[left.stays_on.position]
        runs.append(Run(last, left.first_day, None, last.first_day))
    return tuple(
        _block(run, left, t, start="" if at else starts_line(left, t)) for at, run in enumerate(runs)
    )


def _block(run: Run, left: Remaining, t: Translator, *, start: str) -> StepBlock:
    step, first = run.dated.step, in_words(run.first_day, t)
    return StepBlock(
        position=step.position,
        name=t("Step {number}", number=step.position),
        start=start,
        first_day=first,
        last_day=in_words(run.last_day, t) if run.last_day else "",
        since=first if run.last_day in {None, run.first_day} else t("From {day}", day=first),
        until=_until(run, t),
        days=days_text(run.count, t) if run.count else "",
        look=look_line(run, t),
        goes_on=goes_on_line(run, t),
        parts=parts_of(run, left.schedule, t),
        note=step.note,
    )


def _until(run: Run, t: Translator) -> str:
    if run.last_day is None:
        return t("until your clinic tells you")
    return "" if run.last_day == run.first_day else t("to {day}", day=in_words(run.last_day, t))
