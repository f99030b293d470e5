"""A schedule in full sentences, with numbers also in words, for the signer to read before signing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from taperplanner.days import in_words
from taperplanner.doses import Dose, total_dose
from taperplanner.label_strength import LabelStrength
from taperplanner.number_words import in_english

from ..schedule.schedule import Form, Schedule, ScheduleProduct, Unit
from ..schedule.steps import DatedStep, Regimen
from .as_needed import TITLE, read_back
from .day_sentences import times_in_sentences
from .lines import ending_line
from .patterns import change_in_words, days_named, first_round
from .words import days_in_words, days_text, decimal_in_words, dose_in_words, quantity_in_words

COMPARE_BOTH: Final = "Compare this with the label of the bottle and of its dropper."


@dataclass(frozen=True, slots=True)
class Sentence:
    """The label of a liquid or of drops, one step, the ending where `title` is "After the last step", or the dose as
    needed.

    `when`: when the dose as needed may be taken, as the provider wrote it.
    """

    title: str
    text: str
    times: tuple[str, ...] = ()
    note: str = ""
    when: str = ""


def schedule_sentences(schedule: Schedule) -> list[Sentence]:
    names = schedule.full_names
    liquids = [product for product in schedule.products.values() if product.form.unit is not Unit.TABLET]
    sentences = [_of_liquid(product, names[product.number]) for product in liquids]
    before: DatedStep | None = None
    for dated in schedule.dated_steps():
        sentences.append(_of_step(dated, before, schedule.products, names))
        before = dated
    sentences.append(Sentence("After the last step", ending_line(schedule)))
    if needed := schedule.as_needed:
        sentences.append(Sentence(TITLE, read_back(schedule, needed), when=needed.when))
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
    before: DatedStep | None,
    products: dict[int, ScheduleProduct],
    names: dict[int, str],
) -> Sentence:
    step = dated.step
    span = f"From {in_words(dated.first_day)} to {in_words(dated.last_day)}"
    if step.days == 1:
        span = f"On {in_words(dated.first_day)}"
    text = f"{span}, {days_text(step.days)} ({days_in_words(step.days)}): {_dose(dated)}."
    if before is not None:
        text += f" Change from the step before: {change_in_words(before, dated)}."
    return Sentence(f"Step {step.position}", text, _days(dated, products, names), step.note)


def _dose(dated: DatedStep) -> str:
    """Of every day; of a pattern the total of one round of it, or of all its days where they are fewer."""
    if not dated.step.is_pattern:
        return (
            f"{_said(dated.groups()[0].regimen.dose)[0]} a day ({_said(dated.groups()[0].regimen.dose)[1]})"
        )
    days = min(len(dated.step.regimens), dated.days)
    round_ = (dated.on(dated.first_day + timedelta(days=at)).dose for at in range(days))
    figures, words = _said(total_dose(round_))
    kind = "by weekday" if dated.step.by_weekday else f"of {days_text(len(dated.step.regimens))}"
    return f"a pattern {kind}, {figures} in {days_text(days)} ({words} in {days_in_words(days)})"


def _said(dose: Dose) -> tuple[str, str]:
    return str(dose), dose_in_words(dose)


def _days(dated: DatedStep, products: dict[int, ScheduleProduct], names: dict[int, str]) -> tuple[str, ...]:
    """What is taken at each time of day; of a pattern, on each of its days."""
    groups = dated.groups()
    if not dated.step.is_pattern:
        return _times(groups[0].regimen, products, names)
    lines = []
    for group in groups:
        named = days_named(dated, group)
        first = "; ".join(map(in_words, first_round(dated, group)))
        figures, words = _said(group.regimen.dose)
        taken = " ".join(_times(group.regimen, products, names))
        lines.append(f"{named[0].upper()}{named[1:]}, first on {first}: {figures} ({words}). {taken}")
    return tuple(lines)


def _times(regimen: Regimen, products: dict[int, ScheduleProduct], names: dict[int, str]) -> tuple[str, ...]:
    return times_in_sentences(regimen, products, names) or ("Nothing is taken on these days.",)
