"""The orders in which the patient list is walked, a page at a time.

by name                     everybody, and whoever is found by a phone number
by key                      whoever is found by words: by the word that was found, then by name
by what a room above says   for which all who are found are sorted; the others are a range of an index, read in order
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q

from taperplanner.accounts.models import Clinic
from taperplanner.phones import numbers_in

from .finding import words_of
from .models import PatientQuerySet, searching
from .narrowing import Order

BY_NAME: Final = ("sort_key", "id")
Place = tuple[Any, ...]


@dataclass(frozen=True)
class Walk:
    """`among`: leaves those who are walked by. `columns`: what they are ordered by; the last tells each from all others.
    `by`: it in words.
    """

    among: Callable[[PatientQuerySet], PatientQuerySet]
    columns: tuple[str, ...]
    by: str = "family name"
    is_backwards: bool = False  # by the first column

    def in_order(self, patients: PatientQuerySet) -> PatientQuerySet:
        first, *others = self.columns
        return patients.order_by(f"-{first}" if self.is_backwards else first, *others)

    def place_of(self, one: PatientQuerySet) -> Place | None:
        """Where one patient stands; None if they are not among those who are walked by."""
        found = self.among(one).values_list(*self.columns).first()
        return found and tuple(bytes(value) if isinstance(value, memoryview) else value for value in found)

    def after(self, patients: PatientQuerySet, place: Place) -> PatientQuerySet:
        return patients.filter(self._beyond(place, turned=False))

    def before(self, patients: PatientQuerySet, place: Place) -> PatientQuerySet:
        return patients.filter(self._beyond(place, turned=True))

    def _beyond(self, place: Place, *, turned: bool) -> Q:
        ways = [turned != self.is_backwards, *(turned for _ in self.columns[1:])]
        return _beyond([*zip(self.columns, place, ways, strict=True)])


def walk_of(
    clinic: Clinic, words: str, born_on: Sequence[date], order: Order | None, *, archived: bool
) -> Walk:
    """`words`: as they were typed. A day of birth is looked for by its year, which is one of the words."""
    if order:
        value = order.value()
        return Walk(
            lambda patients: (patients.found_by(words, clinic=clinic) if words else patients).annotate(
                ordered=value
            ),
            ("ordered", *BY_NAME),
            order.label,
            order.is_backwards,
        )
    if numbers_in(words):
        found = searching(clinic).with_number(words)
        return Walk(lambda patients: patients.filter(pk__in=found), BY_NAME)
    sought_for = words_of(words)
    if words and not sought_for:
        return Walk(lambda patients: patients.none(), BY_NAME)
    sought_for += [str(day.year) for day in born_on]
    if not sought_for:
        return Walk(lambda patients: patients, BY_NAME)
    sought = searching(clinic).rarest_first(sought_for, archived=archived)
    return Walk(
        lambda patients: patients.found_under(sought, clinic=clinic, archived=archived),
        ("listed", "listed_id"),
        "the word that was found",
    )


def _beyond(columns: Sequence[tuple[str, Any, bool]]) -> Q:
    """Said so that one range of the index answers it: the first column's bound stands alone."""
    (name, value, is_less), *others = columns
    way = "lt" if is_less else "gt"
    if not others:
        return Q((f"{name}__{way}", value))
    return Q((f"{name}__{way}e", value)) & (Q((f"{name}__{way}", value)) | _beyond(others))
