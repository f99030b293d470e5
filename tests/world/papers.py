"""Papers for the tests, and what can be read back from one."""

from __future__ import annotations

import re
import unicodedata
from contextlib import closing
from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdfium2 import PdfDocument, PdfPage

from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.codes import qr_drawing
from taperplanner.handouts.paper.content import Copy, Handout, make_handout
from taperplanner.handouts.paper.data import paper_data
from taperplanner.handouts.paper.earlier import Earlier
from taperplanner.handouts.paper.layouts import Choice
from taperplanner.handouts.printing.render import pdf_of
from taperplanner.tapers.schedule.schedule import Schedule

from ..handouts.test_handout import PRINTED_AT, SIGNED, WHO

COPY = Copy(
    "34679-DFHJK-NPRTV",
    "clinic.example/handouts/34679-DFHJK-NPRTV/",
    qr_drawing("https://clinic.example/"),
    "clinic.example/handouts/",
)


def paper_in(schedule: Schedule, language: Language = Language.ENGLISH, **given: Any) -> Handout:
    chosen: dict[str, Any] = {
        "identity": WHO,
        "drug_name": "clonazepam (Klonopin)",
        "signature": SIGNED,
        "mark": None,
        "printed_at": PRINTED_AT,
        "copy": COPY,
    }
    return make_handout(schedule=schedule, language=language, **(chosen | given))


def printed_pages(
    schedule: Schedule,
    choice: Choice,
    *,
    sheet: str = "letter",
    today: date | None = None,
    earlier: Earlier | None = None,
    **given: Any,
) -> list[str]:
    """Printed at `today`, or where that is not given on the first day of the schedules of these tests."""
    if today is not None:
        given["printed_at"] = PRINTED_AT.replace(year=today.year, month=today.month, day=today.day)
    paper = paper_in(schedule, choice.language, **given)
    return pages_of(pdf_of([paper_data(paper, schedule, choice, sheet=sheet, earlier=earlier)]))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, without the places where a long word may be broken."""
    with closing(PdfDocument(pdf)) as document:
        texts = [_text_of(page) for page in document]
    # PDFium turns a line that is read from the right as a whole, also the date and the number in it.
    if any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in "".join(texts)):
        texts = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return [re.sub(r"\s+", " ", text.replace("\u200b", "")) for text in texts]


def _text_of(page: PdfPage) -> str:
    with closing(page), closing(page.get_textpage()) as text:
        return str(text.get_text_range())
