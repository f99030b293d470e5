"""A schedule as the plain data of a handout: every word and number of the paper, ready to print.

Page and PDF are made from the same data, so that they cannot differ.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from taperplanner.doses import THOUSANDTHS_PER_UNIT
from taperplanner.guidance.patient_texts import Language
from taperplanner.tapers.schedule.schedule import Form, Schedule, ScheduleProduct, distinct_names
from taperplanner.tapers.schedule.steps import Regimen, ScheduleDose, ScheduleStep

from .as_needed import AsNeededBlock, as_needed_of
from .codes import EMPTY_DRAWING, LENGTH, written
from .ending import EndingBlock, ending_of
from .labels import labels_of, time_name
from .language import QUARTERS, Translator, amount_in_words, amount_text, days_text, in_words, moment_in_words
from .remaining import Remaining, last_line, over_line, remaining, starts_line, times_of
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
    """One product at one time of day: the count, the count in words, and what it is a count of.

    `spoken`: the count where room is narrow, its parts always in words: "half a tablet", "1½ tablets (one and a half)".
    """

    count: str
    words: str
    product: str
    spoken: str


@dataclass(frozen=True, slots=True)
class StepBlock:
    """`start`: what marks the step that the paper begins with; nothing on the others."""

    position: int
    name: str
    start: str
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
class Mark:
    """What stands across every page of a paper that must not be followed, and the sentence above it.

    `is_in_margin`: the sentence takes no room from the paper, so that it has the pages that it has without.
    """

    word: str
    sentence: str
    is_in_margin: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """What makes one printed copy known. `qr`: a drawing (SVG) of `address`.

    `typed_address`: of the page that asks for the code, for whoever types it.
    """

    code: str
    address: str
    qr: str
    typed_address: str

    @property
    def picture(self) -> str:
        """The drawing as an address that a page can show."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.qr.encode()).decode()}"


def specimen(typed_address: str) -> Copy:
    """What stands in a preview where a copy is made known: as much room, no code, and nothing to scan."""
    return Copy(written("X" * LENGTH), typed_address, EMPTY_DRAWING, typed_address)


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
    printed_on: date  # the clinic's day, on which every layout begins
    printed_at: str
    printed: str
    starts: str
    over: str
    times: tuple[str, ...]
    steps: tuple[StepBlock, ...]
    ending: EndingBlock
    texts: tuple[TextBlock, ...]
    sources_line: str
    last_line: str
    mark: Mark | None
    copy: Copy | None = None
    as_needed: AsNeededBlock | None = None


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
    t = Translator(language)
    moment = moment_in_words(printed_at, t)
    left = remaining(schedule, printed_at.date())
    return Handout(
        language=language.value,
        labels=labels_of(t),
        identity=identity,
        drug_name=drug_name,
        title=t("Your {drug} plan", drug=drug_name),
        signature=signature,
        signed_by=t("Version {number}, signed by", number=signature.version) if signature else "",
        signed_on=t("on {day}", day=signature.signed_on) if signature else "",
        printed_on=printed_at.date(),
        printed_at=moment,
        printed=t("Printed on {moment}.", moment=moment),
        starts=starts_line(left, t),
        over=over_line(left, t),
        times=tuple(time_name(time, t) for time in times_of(schedule)),
        steps=step_blocks(left, t),
        ending=ending_of(schedule, drug_name, t),
        texts=text_blocks(schedule, language, today=printed_at.date()),
        sources_line=sources_line(schedule, t, today=printed_at.date()),
        last_line=last_line(left, t),
        mark=mark,
        copy=copy,
        as_needed=as_needed_of(schedule, printed_at.date(), product_names(schedule.products, t), t),
    )


def step_blocks(left: Remaining, t: Translator) -> tuple[StepBlock, ...]:
    """What is left of the steps, and of nothing else."""
    blocks = tuple(
        _block(dated.step, dated.first_day, dated.last_day, left, t, start="" if at else starts_line(left, t))
        for at, dated in enumerate(left.steps)
    )
    return (*blocks, _staying_block(left.stays_on, left, t)) if left.stays_on else blocks


def take_lines(
    regimen: Regimen, schedule: Schedule, t: Translator
) -> tuple[tuple[str, tuple[TakeLine, ...]], ...]:
    """Each time of day that the schedule uses, with what this day takes at it, also where that is nothing."""
    products = schedule.products
    names = product_names(products, t)
    return tuple(
        (
            time_name(time, t),
            tuple(
                _line(dose, products[dose.product], names[dose.product], t)
                for dose in regimen.doses
                if dose.time is time
            ),
        )
        for time in times_of(schedule)
    )


def _block(
    step: ScheduleStep, first_day: date, last_day: date, left: Remaining, t: Translator, *, start: str
) -> StepBlock:
    first, last, count = in_words(first_day, t), in_words(last_day, t), (last_day - first_day).days + 1
    return StepBlock(
        position=step.position,
        name=t("Step {number}", number=step.position),
        start=start,
        first_day=first,
        last_day=last,
        since=t("From {day}", day=first) if count > 1 else first,
        until=t("to {day}", day=last) if count > 1 else "",
        days=days_text(count, t),
        dose=str(step.every_day.dose),
        in_all=t("{days}, {dose} in all each day", days=days_text(count, t), dose=str(step.every_day.dose)),
        times=take_lines(step.every_day, left.schedule, t),
        note=step.note,
    )


def _staying_block(step: ScheduleStep, left: Remaining, t: Translator) -> StepBlock:
    """The last step, when all its days are over and it goes on."""
    return StepBlock(
        position=step.position,
        name=t("Step {number}", number=step.position),
        start=starts_line(left, t),
        first_day=in_words(left.first_day, t),
        last_day="",
        since=in_words(left.first_day, t),
        until=t("until your clinic tells you"),
        days="",
        dose=str(step.every_day.dose),
        in_all=t("{dose} in all each day", dose=str(step.every_day.dose)),
        times=take_lines(step.every_day, left.schedule, t),
        note=step.note,
    )


def product_names(products: Mapping[int, ScheduleProduct], t: Translator) -> dict[int, str]:
    """ "0.5 mg"; a tablet that melts says so, and the maker stands where two of one strength would read alike."""

    def name(product: ScheduleProduct) -> str:
        if product.form is Form.ORALLY_DISINTEGRATING:
            return t("{strength}, melts in the mouth", strength=product.strength_text)
        return product.strength_text

    return distinct_names(
        products.values(),
        name,
        unknown=t("maker not recorded"),
        numbered=lambda number: t("product {number}", number=number),
    )


def _line(dose: ScheduleDose, product: ScheduleProduct, name: str, t: Translator) -> TakeLine:
    count, words = amount_text(dose.quantity, product, t), amount_in_words(dose.quantity, product, t)
    whole, part = divmod(dose.quantity.thousandths, THOUSANDTHS_PER_UNIT)
    if not (part and product.form.is_counted):
        spoken = count
    elif whole or part not in QUARTERS:
        spoken = f"{count} ({words})"
    else:
        spoken = words
    return TakeLine(count, words, name, spoken)
