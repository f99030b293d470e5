"""A printed copy as a file, and the preview of one as pictures."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from taperplanner.tapers.models import Version
from taperplanner.tapers.signed import Tampered, load
from taperplanner.typesetting import CannotTypeset

from ..models import PrintedHandout
from ..paper.codes import qr_drawing
from ..paper.content import Copy, Handout
from ..paper.day_by_day import CannotLayOut
from ..paper.earlier import earlier_than
from ..paper.layouts import Choice
from .from_version import paper_of
from .may_print import TAMPERED, why_not_printed
from .render import PaperData, paper_data, pdf_of, pictures_of

PAGES_SHOWN: Final = 2
MANY_PAGES: Final = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """`pictures`: the first pages, as addresses that hold the picture itself. `problem`: why there are none.

    `is_of_letters`: the problem is a letter that no font here has, and a browser may have one that does.
    """

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


def page_of_copy(copy: PrintedHandout, request: HttpRequest) -> Handout:
    """The copy with its code, as it was printed, marked with what became of it since. Raises: Tampered."""
    version = copy.version
    return paper_of(
        version,
        load(version),
        clinic=version.plan.patient.clinic,
        at=copy.printed_at,
        language=copy.choice.language,
        copy=_known_by(copy, request),
        today=version.plan.patient.clinic.day_of(timezone.now()),
    )


def data_of_copy(copy: PrintedHandout, request: HttpRequest) -> PaperData:
    """Raises: Tampered, CannotLayOut."""
    return paper_data(
        page_of_copy(copy, request),
        load(copy.version).schedule,
        copy.choice,
        sheet=copy.sheet,
        earlier=earlier_than(copy.version, copy.printed_at),
    )


def file_of_copy(copy: PrintedHandout, request: HttpRequest) -> bytes:
    """Raises: Tampered, CannotLayOut, CannotTypeset."""
    return file_of_copies([copy], request)


def file_of_copies(copies: Iterable[PrintedHandout], request: HttpRequest) -> bytes:
    """Raises: Tampered, CannotLayOut, CannotTypeset."""
    return pdf_of([data_of_copy(copy, request) for copy in copies])


def held_back(copies: Iterable[PrintedHandout], at: datetime) -> dict[UUID, str]:
    """Why these, of all, may not be printed again, by the copy's key."""
    found = {}
    for copy in copies:
        version = copy.version
        today = version.plan.patient.clinic.day_of(at)
        try:
            reasons = why_not_printed(version, load(version), copy.choice.language, today)
        except Tampered:
            reasons = (TAMPERED,)
        if reasons:
            found[copy.pk] = " ".join(reasons)
    return found


def preview_data(version: Version, choice: Choice, *, at: datetime) -> PaperData:
    """Raises: Tampered, CannotLayOut."""
    content, clinic = load(version), version.plan.patient.clinic
    paper = paper_of(version, content, clinic=clinic, at=at, language=choice.language)
    earlier = earlier_than(version, at)
    return paper_data(paper, content.schedule, choice, sheet=clinic.paper_size, earlier=earlier)


def preview_of(version: Version, choice: Choice, *, at: datetime) -> Preview:
    """Raises: Tampered."""
    try:
        pages = pictures_of([preview_data(version, choice, at=at)])
    except (CannotLayOut, CannotTypeset) as problem:
        return Preview(problem=str(problem), is_of_letters=isinstance(problem, CannotTypeset))
    shown = (f"data:image/png;base64,{base64.b64encode(page).decode()}" for page in pages[:PAGES_SHOWN])
    return Preview(tuple(shown), len(pages))


def _known_by(copy: PrintedHandout, request: HttpRequest) -> Copy:
    def address_of(path: str) -> str:
        site = settings.SITE_ADDRESS.rstrip("/")
        return f"{site}{path}" if site else request.build_absolute_uri(path)

    address = address_of(reverse("handouts:copy_state", args=[copy.written_code]))
    typed = address_of(reverse("handouts:code"))
    return Copy(copy.written_code, _shown(address), qr_drawing(address), _shown(typed))


def _shown(address: str) -> str:
    return address.partition("://")[2]
