"""The letters of a PDF: what they say, where they stand on their page and what they cover of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

from pypdf import PdfReader
from pypdfium2 import PdfDocument, PdfPage
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT, FPDFPage_GetAnnotCount

NEAR: Final = 3  # points: letters of one line may stand that far apart, up and down
TOUCHING: Final = 2  # points: an accent or a descender may reach that far into another line


class CannotReadBack(Exception):
    """The page is not laid out as it should be; the message says where."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A run of letters of one line. All in points from the lower left corner of the page.

    `x`, `y`: where the run begins, on the line it stands on. The other four: what its ink covers.
    """

    text: str
    page: int
    x: float
    y: float
    left: float
    bottom: float
    right: float
    top: float
    is_across: bool  # the mark that lies across the page

    def covers(self, other: Letters) -> bool:
        if not self.text.isascii() and other.text.strip() in self.text:
            return False  # a letter with two marks is drawn of two pieces
        across = min(self.right, other.right) - max(self.left, other.left)
        upright = min(self.top, other.top) - max(self.bottom, other.bottom)
        if abs(self.y - other.y) < NEAR:
            # In one line only letters that stand by themselves are compared: others are joined, or drawn in pieces.
            return across > NEAR and self.text.isascii() and other.text.isascii()
        return across > TOUCHING and upright > TOUCHING


@dataclass
class _Again:
    """The pages as pypdf reads them, which is slower. PDFium turns a line that is read from the right as a whole,
    also the date and the number in it."""

    content: bytes

    @cached_property
    def _reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.content))

    def page(self, number: int) -> str:
        return plain(self._reader.pages[number].extract_text())


@dataclass(frozen=True, slots=True)
class Read:
    letters: tuple[tuple[Letters, ...], ...]  # of each page
    pages: tuple[str, ...]
    width: float
    height: float
    everywhere: frozenset[tuple[str, float, float]]  # the head: text and place of what each page has
    again: _Again
    annotations: int  # links, and whatever else a reader may act on

    def on_page(self, page: int) -> list[Letters]:
        """Line after line, each from left to right, without the mark across and what stands on every page."""
        found = [
            one
            for one in self.letters[page]
            if not one.is_across and (one.text, one.x, one.y) not in self.everywhere
        ]
        lines: list[list[Letters]] = []
        for one in sorted(found, key=lambda one: -one.y):
            if lines and lines[-1][0].y - one.y < 1:
                lines[-1].append(one)
            else:
                lines.append([one])
        return [one for line in lines for one in sorted(line, key=lambda one: one.x)]

    def outside(self, margin: float) -> Iterator[Letters]:
        """Letters that the edge of the paper cuts, or that stand too near to it to be printed."""
        for one in chain(*self.letters):
            if not one.is_across and (
                min(one.left, one.bottom) < margin
                or one.right > self.width - margin
                or one.top > self.height - margin
            ):
                yield one

    def covered(self) -> Iterator[tuple[Letters, Letters]]:
        """Letters that stand over others, so that neither can be read."""
        for on_page in self.letters:
            below_first = sorted((one for one in on_page if not one.is_across), key=lambda one: one.bottom)
            for number, one in enumerate(below_first):
                for other in below_first[number + 1 :]:
                    if other.bottom > one.top:
                        break
                    # Most are side by side.
                    is_beside = other.left >= one.right - TOUCHING or one.left >= other.right - TOUCHING
                    if not is_beside and one.covers(other) and other.covers(one):
                        yield one, other


def read_file(content: bytes) -> Read:
    with closing(PdfDocument(content)) as document:
        annotations, letters = 0, []
        for number, page in enumerate(document):
            annotations += FPDFPage_GetAnnotCount(page)
            letters.append(tuple(_letters_of(page, number)))
        width, height = document[0].get_size()
    texts = [" ".join(one.text for one in on_page) for on_page in letters]
    of_pages = [{(one.text, one.x, one.y) for one in on_page} for on_page in letters]
    everywhere = frozenset(set.intersection(*of_pages)) if len(letters) > 1 else frozenset()
    return Read(
        tuple(letters), tuple(map(plain, texts)), width, height, everywhere, _Again(content), annotations
    )


def _letters_of(page: PdfPage, number: int) -> Iterator[Letters]:
    with closing(page), closing(page.get_textpage()) as text_page:
        for run in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], textpage=text_page):
            text = run.extract()
            if text.strip():
                _, turned, turned_back, _, x, y = run.get_matrix().get()
                left, bottom, right, top = run.get_bounds()
                yield Letters(
                    text, number, x, y, left, bottom, right, top, is_across=bool(turned or turned_back)
                )


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
