"""A schedule in full sentences, with numbers also in words, for the signer to read before signing."""

from __future__ import annotations

from dataclasses import dataclass

from taperplanner.days import in_words

from ..schedule.schedule import (
    Change,
    DatedStep,
    Schedule,
    ScheduleProduct,
    ScheduleStep,
    TimeOfDay,
)
from .lines import ending_line
from .words import days_in_words, days_text, dose_in_words, quantity_in_words


@dataclass(frozen=True, slots=True)
class Sentence:
    """One step, or the ending where `title` is "After the last step"."""

    title: str
    text: str
    times: tuple[str, ...] = ()
    note: str = ""


def schedule_sentences(schedule: Schedule) -> list[Sentence]:
    sentences = []
    before: ScheduleStep | None = None
    names = schedule.full_names
    for dated in schedule.dated_steps():
        sentences.append(_of_step(dated, before, schedule.products, names))
        before = dated.step
    sentences.append(Sentence("After the last step", ending_line(schedule)))
    return sentences


def _of_step(
    dated: DatedStep,
    before: ScheduleStep | None,
    products: dict[int, ScheduleProduct],
    names: dict[int, str],
) -> Sentence:
    step = dated.step
    span = f"From {in_words(dated.first_day)} to {in_words(dated.last_day)}"
    if step.days == 1:
        span = f"On {in_words(dated.first_day)}"
    text = (
        f"{span}, {days_text(step.days)}"
        f" ({days_in_words(step.days)}): {step.dose} a day ({dose_in_words(step.dose)})."
    )
    if before is not None:
        change = Change(before.dose, step.dose)
        text += f" Change from the step before: {change}."
    return Sentence(f"Step {step.position}", text, _times(step, products, names), step.note)


def _times(
    step: ScheduleStep, products: dict[int, ScheduleProduct], names: dict[int, str]
) -> tuple[str, ...]:
    lines = []
    for time in TimeOfDay:
        parts = [
            f"{products[dose.product].amount(dose.quantity)}"
            f" ({quantity_in_words(dose.quantity, products[dose.product])}) of {names[dose.product]}"
            for dose in step.doses
            if dose.time is time
        ]
        if parts:
            lines.append(f"{time.value.capitalize()}: {' and '.join(parts)}.")
    return tuple(lines) or ("Nothing is taken on these days.",)
