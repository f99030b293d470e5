"""Papers as files and as pictures. Nothing here is called while a transaction is open: a paper takes seconds."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from taperplanner import typesetting
from taperplanner.saving import Refused
from taperplanner.typesetting import CannotTypeset, TooManyPapers

from ..paper.codes import new_code, qr_drawing, written
from ..paper.content import Copy, Mark, specimen
from ..paper.data import PaperData
from ..paper.day_by_day import CannotLayOut
from ..paper.language import Translator
from .job import Job
from .may_print import CannotPrint
from .signed_paper import preview_mark

DESCRIPTION: Final = "handouts/papers.typ"
FILE_COPY: Final = "handouts/file_copy.typ"
TITLE: Final = "Handout"  # of the file: it may be seen where the patient's name must not be
DOTS_PER_INCH: Final = 60
PAGES_SHOWN: Final = 2
MANY_PAGES: Final = 10
_PAGE: Final = re.compile(rb"/Type\s*/Page\b")

AddressOf = Callable[[str], str]


class CannotSet(Refused):
    """`is_of_letters`: it has a letter that no font here has, and a browser may have one that does."""

    def __init__(self, problem: CannotTypeset | CannotLayOut) -> None:
        super().__init__(str(problem))
        self.is_of_letters = isinstance(problem, CannotTypeset)

    def show_on(self, form: forms.Form, field: str | None) -> None:
        super().show_on(form, field)
        form.offers_browser = self.is_of_letters  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class SetPaper:
    """One copy's file, with the code that stands on it. `fingerprint`: of all that it was set from."""

    code: str
    pdf: bytes
    pages: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Preview:
    """`pictures`: the first pages, as addresses that hold the picture itself. `problem`: why there are none."""

    pictures: tuple[str, ...] = ()
    pages: int = 0
    problem: str = ""
    is_of_letters: bool = False

    @property
    def has_many_pages(self) -> bool:
        return self.pages > MANY_PAGES

    @property
    def not_shown(self) -> int:
        return self.pages - len(self.pictures)


def set_paper(job: Job, address_of: AddressOf) -> SetPaper:
    """With a code of its own. Raises: CannotPrint while something stands in the way, CannotSet, Tampered, TooManyPapers."""
    if job.obstacles:
        raise CannotPrint(job.why_not)
    code = new_code()
    with refusing():
        pdf = pdf_of([job.data(known_by(code, address_of))])
    return SetPaper(code, pdf, pages_in(pdf), job.fingerprint())


def preview_of(job: Job, address_of: AddressOf) -> Preview:
    """What the copy would be, with nothing where its code will stand, so that it has the pages of the copy.

    Raises: Tampered.
    """
    try:
        with refusing():
            pages = pictures_of([preview_data(job, address_of)])
    except TooManyPapers as busy:
        return Preview(problem=str(busy))
    except CannotSet as problem:
        return Preview(problem=str(problem), is_of_letters=problem.is_of_letters)
    shown = (f"data:image/png;base64,{base64.b64encode(page).decode()}" for page in pages[:PAGES_SHOWN])
    return Preview(tuple(shown), len(pages))


def preview_data(job: Job, address_of: AddressOf) -> PaperData:
    """Raises: Tampered, CannotLayOut."""
    mark = job.mark() or preview_mark(Translator(job.choice.language))
    return job.data(specimen(_shown(address_of(reverse("handouts:code")))), mark)


def set_file_copy(pdf: bytes, mark: Mark, job: Job) -> bytes:
    """The pages of a file that was kept, as they are, each below what holds of them today."""
    data = {
        "title": TITLE,
        "language": job.choice.language.value,
        "sheet": job.sheet,
        "is_wide": job.choice.is_wide,
        "pages": pages_in(pdf),
        "word": mark.word,
        "sentence": mark.sentence,
    }
    return typesetting.pdf_around(FILE_COPY, data, pdf)


def pages_in(pdf: bytes) -> int:
    return len(_PAGE.findall(pdf))


def address_of(request: HttpRequest) -> AddressOf:
    """A path as an address that a phone can open."""
    site = settings.SITE_ADDRESS.rstrip("/")
    return lambda path: f"{site}{path}" if site else request.build_absolute_uri(path)


def known_by(code: str, address_of: AddressOf) -> Copy:
    """What the paper of this code says about it."""
    address = address_of(reverse("handouts:copy_state", args=[written(code)]))
    typed = address_of(reverse("handouts:code"))
    return Copy(written(code), _shown(address), qr_drawing(address), _shown(typed))


def pdf_of(papers: Sequence[PaperData]) -> bytes:
    """One file of all of them, each numbered from page 1. Raises: CannotTypeset, CannotLayOut."""
    with _fitting():
        return typesetting.pdf(DESCRIPTION, _file(papers))


def pictures_of(papers: Sequence[PaperData]) -> list[bytes]:
    """Their pages as PNG. Raises: CannotTypeset, CannotLayOut."""
    with _fitting():
        return typesetting.pictures(DESCRIPTION, _file(papers), dots_per_inch=DOTS_PER_INCH)


@contextmanager
def refusing() -> Iterator[None]:
    """Around what cannot be laid out or set: a refusal, with its sentence."""
    try:
        yield
    except (CannotTypeset, CannotLayOut) as problem:
        raise CannotSet(problem) from problem


@contextmanager
def _fitting() -> Iterator[None]:
    try:
        yield
    except typesetting.TakesTooLong as problem:
        raise CannotLayOut(
            "This paper takes too long to set. Choose the schedule table, or print fewer patients at once."
        ) from problem
    except typesetting.DoesNotFit as problem:
        raise CannotLayOut(
            "In this layout what is taken in one step does not fit on a page: it names many products, or long ones."
            " Choose the checklist, or large print."
        ) from problem


def _file(papers: Sequence[PaperData]) -> dict[str, Any]:
    return {"title": TITLE, "language": papers[0]["language"], "papers": papers}


def _shown(address: str) -> str:
    return address.partition("://")[2] or address
