"""What patients read on paper: fixed texts, each in every language, each language reviewed by itself.

They hold for every drug of the class, name no dose, and rest on sources as an entry does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from .entries import Review, Source

# The paper puts the clinic's phones into this text. Without it they would be missing from the paper.
CALL_THE_CLINIC: Final = "call-the-clinic"
CALL_911: Final = "call-911"
CALL_988: Final = "call-988"


class Language(StrEnum):
    ENGLISH = "en"
    SPANISH = "es"

    @property
    def label(self) -> str:
        return {Language.ENGLISH: "English", Language.SPANISH: "Spanish"}[self]

    @property
    def own_name(self) -> str:
        return {Language.ENGLISH: "English", Language.SPANISH: "Español"}[self]


class ShownWhen(StrEnum):
    """What must be so of the signed schedule for a text to stand beside it."""

    ALWAYS = "always"
    SPLIT = "split"  # a dose is part of a plain tablet
    SPLIT_MELTING = "split melting"  # a dose is part of a tablet that melts in the mouth
    MELTING = "melting"  # a dose is such a tablet, or part of one
    LIQUID = "liquid"  # a dose is measured in mL
    DROPS = "drops"  # a dose is counted in drops
    LEFT_OVER = "left over"  # a strength is not used to the end: it drops out, or everything stops

    @property
    def label(self) -> str:
        return {
            ShownWhen.ALWAYS: "Printed on every handout",
            ShownWhen.SPLIT: "Printed only where a plain tablet is split",
            ShownWhen.SPLIT_MELTING: "Printed only where a tablet that melts in the mouth is split",
            ShownWhen.MELTING: "Printed only where a tablet melts in the mouth",
            ShownWhen.LIQUID: "Printed only where a liquid is measured",
            ShownWhen.DROPS: "Printed only where drops are counted",
            ShownWhen.LEFT_OVER: "Printed only where a strength drops out or the plan ends in a stop",
        }[self]


@dataclass(frozen=True, slots=True)
class Citation:
    source: Source
    locator: str

    @property
    def line(self) -> str:
        return self.source.line(self.locator)


@dataclass(frozen=True, slots=True)
class PatientText:
    """One part of the paper in one language: a title, bullets, then closing paragraphs.

    `signs`: of a text that sends to 911 or 988, the symptom of each bullet by its key, in their order.
    """

    key: str
    language: Language
    order: int
    title: str
    items: tuple[str, ...]
    closing: tuple[str, ...]
    shown_when: ShownWhen
    citations: tuple[Citation, ...]
    review: Review
    signs: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.title

    @property
    def source_line(self) -> str:
        return ". ".join(citation.line for citation in self.citations)

    @property
    def review_line(self) -> str:
        return self.review.line

    @property
    def takes_phones(self) -> bool:
        return self.key == CALL_THE_CLINIC


def shown(texts: Iterable[PatientText], so: Collection[ShownWhen]) -> tuple[PatientText, ...]:
    """Those that belong on a paper. `so`: what holds of its schedule."""
    return tuple(text for text in texts if text.shown_when in so)


def source_names(texts: Iterable[PatientText]) -> tuple[str, ...]:
    """Each source that the texts rest on, once, as a paper names it at its end."""
    return tuple(dict.fromkeys(citation.source.name for text in texts for citation in text.citations))


def texts_awaiting(texts: Iterable[PatientText], today: date) -> tuple[PatientText, ...]:
    """Those that no named clinician has reviewed, or whose next review is overdue on that day."""
    return tuple(text for text in texts if text.review.is_awaited(today))
