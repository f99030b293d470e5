"""A schedule as the plain data of a handout: every word and number of the paper that is not fixed text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from taperplanner.days import in_words, without_weekday
from taperplanner.doses import THOUSANDTHS_PER_UNIT, Quantity
from taperplanner.guidance.library import PatientText, library
from taperplanner.guidance.patient_texts import shown, source_names, texts_awaiting
from taperplanner.tapers.schedule import (
    Ending,
    Schedule,
    ScheduleDose,
    ScheduleProduct,
    ScheduleStep,
    TimeOfDay,
)
from taperplanner.tapers.wording import days_text, quantity_in_words


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the paper is for and from. Phones are the clinic's of today; a stale one would harm."""

    patient_name: str
    preferred_name: str
    date_of_birth: str
    mrn: str
    clinic_name: str
    clinic_address: str
    clinic_phone: str
    after_hours_phone: str


@dataclass(frozen=True, slots=True)
class Signature:
    """ "Version 2, signed by Ada Alvarez, MD, on March 2, 2026". `replaces` and `checked`: a sentence or nothing."""

    version: int
    signed_by: str
    signed_on: str
    replaces: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class TakeLine:
    """One product at one time of day: the count, the count in words, and what it is a count of."""

    count: str
    words: str
    product: str


@dataclass(frozen=True, slots=True)
class StepBlock:
    position: int
    first_day: str
    last_day: str
    days: str
    dose: str
    times: tuple[tuple[str, tuple[TakeLine, ...]], ...]
    note: str


@dataclass(frozen=True, slots=True)
class EndingBlock:
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands across every page of a paper that must not be followed, and the sentence above it."""

    word: str
    sentence: str


DRAFT: Final = Mark("DRAFT", "DRAFT: not signed, not for the patient")


@dataclass(frozen=True, slots=True)
class Handout:
    identity: Identity
    drug_name: str
    signature: Signature | None
    printed_at: str
    steps: tuple[StepBlock, ...]
    ending: EndingBlock
    texts: tuple[PatientText, ...]
    sources_line: str
    last_line: str
    mark: Mark | None


def make_handout(
    *,
    schedule: Schedule,
    identity: Identity,
    drug_name: str,
    signature: Signature | None,
    mark: Mark | None,
    printed_at: datetime,
) -> Handout:
    """`printed_at` in the clinic's time zone. A draft has its mark and no signature."""
    steps = tuple(
        _block(dated.step, dated.first_day, dated.last_day, schedule.products)
        for dated in schedule.dated_steps()
    )
    count = len(steps)
    is_split = any(dose.quantity.thousandths % THOUSANDTHS_PER_UNIT for dose in _tablet_doses(schedule))
    texts = shown(library().patient_texts("en"), is_split=is_split)
    return Handout(
        identity=identity,
        drug_name=drug_name,
        signature=signature,
        printed_at=moment_in_words(printed_at),
        steps=steps,
        ending=_ending(schedule, drug_name),
        texts=texts,
        sources_line=_sources_line(texts, printed_at.date()),
        last_line=f"This paper has {count} {'step' if count == 1 else 'steps'}."
        f" The last day of the last step is {in_words(schedule.last_day)}.",
        mark=mark,
    )


def moment_in_words(moment: datetime) -> str:
    """ "March 2, 2026, 9:05 AM", in the time zone the moment has."""
    return f"{without_weekday(moment.date())}, {moment.hour % 12 or 12}:{moment:%M %p}"


def _block(
    step: ScheduleStep, first_day: date, last_day: date, products: dict[int, ScheduleProduct]
) -> StepBlock:
    times = tuple(
        (
            time.value.capitalize(),
            tuple(_line(dose.quantity, products[dose.product]) for dose in step.doses if dose.time is time),
        )
        for time in TimeOfDay
    )
    return StepBlock(
        position=step.position,
        first_day=in_words(first_day),
        last_day=in_words(last_day),
        days=days_text(step.days),
        dose=str(step.dose),
        times=times,
        note=step.note,
    )


def _line(quantity: Quantity, product: ScheduleProduct) -> TakeLine:
    return TakeLine(product.amount(quantity), _words(quantity, product), product.strength_text)


def _words(quantity: Quantity, product: ScheduleProduct) -> str:
    """Beside a count that names its unit: "one and a half"; but always "half a tablet"."""
    words = quantity_in_words(quantity, product)
    return words if quantity.thousandths < THOUSANDTHS_PER_UNIT else words.rpartition(" ")[0]


def _ending(schedule: Schedule, drug_name: str) -> EndingBlock:
    day = in_words(schedule.day_after)
    last = schedule.steps[-1].position
    if schedule.ending is Ending.STOP:
        return EndingBlock(
            f"STOP on {day}",
            (
                f"From {day} on, take no more {drug_name}.",
                f"Your last day with a dose is {in_words(schedule.last_day)}.",
            ),
        )
    return EndingBlock(
        f"Stay on step {last} until your clinic tells you",
        (
            f"From {day} on, keep taking what step {last} says, every day.",
            "Do not stop and do not change it until your clinic has talked with you.",
        ),
    )


def _sources_line(texts: tuple[PatientText, ...], today: date) -> str:
    awaiting = " This text awaits clinical review." if texts_awaiting(texts, today) else ""
    return f"Sources: {'. '.join(source_names(texts))}.{awaiting}"


def _tablet_doses(schedule: Schedule) -> list[ScheduleDose]:
    return [
        dose
        for step in schedule.steps
        for dose in step.doses
        if schedule.products[dose.product].form.is_counted
    ]
