"""The drugs that a medication list can name: what each is called, what it is, whether it sedates, and what
it does to the level of clonazepam.

    vocabulary().find("Klonopin 1 mg")      the row for clonazepam
    vocabulary().find("Tylenol PM 500")     None: a miss asks "does it sedate?", a false hit would not
    vocabulary().complete("klon")           ("Klonopin (clonazepam)",)
    tall_man("clonazepam")                  "clonazePAM"

`drugs.csv` holds the rows, `levels.csv` which of them change that level, `sources.toml` where each was
read. A row whose ATC code, sedation, level or tall man letters rest on no source is refused, and so is a
name that two drugs would answer to.
"""

from __future__ import annotations

import csv
import functools
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final, NamedTuple

from taperplanner.text import decomposed, without_accents

from .levels import LevelStatement, with_levels
from .rules import VocabularyError, parts, refuse

COLUMNS: Final = ("name", "brands", "also", "atc", "drug_class", "sedates", "kind", "tall_man", "source")
STATEMENTS: Final = frozenset({"atc", "sedation", "tall_man", "level"})
LONGEST_TEXT: Final = 200  # what is longer is a note, not a name

_ATC: Final = re.compile(r"[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘ʼʻ`´′", "'"))
_LINKS: Final = frozenset({"and", "with"})  # "codeine with acetaminophen" and "codeine/acetaminophen"

_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+)"
_UNIT: Final = r"(?:mg|mcg|μg|ug|g|gm|ml|meq|iu|units?|%)"
_PER: Final = rf"(?:\s?(?:/|per)\s?(?:{_NUMBER}\s?)?(?:ml|hours?|hr|h|day|spray|dose|tablet))?"
_STRENGTHS: Final = (
    rf"{_NUMBER}\s?{_UNIT}?(?:\s?[/-]\s?{_NUMBER}\s?{_UNIT}?)+",  # 5/325, 5-325 mg, 5 mg/325 mg
    rf"{_NUMBER}\s?{_UNIT}{_PER}",  # 0.5 mg, 25 mcg/hr; never a bare number: "Tylenol 3" is codeine
)
# What leaves the drug the same, and in the body: no cream or eye drop, no "PM", "D" or "DM".
_FORMS: Final = r"""
    tablets? tabs? pills? caplets? capsules? caps? softgels? gelcaps? gummy gummies lozenges? chewable
    wafers? odts? orally rapidly disintegrating dissolving dispersible oral\sdrops? oral solution liquid elixir syrup suspension concentrate powder drink
    patch(?:es)? transdermal films? strips? sublingual sl buccal injections? injectable pen suppository
    inhaler hfa nasal spray er xr xl sr cr dr ir la ec extended delayed immediate sustained controlled
    release extra regular strength generic hcl hydrochloride hbr hydrobromide sodium disodium dipotassium
    maleate tartrate bitartrate succinate fumarate citrate sulfate acetate phosphate besylate mesylate pamoate
"""
_BRACKETED: Final = re.compile(r"\(([^()]*)\)")
_PART: Final = re.compile(
    rf"(?:(?:{'|'.join((*_STRENGTHS, *_FORMS.split()))})(?![\w%]))[\s,;()-]*",
)


class DrugClass(StrEnum):
    """What the interaction guidance speaks of. Every class but OTHER sedates."""

    BENZODIAZEPINE = "benzodiazepine"
    OPIOID = "opioid"
    Z_DRUG = "z_drug"
    BARBITURATE = "barbiturate"
    GABAPENTINOID = "gabapentinoid"
    SEDATING_ANTIHISTAMINE = "sedating_antihistamine"
    ANTIPSYCHOTIC = "antipsychotic"
    MUSCLE_RELAXANT = "muscle_relaxant"
    ALCOHOL = "alcohol"
    OTHER_SEDATIVE = "other_sedative"
    OTHER = "other"

    @property
    def label(self) -> str:
        return "Z-drug" if self is DrugClass.Z_DRUG else self.value.replace("_", " ").capitalize()


