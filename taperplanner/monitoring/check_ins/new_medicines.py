"""What the sources say to the medicines that a check-in names as new or changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from taperplanner.guidance.library import Entry
from taperplanner.patients.concerns import concerns_in_words, concerns_of, entries_on, level_of
from taperplanner.patients.models import Answer
from taperplanner.patients.vocabulary import Drug, tall_man, vocabulary
from taperplanner.patients.vocabulary.levels import Level


@dataclass(frozen=True, slots=True)
class NamedMedicine:
    """`says`: "Can raise clonazePAM’s level"."""

    name: str
    says: str
    entries: tuple[Entry, ...]


def medicines_named(note: str, drug: str) -> tuple[NamedMedicine, ...]:
    """Those with something to say beside the drug that is tapered. A name is known as it stands, and no slip of it."""
    found = []
    for named in _drugs_in(note):
        sedates = Answer.YES if named.sedates else Answer.NO
        concerns = concerns_of(drug=named.name, drug_class=named.drug_class, sedates=sedates)
        if entries := entries_on(concerns, drug):
            says = concerns_in_words(concerns, beside_documented=True)
            found.append(NamedMedicine(tall_man(named.name), says, entries))
    return tuple(found)


def level_changers_in(note: str) -> Iterator[tuple[str, Level]]:
    for named in _drugs_in(note):
        if level := level_of(named.name):
            yield tall_man(named.name), level


def _drugs_in(note: str) -> Iterator[Drug]:
    """A part of a combination that is named as a whole is not named apart."""
    names = vocabulary().mentioned(note)
    for name in sorted(names):
        is_part = any(name != other and f" {name} " in f" {other} " for other in names)
        if not is_part and (drug := vocabulary().named(name)):
            yield drug
