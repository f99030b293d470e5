"""A schedule in full sentences, with numbers also in words, for the signer to read before signing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from taperplanner.days import in_words
from taperplanner.label_strength import LabelStrength
from taperplanner.number_words import in_english

from ..schedule.changes import change_between
from ..schedule.schedule import Form, Schedule, ScheduleProduct, Unit
from ..schedule.steps import DatedStep, ScheduleStep
from .day_sentences import times_in_sentences
from .lines import ending_line
from .words import days_in_words, days_text, decimal_in_words, dose_in_words, quantity_in_words

COMPARE_BOTH: Final = "Compare this with the label of the bottle and of its dropper."


@dataclass(frozen=True, slots=True)
class Sentence:
    """The label of a liquid or of drops, one step, or the ending where `title` is "After the last step"."""

    title: str
    text: str
    times: tuple[str, ...] = ()
    note: str = ""


def schedule_sentences(schedule: Schedule) -> list[Sentence]:
    names = schedule.full_names
    liquids = [product for product in schedule.products.values() if product.form.unit is not Unit.TABLET]
    sentences = [_of_liquid(product, names[product.number]) for product in liquids]
    before: ScheduleStep | None = None
    for dated in schedule.dated_steps():
        sentences.append(_of_step(dated, before, schedule.products, names))
        before = dated.step
    sentences.append(Sentence("After the last step", ending_line(schedule)))
    return sentences


def _of_liquid(product: ScheduleProduct, name: str) -> Sentence:
    """Its strength as labelled and what that comes to in one mL or one drop, each in figures and in words."""
    if product.form is Form.DROPS:
        return _of_drops(product, name)
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


def _of_drops(product: ScheduleProduct, name: str) -> Sentence:
    assert product.label is not None  # noqa: S101 - drops have both
    assert product.drops_per_ml is not None  # noqa: S101
    return Sentence(
        "The strength of the drops",
        f"{name}: typed from the labels as {said_of_drops(product.label, product.drops_per_ml)} {COMPARE_BOTH}",
    )


def said_of_drops(label: LabelStrength, drops_per_ml: int) -> str:
    """What both labels say and what one drop holds, in figures and in words. Raises: NotAnAmount."""
    volume = f"{label.volume.number} mL ({decimal_in_words(label.volume)} mL)"
    drop = label.in_one_drop(drops_per_ml)
    return (
        f"{label.amount} ({dose_in_words(label.amount)}) in {volume}, and {drops_per_ml} ({in_english(drops_per_ml)}) drops"
        f" in one mL. One drop holds {drop} ({dose_in_words(drop)})."
    )


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
    return times_in_sentences(step.every_day, products, names) or ("Nothing is taken on these days.",)
