"""A schedule as the plain data of a handout: every word and number of the paper, ready to print.

Page and PDF are made from the same data, so that they cannot differ.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from taperplanner.guidance.patient_texts import Language
from taperplanner.tapers.schedule import (
    Ending,
    Form,
    Schedule,
    ScheduleDose,
    ScheduleProduct,
    ScheduleStep,
    TimeOfDay,
    told_apart,
)

from .labels import labels_of, time_name
from .language import Say, amount_in_words, amount_text, days_text, in_words, moment_in_words
from .texts import TextBlock, sources_line, text_blocks


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
    name: str
    first_day: str
    last_day: str
    since: str
    until: str
    days: str
    dose: str
    in_all: str
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


@dataclass(frozen=True, slots=True)
class Copy:
    """What makes one printed copy known. `qr`: a drawing (SVG) of `address`."""

    code: str
    address: str
    qr: str

    @property
    def picture(self) -> str:
        """The drawing as an address that a page can show."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.qr.encode()).decode()}"


DRAFT: Final = Mark("DRAFT", "DRAFT: not signed, not for the patient")


@dataclass(frozen=True, slots=True)
class Handout:
    language: str
    labels: Mapping[str, str]
    identity: Identity
    drug_name: str
    title: str
    signature: Signature | None
    signed_by: str
    signed_on: str
    printed_at: str
    printed: str
    steps: tuple[StepBlock, ...]
    ending: EndingBlock
    texts: tuple[TextBlock, ...]
    sources_line: str
    last_line: str
    mark: Mark | None
    copy: Copy | None = None


def make_handout(
    *,
    schedule: Schedule,
    identity: Identity,
    drug_name: str,
    signature: Signature | None,
    mark: Mark | None,
    printed_at: datetime,
    language: Language = Language.ENGLISH,
    copy: Copy | None = None,
) -> Handout:
    """`printed_at` in the clinic's time zone. A draft has its mark and no signature."""
    say = Say(language)
    moment = moment_in_words(printed_at, say)
    return Handout(
        language=language.value,
        labels=labels_of(say),
        identity=identity,
        drug_name=drug_name,
        title=say("Your {drug} plan", drug=drug_name),
        signature=signature,
        signed_by=say("Version {number}, signed by", number=signature.version) if signature else "",
        signed_on=say("on {day}", day=signature.signed_on) if signature else "",
        printed_at=moment,
        printed=say("Printed on {moment}.", moment=moment),
        steps=step_blocks(schedule, say),
        ending=_ending(schedule, drug_name, say),
        texts=text_blocks(schedule, language, today=printed_at.date()),
        sources_line=sources_line(schedule, say, today=printed_at.date()),
        last_line=_last_line(schedule, say),
        mark=mark,
        copy=copy,
    )


def step_blocks(schedule: Schedule, say: Say) -> tuple[StepBlock, ...]:
    return tuple(
        _block(dated.step, dated.first_day, dated.last_day, schedule.products, say)
        for dated in schedule.dated_steps()
    )


def take_lines(
    step: ScheduleStep, products: dict[int, ScheduleProduct], say: Say
) -> tuple[tuple[str, tuple[TakeLine, ...]], ...]:
    """Each time of day with what is taken at it, also where that is nothing."""
    names = product_names(products, say)
    return tuple(
        (
            time_name(time, say),
            tuple(
                _line(dose, products[dose.product], names[dose.product], say)
                for dose in step.doses
                if dose.time is time
            ),
        )
        for time in TimeOfDay
    )


def _block(
    step: ScheduleStep, first_day: date, last_day: date, products: dict[int, ScheduleProduct], say: Say
) -> StepBlock:
    first, last = in_words(first_day, say), in_words(last_day, say)
    return StepBlock(
        position=step.position,
        name=say("Step {number}", number=step.position),
        first_day=first,
        last_day=last,
        since=say("From {day}", day=first) if step.days > 1 else first,
        until=say("to {day}", day=last) if step.days > 1 else "",
        days=days_text(step.days, say),
        dose=str(step.dose),
        in_all=say("{days}, {dose} in all each day", days=days_text(step.days, say), dose=str(step.dose)),
        times=take_lines(step, products, say),
        note=step.note,
    )


def product_names(products: Mapping[int, ScheduleProduct], say: Say) -> dict[int, str]:
    """ "0.5 mg"; a tablet that melts says so, and the maker stands where two of one strength would read alike."""

    def name(product: ScheduleProduct) -> str:
        if product.form is Form.ORALLY_DISINTEGRATING:
            return say("{strength}, melts in the mouth", strength=product.strength_text)
        return product.strength_text

    return told_apart(
        products.values(),
        name,
        unknown=say("maker not recorded"),
        numbered=lambda number: say("product {number}", number=number),
    )


def _line(dose: ScheduleDose, product: ScheduleProduct, name: str, say: Say) -> TakeLine:
    return TakeLine(
        amount_text(dose.quantity, product, say), amount_in_words(dose.quantity, product, say), name
    )


def _last_line(schedule: Schedule, say: Say) -> str:
    count, day = len(schedule.steps), in_words(schedule.last_day, say)
    if count == 1:
        return say("This paper has 1 step. The last day of the last step is {day}.", day=day)
    return say("This paper has {count} steps. The last day of the last step is {day}.", count=count, day=day)


def _ending(schedule: Schedule, drug_name: str, say: Say) -> EndingBlock:
    day = in_words(schedule.day_after, say)
    last = schedule.steps[-1].position
    if schedule.ending is Ending.STOP:
        return EndingBlock(
            say("STOP on {day}", day=day),
            (
                say("From {day} on, take no more {drug}.", day=day, drug=drug_name),
                *_last_dose(schedule, say),
            ),
        )
    return EndingBlock(
        say("Stay on step {number} until your clinic tells you", number=last),
        (
            say("From {day} on, keep doing what step {number} says, every day.", day=day, number=last),
            say("Do not stop and do not change it until your clinic has talked with you."),
        ),
    )


def _last_dose(schedule: Schedule, say: Say) -> Iterator[str]:
    """A last step may take nothing; then the last day with a dose is one before it, or there is none."""
    last = max((dated.last_day for dated in schedule.dated_steps() if dated.step.doses), default=None)
    if last is not None:
        yield say("Your last day with a dose is {day}.", day=in_words(last, say))
