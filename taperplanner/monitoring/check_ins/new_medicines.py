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
    """`name`: "Paxlovid (nirmatrelvir and ritonavir)". `says`: "Can raise clonazePAM’s level"."""

    name: str
    says: str
    entries: tuple[Entry, ...]


def medicines_named(note: str, drug: str) -> tuple[NamedMedicine, ...]:
    """Those with something to say beside the drug that is tapered. A name is known as it stands, and no slip of it."""
    found = []
    for called, named in _drugs_in(note):
        sedates = Answer.YES if named.sedates else Answer.NO
        concerns = concerns_of(drug=named.name, drug_class=named.drug_class, sedates=sedates)
        if entries := entries_on(concerns, drug):
            says = concerns_in_words(concerns, beside_documented=True)
            found.append(NamedMedicine(called, says, entries))
    return tuple(found)


def level_changers_in(note: str) -> Iterator[tuple[str, Level]]:
    for called, named in _drugs_in(note):
        if level := level_of(named.name):
            yield called, level


def _drugs_in(note: str) -> Iterator[tuple[str, Drug]]:
    """Each as it is called there: "Tegretol (carBAMazepine)". A part of a combination that is named is not named apart."""
    names = vocabulary().named_in(note)
    for name, called in sorted(names.items()):
        is_part = any(name != other and f" {name} " in f" {other} " for other in names)
        if not is_part and (drug := vocabulary().named(name)):
            own = called.removesuffix(f" ({name})")
            yield tall_man(name) if own == name else f"{own} ({tall_man(name)})", drug
