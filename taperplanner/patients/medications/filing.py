"""What the vocabulary knows about a typed name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ..concerns import level_in_words, level_of
from ..models import Answer, Kind
from ..vocabulary import DrugClass, tall_man, vocabulary
from ..vocabulary.near import near_misses

MOST_COMPLETIONS: Final = 12


@dataclass(frozen=True)
class Filing:
    """What the vocabulary says of a name. `kind` is the usual one, for when nobody chose."""

    drug: str
    drug_class: DrugClass
    sedates: Answer
    kind: Kind

    @property
    def sentence(self) -> str:
        """ "clonazePAM, benzodiazepine, sedating. Usually a prescription." """
        named = [tall_man(self.drug)]
        if self.drug_class != DrugClass.OTHER:
            named.append(self.drug_class.label.lower())
        named.append({Answer.YES: "sedating", Answer.NO: "not sedating"}.get(self.sedates, "may sedate"))
        if level := level_of(self.drug):
            named.append(level_in_words(level))
        return f"{', '.join(named)}. Usual kind: {self.kind.label.lower()}."


@dataclass(frozen=True)
class Completion:
    value: str
    label: str


def filed(name: str) -> Filing | None:
    """None: the vocabulary does not know the name, so somebody must say whether it sedates."""
    drug = vocabulary().find(name)
    if drug is None:
        return None
    sedates = Answer.YES if drug.sedates else Answer.NO
    return Filing(drug.name, drug.drug_class, sedates, Kind(drug.kind))


def near_drugs(name: str) -> str:
    """The drugs that a name is a slip of the finger away from, as they are asked about; empty where none is."""
    return " or ".join(near.drug for near in near_misses(name))


def near_miss_sentence(name: str) -> str:
    return f"“{name}” is not in the vocabulary, and reads like {near_drugs(name)}."


def completions(typed: str) -> list[Completion]:
    """Names that begin as typed."""
    return [_completion(label) for label in vocabulary().complete(typed, MOST_COMPLETIONS)]


@cache
def every_name() -> SafeString:
    """The whole vocabulary as options, for a browser that runs no script."""
    names = sorted(
        {name for drug in vocabulary().drugs for name in (drug.name, *drug.brands)}, key=str.casefold
    )
    return format_html_join("", '<option value="{}"></option>', ((name,) for name in names))


def _completion(label: str) -> Completion:
    """ "Klonopin (clonazepam)" stands for the name Klonopin."""
    drug = vocabulary().find(label)
    return Completion(label.removesuffix(f" ({drug.name})") if drug else label, label)
