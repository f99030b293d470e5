"""The patient list: found by name, MRN or date of birth, in the order of a walk, and paged by key, without counting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from django.urls import reverse

from taperplanner.accounts.models import Clinic, User
from taperplanner.days import NotADay, parse_day
from taperplanner.text import without_pasted

from .ages import Age
from .births import Birth
from .models import Patient, PatientQuerySet
from .names import list_name
from .narrowing import EVERYBODY, Narrowing, Order
from .restricted.rule import closed_with_mrn, open_to
from .walks import Place, Walk, walk_of

PAGE_SIZE: Final = 25
LONGEST_SEARCH: Final = 200
COLUMNS: Final = (
    "id",
    "given_name",
    "family_name",
    "preferred_name",
    "date_of_birth",
    "birth_year",
    "mrn",
)
Columns = tuple[UUID, str, str, str, date | None, int | None, str]


@dataclass(frozen=True)
class PatientRow:
    """One line of the list, ready to print."""

    id: UUID
    address: str
    name: str
    preferred_name: str
    born: str
    age: Age
    mrn: str
    ordered_by: str = ""  # what the list is sorted by, in words, where that is not the name


@dataclass(frozen=True)
class Page:
    """`before` and `after` are the keys of the neighbouring pages; empty where there is none. `by`: what it is ordered by."""

    rows: list[PatientRow]
    before: str
    after: str
    by: str


@dataclass(frozen=True)
class Search:
    """What was typed, taken apart: dates of birth, and the words that are left."""

    text: str
    born_on: tuple[date, ...]
    words: str

    @classmethod
    def of(cls, typed: str) -> Search:
        text = " ".join(without_pasted(typed.replace("\0", " ")).split())[:LONGEST_SEARCH]
        if (day := _day(text)) is not None:  # "March 2, 1980" is one date of three words
            return cls(text, (day,), "")
        days = {word: _day(word) for word in text.split()}
        words = " ".join(word for word, day in days.items() if day is None)
        return cls(text, tuple(day for day in days.values() if day is not None), words)


def page_of(
    clinic: Clinic,
    search: Search,
    *,
    user: User,
    archived: bool,
    before: str,
    after: str,
    today: date,
    narrowing: Narrowing = EVERYBODY,
) -> Page:
    """One page of the patients who are open to the user. A key that is nobody's here asks for the first page."""
    walk = walk_of(clinic, search.words, search.born_on, narrowing.order, archived=archived)
    patients = walk.among(narrowing.of(listed_for(clinic, search, user=user, archived=archived), today))
    neighbour = _place(walk, open_to(clinic.patients.all(), user), before or after)
    fetched = partial(_fetched, order=narrowing.order, clinic=clinic, today=today)
    if before and neighbour:
        found = fetched(walk.in_order(walk.before(patients, neighbour)).reverse())
        rows = found[:PAGE_SIZE][::-1]
        return Page(
            rows,
            before=_token(rows, 0, when=len(found) > PAGE_SIZE),
            after=_token(rows, -1, when=True),
            by=walk.by,
        )
    found = fetched(walk.in_order(walk.after(patients, neighbour) if neighbour else patients))
    rows = found[:PAGE_SIZE]
    return Page(
        rows,
        before=_token(rows, 0, when=neighbour is not None),
        after=_token(rows, -1, when=len(found) > PAGE_SIZE),
        by=walk.by,
    )


def listed_for(clinic: Clinic, search: Search, *, user: User, archived: bool) -> PatientQuerySet:
    """Whoever is open to the user and was born on the days of the search. Its words are still to be asked about."""
    listed: PatientQuerySet = open_to(clinic.patients.all(), user)
    patients = listed.archived() if archived else listed.active()
    for day in search.born_on:
        patients = patients.born_on(day)
    return patients


def restricted_one(search: Search, user: User) -> Patient | None:
    """Whose MRN was typed, whole, and is closed to the user: that much is said, so that nobody is lost in an emergency."""
    return closed_with_mrn(user, search.text)


def row_of(columns: Columns, today: date) -> PatientRow:
    pk, given, family, preferred, day, year, mrn = columns
    birth = Birth(day, year)
    address = reverse("patients:patient", args=[pk])
    return PatientRow(
        pk, address, list_name(given, family), preferred, birth.in_words, birth.age_on(today), mrn
    )


def _fetched(patients: PatientQuerySet, order: Order | None, clinic: Clinic, today: date) -> list[PatientRow]:
    """One more than a page holds, to know whether there is a next."""
    if order is None:
        return [row_of(columns, today) for columns in patients.values_list(*COLUMNS)[: PAGE_SIZE + 1]]
    return [
        replace(row_of(columns, today), ordered_by=order.said(clinic, value))
        for *columns, value in patients.values_list(*COLUMNS, "ordered")[: PAGE_SIZE + 1]
    ]


def _place(walk: Walk, listed: PatientQuerySet, token: str) -> Place | None:
    """The place of the patient whose id a page's address carries: an id alone names nobody."""
    try:
        pk = UUID(hex=token)
    except ValueError:
        return None
    return walk.place_of(listed.filter(pk=pk))


def _token(rows: list[PatientRow], index: int, *, when: bool) -> str:
    return rows[index].id.hex if when and rows else ""


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except NotADay:
        return None
