"""The one door to guidance for the rest of the house: `library()`, read once in each process.

    library().topic("withdrawal", beside=True)             entries to stand beside a schedule
    library().concerning("opioid", drug="clonazepam")      entries that a medication or safety fact concerns
    library().has_drug("diazepam")                         is there a reference document at all?
    library().patient_texts("es")                          what the paper says beside the schedule

A drug is named by its generic name, in any case. A drug without content has no entries; a topic or
concern that does not exist is the caller's mistake and raises KeyError.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .document_lines import DocumentLine, lines_of
from .entries import Document, Entry, Source
from .loading import Content, load
from .patient_texts import Language, PatientText
from .vocabulary import CONCERNS, NO_CONCERN, TOPICS, ClaimStatus, Topic

__all__ = [
    "CONTENT",
    "ClaimStatus",
    "Document",
    "Entry",
    "Language",
    "Library",
    "PatientText",
    "Source",
    "Topic",
    "library",
]

CONTENT: Final = Path(__file__).parent / "content"
CLONAZEPAM: Final = "clonazepam"
IRREGULAR: Final = "stopping/irregular-doses"


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that is known, and the questions pages ask of it."""

    content: Content

    @property
    def drugs(self) -> tuple[str, ...]:
        return tuple(self.content.documents)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.content.entries

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(self.content.sources.values())

    def has_drug(self, drug: str) -> bool:
        return drug.strip().lower() in self.content.documents

    def document(self, drug: str = CLONAZEPAM) -> Document:
        return self.content.documents[drug.strip().lower()]

    def lines(self, drug: str = CLONAZEPAM) -> tuple[DocumentLine, ...]:
        """Each line of the drug's reference document, with where it stands."""
        return lines_of(self.document(drug), self.entries)

    def of_drug(self, drug: str = CLONAZEPAM) -> tuple[Entry, ...]:
        name = drug.strip().lower()
        return tuple(entry for entry in self.entries if entry.drug == name)

    def with_status(self, status: ClaimStatus, drug: str = CLONAZEPAM) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.of_drug(drug) if entry.status is status)

    def topics(self, drug: str = CLONAZEPAM) -> tuple[Topic, ...]:
        """The topics of which something is known, in the order in which they are listed."""
        known = {entry.topic for entry in self.of_drug(drug)}
        return tuple(topic for topic in TOPICS.values() if topic.slug in known)

    def topic(self, topic: str, drug: str = CLONAZEPAM, *, beside: bool = False) -> tuple[Entry, ...]:
        """A topic's entries. `beside` a schedule or an entry field: without those that state a pace."""
        slug = TOPICS[topic].slug
        return tuple(
            entry
            for entry in self.of_drug(drug)
            if entry.topic == slug and not (beside and entry.only_on_guidance_page)
        )

    def entry(self, topic: str, slug: str) -> Entry:
        """Raises: KeyError, if there is none."""
        for entry in self.entries:
            if (entry.topic, entry.slug) == (topic, slug):
                return entry
        raise KeyError(f"{topic}/{slug}")

    def over_schedules(self, drug: str = CLONAZEPAM) -> Entry | None:
        """What stands over every schedule of a drug. None, if there is no reference document."""
        if not self.has_drug(drug):
            return None
        key = self.document(drug).over_schedules
        return next(entry for entry in self.of_drug(drug) if entry.key == key)

    def beside_as_needed(self, drug: str = CLONAZEPAM) -> Entry | None:
        """What stands beside a dose as needed. None, if nothing is known of irregular doses of this drug."""
        return next((entry for entry in self.of_drug(drug) if entry.key == IRREGULAR), None)

    def concerning(self, concern: str, drug: str = CLONAZEPAM) -> tuple[Entry, ...]:
        """What stands beside a medication record or a safety fact: never an entry that states a pace."""
        if concern not in CONCERNS | {NO_CONCERN}:
            raise KeyError(concern)
        return tuple(
            entry
            for entry in self.of_drug(drug)
            if concern in entry.concerns and not entry.only_on_guidance_page
        )

    @property
    def languages(self) -> tuple[Language, ...]:
        """Equal to their codes, "en" and "es"; the first is the one that is translated."""
        return tuple(Language)

    def patient_texts(self, language: str) -> tuple[PatientText, ...]:
        """Every text of the paper, in its order. Raises: KeyError, in a language there is none in."""
        if language not in self.languages:
            raise KeyError(language)
        return self.content.patient_texts[Language(language)]

    def search(self, words: str) -> tuple[Entry, ...]:
        """Entries in which every word occurs, in any case; those with all of them in the title first."""
        wanted = words.casefold().split()
        found = [entry for entry in self.entries if wanted and _has_all(entry.text, wanted)]
        return tuple(sorted(found, key=lambda entry: not _has_all(entry.title, wanted)))


@functools.cache
def library() -> Library:
    """Raises: loading.BrokenContentError, which `manage.py check` reports file by file."""
    return Library(load(CONTENT))


def _has_all(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
