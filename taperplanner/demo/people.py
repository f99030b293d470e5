"""The synthetic patients of the demo, as plain data. Every MRN begins with SYNTHETIC; nobody is real."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from taperplanner.patients.details import FactAnswer
from taperplanner.patients.models import Answer, Fact, Kind


@dataclass(frozen=True, slots=True)
class Taken:
    name: str
    kind: Kind = Kind.PRESCRIPTION
    strength: str = ""
    directions: str = ""
    indication: str = ""
    started: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    mrn: str
    given_name: str
    family_name: str
    born: date | None
    preferred_name: str = ""
    allergies: tuple[tuple[str, str], ...] = ()  # each a substance and its reaction
    takes: tuple[Taken, ...] = ()
    yes: tuple[Fact, ...] = ()
    unknown: tuple[Fact, ...] = ()
    not_asked: tuple[Fact, ...] = ()
    notes: Mapping[Fact, str] = field(default_factory=dict)
    is_reviewed: bool = True
    is_asked_about_allergies: bool = True
    birth_year: int | None = None  # where no more is known

    @property
    def answers(self) -> dict[Fact, FactAnswer]:
        asked = (fact for fact in Fact if fact not in self.not_asked)
        return {fact: FactAnswer(answer=self._answer(fact), note=self.notes.get(fact, "")) for fact in asked}

    def _answer(self, fact: Fact) -> Answer:
        if fact in self.unknown:
            return Answer.UNKNOWN
        return Answer.YES if fact in self.yes else Answer.NO


KLONOPIN: Final = Taken(
    "Klonopin",
    strength="1 mg tablet",
    directions="1 tablet in the morning and 1 tablet at bedtime",
    indication="Panic disorder",
    started="2017-04",
)
OXYCODONE: Final = Taken(
    "oxycodone", strength="5 mg tablet", directions="1 tablet when needed for pain", indication="Back pain"
)
WINE: Final = Taken("wine", kind=Kind.SUBSTANCE, directions="About 1 glass on most evenings")
DIPHENHYDRAMINE: Final = Taken(
    "diphenhydramine", kind=Kind.OVER_THE_COUNTER, strength="25 mg", directions="1 at bedtime to sleep"
)
SERTRALINE: Final = Taken(
    "sertraline", strength="50 mg tablet", directions="1 tablet in the morning", started="2021"
)
# As in the record of somebody who was last asked before these were asked for.
ASKED_LATER: Final = (
    Fact.EARLIER_WITHDRAWAL,
    Fact.SUBSTANCE_USE_DISORDER,
    Fact.MOOD_OR_PSYCHOTIC_DISORDER,
    Fact.PTSD,
    Fact.FALLS,
    Fact.KIDNEY_DISEASE,
    Fact.GLAUCOMA,
)
MELATONIN: Final = Taken("melatonin", kind=Kind.SUPPLEMENT, strength="3 mg", directions="1 at bedtime")

PEOPLE: Final = (
    Person("SYNTHETIC-001", "Ana", "Rivera", date(1978, 3, 2), "Nita", (("Penicillin", "rash"), ("Lactose", "cramps")), (KLONOPIN, SERTRALINE)),
    Person(
        "SYNTHETIC-002",
        "Walter",
        "Boone",
        date(1949, 11, 30),
        takes=(KLONOPIN,),
        yes=(Fact.BREATHING_DISEASE, Fact.KIDNEY_DISEASE),
        unknown=(Fact.GLAUCOMA,),
    ),
    Person(
        "SYNTHETIC-003",
        "Denise",
        "Okafor",
        date(1966, 7, 14),
        takes=(KLONOPIN, OXYCODONE, WINE),
        yes=(Fact.OPIOID_USE, Fact.ALCOHOL_USE),
        unknown=(Fact.SUBSTANCE_USE_DISORDER,),
    ),
    Person(
        "SYNTHETIC-004",
        "Tomás",
        "Núñez Ortega",
        date(1990, 1, 9),
        takes=(KLONOPIN, DIPHENHYDRAMINE),
        yes=(Fact.EARLIER_WITHDRAWAL, Fact.PTSD),
        notes={Fact.EARLIER_WITHDRAWAL: "A taper in 2023 was given up after a month; no seizure."},
    ),
    Person("SYNTHETIC-005", "Mei", "王", date(1984, 5, 21), takes=(KLONOPIN,), unknown=(Fact.LIVER_DISEASE,)),
    Person("SYNTHETIC-006", "ليلى", "حداد", None, takes=(KLONOPIN,), yes=(Fact.SEIZURE_DISORDER,), birth_year=1961),
    Person(
        "SYNTHETIC-007",
        "Ruth",
        "Abernathy",
        date(1938, 8, 19),
        takes=(KLONOPIN, MELATONIN),
        yes=(Fact.FALLS,),
        not_asked=(Fact.KIDNEY_DISEASE, Fact.GLAUCOMA),
        notes={Fact.FALLS: "Twice, on the way to the bathroom at night."},
        is_reviewed=False,
    ),
    Person(
        "SYNTHETIC-008", "James", "O’Neil", date(1995, 2, 28), is_asked_about_allergies=False, takes=(KLONOPIN,), not_asked=tuple(Fact)
    ),
    Person("SYNTHETIC-009", "Priyanka", "Raman", date(1993, 10, 5), takes=(KLONOPIN,), yes=(Fact.PREGNANCY_OR_BREASTFEEDING,)),
    Person(
        "SYNTHETIC-010",
        "Leif",
        "Åkesson",
        date(1981, 6, 6),
        takes=(KLONOPIN,),
        yes=(Fact.PAST_SUICIDAL_THOUGHTS, Fact.MOOD_OR_PSYCHOTIC_DISORDER, Fact.SUBSTANCE_USE_DISORDER),
    ),
    Person("SYNTHETIC-011", "Ana", "Rivera", date(1991, 9, 12), takes=(SERTRALINE,)),
    Person("SYNTHETIC-012", "Maximiliana Alexandrina", "Featherstonehaugh-Cholmondeley", date(1969, 4, 30), takes=(KLONOPIN,), not_asked=ASKED_LATER),
)  # fmt: skip
