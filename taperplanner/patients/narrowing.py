"""What the patient list is narrowed and ordered by. Rooms above register what they know of a patient's plans and contacts.

    filters.register(Filter("plan", "Plans", choices, narrow))      in the room above, from its `AppConfig.ready()`

A value that is none of the choices narrows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from taperplanner.accounts.models import Clinic
from taperplanner.forms import PlainForm
from taperplanner.places import Registry

from .models import PatientQuerySet

SORT: Final = "sort"


@dataclass(frozen=True, slots=True)
class Filter:
    """`name`: of its field, and in the address. `narrow`: takes the chosen value and the clinic's day."""

    name: str
    label: str
    choices: Callable[[Clinic], Sequence[tuple[str, str]]]
    narrow: Callable[[PatientQuerySet, str, date], PatientQuerySet]


@dataclass(frozen=True, slots=True)
class Order:
    """`value`: an expression that is never null. `said`: it in words, for its column."""

    name: str
    label: str
    value: Callable[[], Any]
    said: Callable[[Clinic, Any], str]
    is_backwards: bool = False


filters: Registry[Filter] = Registry()
orders: Registry[Order] = Registry()


class NarrowingForm(PlainForm):
    """Chosen in the address, so that the page can be kept, and works without a script."""

    def __init__(self, asked: QueryDict, *, clinic: Clinic) -> None:
        super().__init__(asked)
        for one in filters:
            choices = [("", "All"), *one.choices(clinic)]
            self.fields[one.name] = forms.ChoiceField(label=one.label, choices=choices, required=False)
        by = [("", "Name"), *((order.name, order.label) for order in orders)]
        self.fields[SORT] = forms.ChoiceField(label="Sort by", choices=by, required=False)

    @property
    def narrowing(self) -> Narrowing:
        self.is_valid()
        chosen = [(one, self.cleaned_data.get(one.name, "")) for one in filters]
        by = self.cleaned_data.get(SORT, "")
        return Narrowing(
            tuple((one, value, self._words(one, value)) for one, value in chosen if value),
            next((order for order in orders if order.name == by), None),
        )

    def _words(self, one: Filter, value: str) -> str:
        field = self.fields[one.name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        return f"{one.label}: {dict(field.choices)[value]}"  # type: ignore[arg-type]


@dataclass(frozen=True)
class Narrowing:
    """Shape of `chosen`: each filter, its value, and both in words."""

    chosen: tuple[tuple[Filter, str, str], ...] = ()
    order: Order | None = None

    @property
    def words(self) -> list[str]:
        return [words for _, _, words in self.chosen]

    @property
    def query(self) -> str:
        """ "plan=open&sort=contact": what the links of the list keep."""
        pairs = [(one.name, value) for one, value, _ in self.chosen]
        return urlencode([*pairs, *([(SORT, self.order.name)] if self.order else [])])

    def of(self, patients: PatientQuerySet, today: date) -> PatientQuerySet:
        for one, value, _ in self.chosen:
            patients = one.narrow(patients, value, today)
        return patients


EVERYBODY: Final = Narrowing()
