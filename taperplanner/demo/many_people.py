"""Any number of synthetic people, each made of a number: the same number is the same person. Nobody is real.

Names come as often as in a clinic: few are common, most are rare. Every MRN begins with SYNTHETIC.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from taperplanner.patients.choices import Sex
from taperplanner.patients.details import PatientDetails

MARK: Final = "SYNTHETIC-"


def _words(text: str) -> list[str]:
    return text.split()


FEMALE: Final = _words(
    "Maria Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Nancy Lisa Margaret Sandra Ashley"
    " Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Laura Sharon Cynthia Kathleen Amy"
    " Angela Anna Ruth Brenda Pamela Nicole Katherine Samantha Christine Emma Catherine Virginia Rachel Carolyn Janet"
    " Guadalupe Ana Rosa Mei Fatima Aisha Priya Thuy Yuki Ngozi Siobhán Zoë Renée Inés"
)
MALE: Final = _words(
    "James Robert John Michael David William Richard José Joseph Thomas Christopher Charles Daniel Matthew Anthony"
    " Mark Donald Steven Andrew Paul Joshua Kenneth Kevin Brian Timothy Ronald George Jason Edward Jeffrey Ryan Jacob"
    " Nicholas Gary Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Patrick Frank"
    " Luis Carlos Juan Wei Hiroshi Mohammed Arjun Dmitri Kwame Björn François Tomás Ángel"
)
FAMILY: Final = _words(
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson"
    " Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson"
    " Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell"
    " Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris"
    " Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward"
    " Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel"
    " Myers Long Ross Foster Jimenez Powell Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes"
    " Gonzales Fisher Vasquez Simmons Romero Jordan Patterson Alexander Hamilton Graham Reynolds Griffin Wallace"
    " Moreno West Cole Hayes Bryant Herrera Gibson Ellis Tran Medina Aguilar Stevens Murray Ford Castro Marshall Owens"
    " Harrison Fernandez McDonald Woods Washington Kennedy Wells Vargas Henry Chen Freeman Webb Tucker Guzman Burns"
    " Crawford Olson Simpson Porter Hunter Gordon Mendez Silva Shaw Snyder Mason Dixon Muñoz Hunt Hicks Holmes Palmer"
    " O’Brien O’Neil Núñez Åkesson Müller Dvořák Nowak Okafor Abernathy Yilmaz Haddad Kowalczyk Featherstonehaugh"
)
_OLDEST: Final = date(1932, 1, 1)
_DAYS: Final = 74 * 365
_ONLY_THE_YEAR: Final = 60  # of one in so many no more is known
_TWO_FAMILY_NAMES: Final = 12
_PREFERRED: Final = 25


def person(number: int) -> PatientDetails:
    # Names, not secrets.
    chance = Random(number)  # noqa: S311  # nosec B311
    sex = Sex.FEMALE if number % 2 else Sex.MALE
    given = FEMALE if sex == Sex.FEMALE else MALE
    [family] = chance.choices(FAMILY, cum_weights=_WEIGHTS[: len(FAMILY)])
    if not chance.randrange(_TWO_FAMILY_NAMES):
        family = f"{family} {chance.choice(FAMILY)}"
    born = _OLDEST + timedelta(days=chance.randrange(_DAYS))
    is_year = not chance.randrange(_ONLY_THE_YEAR)
    return PatientDetails(
        mrn=mrn(number),
        given_name=chance.choices(given, cum_weights=_WEIGHTS[: len(given)])[0],
        family_name=family,
        preferred_name=chance.choice(given) if not chance.randrange(_PREFERRED) else "",
        date_of_birth=None if is_year else born,
        birth_year=born.year if is_year else None,
        sex=sex,
        phone=f"(555) {chance.randrange(200, 999)}-{chance.randrange(10_000):04}",
    )


def mrn(number: int) -> str:
    return f"{MARK}{number:07}"


# The name in place n comes as often as 100 / (n + 10): the first ones are ten times as common as the hundredth.
_WEIGHTS: Final = list(accumulate(1000 // (place + 10) for place in range(len(FAMILY))))