class DrugKind(StrEnum):
    """How it is mostly come by in the United States: a hint, which the record may overrule."""

    PRESCRIPTION = "prescription"
    OVER_THE_COUNTER = "otc"
    SUPPLEMENT = "supplement"
    SUBSTANCE = "substance"


@dataclass(frozen=True, slots=True)
class Source:
    key: str
    title: str
    publisher: str
    address: str  # empty where there is no page to point at
    read_on: date
    supports: frozenset[str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Drug:
    name: str
    brands: tuple[str, ...]
    also: tuple[str, ...]
    atc: str  # empty where the index has no code, or no single one; the source says which
    drug_class: DrugClass
    sedates: bool
    kind: DrugKind
    sources: tuple[Source, ...]
    tall_man: str = ""
    changes_level: LevelStatement | None = None  # none: no source in sources.toml was found to say so

    def sources_of(self, statement: str) -> tuple[Source, ...]:
        """Where one statement was read. Shape: one of STATEMENTS."""
        on_level = self.changes_level.sources if self.changes_level else ()
        return tuple(source for source in (*self.sources, *on_level) if statement in source.supports)


class _Offer(NamedTuple):
    key: str
    rank: int  # generics before brands before other spellings
    label: str
    drug: Drug


class Vocabulary:
    def __init__(self, drugs: Iterable[Drug]) -> None:
        """Raises: VocabularyError, if two drugs, or one drug twice, would answer to a name."""
        self.drugs: Final = tuple(drugs)
        self._offers: Final = sorted((offer for drug in self.drugs for offer in _offers(drug)), key=_order)
        self._by_key: Final[dict[str, Drug]] = {}
        for offer in self._offers:
            if not offer.key or offer.key in self._by_key:
                raise VocabularyError(f"{offer.label}: this name is empty, or listed twice")
            self._by_key[offer.key] = offer.drug
        for offer in self._offers:  # what complete() offers is found again as it stands, and turned round
            self._by_key.setdefault(_key(offer.label), offer.drug)
            self._by_key.setdefault(_key(f"{offer.drug.name} {offer.key}"), offer.drug)

    def find(self, text: str) -> Drug | None:
        """The drug a typed name is, alone or with a strength, a form or another of its names behind it."""
        text = normalise(text).replace("(", " (") if len(text) <= LONGEST_TEXT else ""
        words = text.split()
        for end in range(len(words), 0, -1):  # the longest name wins: "Tylenol PM" is not Tylenol
            drug = self._by_key.get(_key(" ".join(words[:end])))
            if drug is not None:
                rest = self._without_names(drug, " ".join(words[end:]))
                return drug if _is_strength_or_form(rest.lstrip("(,;-")) else None
        return None

    def mentioned(self, text: str) -> frozenset[str]:
        """The generic name of every drug that has a name standing in the text, as whole words."""
        return frozenset(self.named_in(text))

    def named_in(self, text: str) -> dict[str, str]:
        """Each of those with what it is called there: {"clonazepam": "Klonopin (clonazepam)"}."""
        words = f" {_key(text)} "
        found = [offer for offer in self._offers if f" {offer.key} " in words]
        return {offer.drug.name: offer.label for offer in sorted(found, key=lambda offer: len(offer.key))}

    def _without_names(self, drug: Drug, rest: str) -> str:
        """ "0.5 mg (klonopin)" without what stands in brackets, where that names the same drug."""
        return _BRACKETED.sub(lambda found: " " if self.find(found[1]) is drug else found[0], rest).strip()

    def named(self, name: str) -> Drug | None:
        """The drug of this generic name, and of no other name."""
        drug = self._by_key.get(_key(name))
        return drug if drug is not None and _key(drug.name) == _key(name) else None

    def complete(self, prefix: str, limit: int = 12) -> tuple[str, ...]:
        """Names that begin so: generics first, then brands, then other spellings."""
        start = _key(prefix)
        if not start:
            return ()
        first = bisect_left(self._offers, start, key=lambda offer: offer.key)
        last = bisect_left(self._offers, start + "\U0010ffff", key=lambda offer: offer.key)
        found = sorted(self._offers[first:last], key=lambda offer: (offer.rank, offer.key))
        return tuple(offer.label for offer in found[:limit])


@functools.cache
def vocabulary() -> Vocabulary:
    return load(resources.files(__name__))


def load(folder: Traversable) -> Vocabulary:
    """Read drugs.csv, levels.csv and sources.toml. Raises: VocabularyError, at the first rule that is broken."""
    texts = {
        name: folder.joinpath(name).read_text(encoding="utf-8")
        for name in ("sources.toml", "drugs.csv", "levels.csv")
    }
    sources = dict(_sources(texts["sources.toml"]))
    return Vocabulary(with_levels(_drugs(texts["drugs.csv"], sources), texts["levels.csv"], sources))


def tall_man(name: str) -> str:
    """A generic name in its tall man letters, or as it was given where no list has it."""
    drug = vocabulary().named(name)
    return (drug and drug.tall_man) or name


def normalise(text: str) -> str:
    """Letters without accents or case, words one space apart, one kind of apostrophe; digits and punctuation stay."""
    return " ".join(without_accents(decomposed(text.translate(_APOSTROPHES))).casefold().split())


def _key(text: str) -> str:
    """What makes two spellings one name: no punctuation, and no "and" between ingredients."""
    bare = re.sub(r"['.]", "", normalise(text))
    return " ".join(word for word in re.sub(r"\W+", " ", bare).split() if word not in _LINKS)


def _is_strength_or_form(rest: str) -> bool:
    position = 0
    while position < len(rest):
        part = _PART.match(rest, position)
        if part is None:
            return False
        position = part.end()
    return True


def _offers(drug: Drug) -> Iterator[_Offer]:
    yield _Offer(_key(drug.name), 0, drug.name, drug)
    for rank, names in enumerate((drug.brands, drug.also), start=1):
        for name in names:
            yield _Offer(_key(name), rank, f"{name} ({drug.name})", drug)


def _order(offer: _Offer) -> tuple[str, int]:
    return offer.key, offer.rank


def _sources(text: str) -> Iterator[tuple[str, Source]]:
    for key, fields in tomllib.loads(text).items():
        try:
            source = Source(key=key, **{**fields, "supports": frozenset(fields["supports"])})
        except (KeyError, TypeError) as error:
            raise VocabularyError(f"sources.toml, {key}: {error}") from error
        if not source.supports or source.supports - STATEMENTS:
            raise VocabularyError(f"sources.toml, {key}: supports one or more of {sorted(STATEMENTS)}")
        yield key, source


def _drugs(text: str, sources: Mapping[str, Source]) -> Iterator[Drug]:
    rows = csv.DictReader(text.splitlines(), strict=True)
    try:
        refuse(
            tuple(rows.fieldnames or ()) != COLUMNS, f"the columns are {', '.join(COLUMNS)}, in this order"
        )
        for row in rows:
            yield _drug(row, sources)
    except (csv.Error, KeyError, TypeError, ValueError) as error:
        raise VocabularyError(f"drugs.csv, line {rows.line_num}: {error}") from error


def _drug(row: dict[str, Any], sources: Mapping[str, Source]) -> Drug:
    refuse(None in row or None in row.values(), "a cell is missing or one too many")
    drug = Drug(
        name=row["name"],
        brands=parts(row["brands"]),
        also=parts(row["also"]),
        atc=row["atc"],
        drug_class=DrugClass(row["drug_class"]),
        sedates={"yes": True, "no": False}[row["sedates"]],
        kind=DrugKind(row["kind"]),
        sources=tuple(sources[key] for key in parts(row["source"])),
        tall_man=row["tall_man"],
    )
    refuse(drug.name != normalise(drug.name), "the generic name is written in small letters")
    refuse(bool(drug.atc) and not _ATC.fullmatch(drug.atc), f"{drug.atc} is not an ATC code")
    refuse(drug.sedates is (drug.drug_class is DrugClass.OTHER), "every class but 'other' sedates")
    refuse(drug.tall_man.lower() not in {"", drug.name}, "tall man letters spell the generic name")
    for statement in ("atc", "sedation", *(["tall_man"] if drug.tall_man else [])):
        refuse(not drug.sources_of(statement), f"no source for its {statement}")
    return drug
