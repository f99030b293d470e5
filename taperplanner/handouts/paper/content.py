"""A schedule as the plain data of a handout: every word and number of the paper, ready to print.

Page and PDF are made from the same data, so that they cannot differ.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from taperplanner.guidance.patient_texts import Language
from taperplanner.releases import MADE_BY
from taperplanner.tapers.schedule.schedule import Schedule

from .as_needed import AsNeededBlock, as_needed_of
from .blocks import StepBlock, step_blocks
from .codes import EMPTY_DRAWING, LENGTH, written
from .ending import EndingBlock, ending_of
from .labels import labels_of, time_name
from .language import Translator, moment_in_words
from .remaining import last_line, over_line, remaining, starts_line, times_of
from .taking import product_names
from .texts import TextBlock, sources_line, text_blocks


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the paper is for and from. Phones are the clinic's of today; a stale one would harm.

    `date_of_birth` is a year alone where no more is known, and then `is_born_in`. `helper`: name and phone of who helps at
    home, where the patient wants them on the paper; of the printing, as the phones are.
    """

    patient_name: str
    preferred_name: str
    date_of_birth: str
    mrn: str
    clinic_name: str
    clinic_address: str
    clinic_phone: str
    after_hours_phone: str
    is_born_in: bool = False
    helper: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """ "Version 2, signed by Ada Alvarez, MD, on March 2, 2026". `replaces` and `checked`: a sentence or nothing."""

    version: int
    signed_by: str
    signed_on: str
    replaces: str = ""
    checked: str = ""


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
    printed_on: date  # with this day every layout begins: the clinic's day, or a later one
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

    @property
    def columns(self) -> int:
        """Of the table: when, and each time of day."""
        return 1 + len(self.times)


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
    begins: date | None = None,
) -> Handout:
    """`printed_at` in the clinic's time zone, on whose day it begins unless it `begins` later. A draft has its mark and
    no signature."""
    t = Translator(language)
    moment = moment_in_words(printed_at, t)
    first_day = begins or printed_at.date()
    left = remaining(schedule, first_day)
    return Handout(
        language=language.value,
        labels=labels_of(t, is_born_in=identity.is_born_in),
        identity=identity,
        drug_name=drug_name,
        title=t("Your {drug} plan", drug=drug_name),
        signature=signature,
        signed_by=t("Version {number}, signed by", number=signature.version) if signature else "",
        signed_on=t("on {day}", day=signature.signed_on) if signature else "",
        printed_on=first_day,
        printed_at=moment,
        printed=f"{t('Printed on {moment}.', moment=moment)} {MADE_BY}.",
        starts=starts_line(left, t),
        over=over_line(left, t),
        times=tuple(time_name(time, t) for time in times_of(schedule)),
        steps=step_blocks(left, t),
        ending=ending_of(schedule, drug_name, t, today=first_day),
        texts=text_blocks(schedule, language, today=first_day),
        sources_line=sources_line(schedule, t, today=first_day),
        last_line=last_line(left, t),
        mark=mark,
        copy=copy,
        as_needed=as_needed_of(schedule, first_day, product_names(schedule.products, t), t),
    )
