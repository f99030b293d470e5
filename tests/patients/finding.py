"""Who is looked for, and what the list answers."""

from __future__ import annotations

from datetime import date

import pytest

from taperplanner.patients.listing import Search, page_of
from taperplanner.patients.near_names import NearNames, names_near
from tests.world.universe import House, Universe

from ..world.people import build_patient

TODAY = date(2026, 3, 2)
PEOPLE = (
    ("Ana María", "Rivera Núñez", "Nita", "A-1001", date(1980, 3, 2), "+1 (305) 555-0142 ext 7"),
    ("Siobhán", "O'Brien-Smith", "", "0042", date(1980, 7, 9), "0151/5550188"),
    ("Rosa", "Vantongeren", "", "1980-77", date(1991, 12, 31), "555-0123"),
    ("Bo", "Chan", "", "5550142", date(1975, 1, 1), ""),
    ("", "الأحمد", "", "AR-1", date(1971, 1, 1), "٣٠٥ ٥٥٥ ٠١٧٧"),
)


@pytest.fixture
def house(universe: Universe) -> House:
    for given_name, family, preferred, mrn, born, phone in PEOPLE:
        for house in (universe.ours, universe.theirs):
            build_patient(
                house,
                given_name=given_name,
                family_name=family,
                preferred_name=preferred,
                mrn=mrn,
                date_of_birth=born,
                phone=phone,
            )
    return universe.ours


def found(house: House, typed: str) -> list[str]:
    page = page_of(
        house.clinic,
        Search.of(typed),
        user=house.staff,
        archived=False,
        before="",
        after="",
        today=TODAY,
    )
    return [row.mrn for row in page.rows]


def near(house: House, typed: str, *, archived: bool = False) -> NearNames | None:
    return names_near(house.clinic, Search.of(typed), user=house.staff, archived=archived, today=TODAY)


def near_mrns(house: House, typed: str) -> list[str]:
    shown = near(house, typed)
    return [row.mrn for row in shown.rows] if shown else []
