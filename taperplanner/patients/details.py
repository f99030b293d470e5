"""What the actions take: cleaned values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from .births import Birth
from .models import Answer, Kind, Use

ARCHIVED: Final = "This patient is archived, so nothing can be changed. Restore the patient first."


@dataclass(frozen=True, kw_only=True)
class PatientDetails:
    """Names as `fields.NameField` cleans them. Someone with one name has it as their family name.

    `date_of_birth` is None, and `birth_year` is there, where only the year is known.
    `sex`, `pronoun`: empty if it is not recorded; `sex_in_words` of another alone.
    `paper_language`, `letter_size`: what the patient chose; empty if nobody asked.
    """

    mrn: str
    given_name: str
    family_name: str
    date_of_birth: date | None
    birth_year: int | None = None
    preferred_name: str = ""
    sex: str = ""
    sex_in_words: str = ""
    pronoun: str = ""
    phone: str = ""
    allergies: str = ""
    emergency_contact_name: str = ""
    emergency_contact_relation: str = ""
    emergency_contact_phone: str = ""
    home_caregiver: str = ""
    paper_language: str = ""
    letter_size: str = ""

    @property
    def birth(self) -> Birth:
        return Birth(self.date_of_birth, self.birth_year)


@dataclass(frozen=True, kw_only=True)
class FactAnswer:
    answer: Answer
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class MedicationDetails:
    """`sedates` and `kind` stand where the vocabulary does not know the name.

    Shape of `started`: "2014", "2014-03" or "2014-03-02", as `partial_days` writes it; may be empty.
    Shape of `is_not`: as `filing.near_drugs` writes it, of a name that is not what it comes near.
    """

    name: str
    kind: Kind | None = None
    sedates: Answer = Answer.UNKNOWN
    strength: str = ""
    form: str = ""
    directions: str = ""
    spelling_reason: str = ""
    indication: str = ""
    prescriber: str = ""
    use: Use = Use.REGULAR
    started: str = ""
    is_not: str = ""
