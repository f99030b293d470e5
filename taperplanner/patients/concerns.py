"""Which of the reference document's warnings concern an entry of the medication list. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from taperplanner.guidance.library import Entry, library

from .models import Answer
from .vocabulary import DrugClass, tall_man, vocabulary
from .vocabulary.levels import Level

# The drug whose reference document it is: the taper's own, so not "another benzodiazepine".
DOCUMENTED: Final = "clonazepam"
# Classes that are no reason for a warning by themselves.
_NO_CONCERN: Final = frozenset({"", DrugClass.OTHER.value})
_LEVELS: Final = {Level.RAISES: "raises_level", Level.LOWERS: "lowers_level"}
# Drugs that an entry is about by themselves, whatever their class.
_ALONE: Final = {"valproic acid": "valproate"}
_CLASSES: Final = {each.value: each.label for each in DrugClass if each is not DrugClass.OTHER}


def concerns_of(*, drug: str, drug_class: str, sedates: str) -> tuple[str, ...]:
    """Classes of drugs, as guidance knows them. None: the document says nothing about such a thing.

    `drug`: its name in the vocabulary, or as it was typed. What has no known class but is recorded as sedating
    counts as one of the document's "other sedatives".
    """
    known = vocabulary().find(drug)
    name = known.name if known else drug
    if name == DOCUMENTED:
        return ()
    found = []
    if drug_class not in _NO_CONCERN:
        found.append(drug_class)
    elif sedates == Answer.YES:
        found.append(DrugClass.OTHER_SEDATIVE.value)
    if alone := _ALONE.get(name):
        found.append(alone)
    if level := level_of(drug):
        found.append(_LEVELS[level])
    return tuple(found)


def entries_on(concerns: Iterable[str], drug: str = DOCUMENTED) -> tuple[Entry, ...]:
    """What stands beside them, each entry once. `drug`: the one that is tapered."""
    found = (entry for concern in concerns for entry in library().concerning(concern, drug))
    return tuple(dict.fromkeys(found))


def level_of(drug: str) -> Level | None:
    """What it does to the level of the documented drug, as far as a source was found to say."""
    known = vocabulary().find(drug)
    return known.changes_level.level if known and known.changes_level else None


def level_in_words(level: Level) -> str:
    verb = {Level.RAISES: "raise", Level.LOWERS: "lower"}[level]
    return f"can {verb} {tall_man(DOCUMENTED)}’s level"


def concerns_in_words(concerns: Iterable[str], *, beside_documented: bool) -> str:
    """ "Barbiturate with clonazePAM; can lower clonazePAM’s level".

    `beside_documented`: whether the drug that the sources are about is taken beside it.
    """
    said = "; ".join(_in_words(concern, beside_documented=beside_documented) for concern in concerns)
    return said[:1].upper() + said[1:]


def _in_words(concern: str, *, beside_documented: bool) -> str:
    for level, its_concern in _LEVELS.items():
        if concern == its_concern:
            return level_in_words(level)
    what = _CLASSES.get(concern, "valproic acid")
    if not beside_documented:
        return what
    if concern == DrugClass.BENZODIAZEPINE:
        what = "Other benzodiazepine"
    return f"{what} with {tall_man(DOCUMENTED)}"
