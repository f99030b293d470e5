"""A schedule in full sentences, with numbers also in words, for the signer to read before signing."""

from __future__ import annotations

from dataclasses import dataclass

from taperplanner.days import in_words

from ..schedule.changes import change_between
from ..schedule.schedule import Schedule, ScheduleProduct
from ..schedule.steps import DatedStep, ScheduleStep, TimeOfDay
from .as_needed import TITLE, read_back
from .lines import ending_line
from .words import days_in_words, days_text, dose_in_words, quantity_in_words


@dataclass(frozen=True, slots=True)
class Sentence:
    """The label of a liquid, one step, the ending where `title` is "After the last step", or the dose as needed.

    `when`: when the dose as needed may be taken, as the provider wrote it.
    """

    title: str
    text: str
    times: tuple[str, ...] = ()
    note: str = ""
    when: str = ""


def schedule_sentences(schedule: Schedule) -> list[Sentence]:
    names = schedule.full_names
    liquids = [product for product in schedule.products.values() if not product.form.is_counted]
    sentences = [_of_liquid(product, names[product.number]) for product in liquids]
    before: ScheduleStep | None = None
    for dated in schedule.dated_steps():
        sentences.append(_of_step(dated, before, schedule.products, names))
        before = dated.step
    sentences.append(Sentence("After the last step", ending_line(schedule)))
    if needed := schedule.as_needed:
        sentences.append(Sentence(TITLE, read_back(schedule, needed), when=needed.when))
    return sentences


def _of_liquid(product: ScheduleProduct, name: str) -> Sentence:
    """Its strength as labelled and what that comes to in one mL, each in figures and in words."""
    in_one_ml = f"{product.strength} ({dose_in_words(product.strength)}) in one mL"
    label = product.label
    if label is None:
        text = f"{name}: typed as {in_one_ml}. Compare this with the label of the bottle."
    else:
        volume = quantity_in_words(label.volume, product)
        text = (
            f"{name}: typed from its label as {label} ({dose_in_words(label.amount)} in {volume}), which comes to"
            f" {in_one_ml}. Compare both with the label of the bottle."
        )
    return Sentence("The strength of the liquid", text)


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
        f" ({days_in_words(step.days)}): {step.every_day.dose} a day ({dose_in_words(step.every_day.dose)})."
    )
    if before is not None:
        change = change_between(before, step)
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
            for dose in step.every_day.doses
            if dose.time is time
        ]
        if parts:
            lines.append(f"{time.value.capitalize()}: {' and '.join(parts)}.")
    return tuple(lines) or ("Nothing is taken on these days.",)
