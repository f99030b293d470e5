"""What changed in a patient's record: who, when, from what to what. Newest first, paged by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils.formats import date_format

from taperplanner.days import without_weekday
from taperplanner.partial_days import partial_day_in_words

from .models import Fact, MedicationRecord, Patient, SafetyFact

PAGE_SIZE: Final = 25
NOTHING: Final = "(nothing)"
_TOKEN = re.compile(r"([0-9]{1,17})_([0-2])_([0-9]{1,9})")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True)
class Change:
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    what: str
    name: str
    verb: str
    is_new: bool
    at: str
    by: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class HistoryPage:
    """`older` is the key of the next page; empty where there is none."""

    entries: list[Entry]
    older: str


@dataclass(frozen=True, order=True)
class _Place:
    """Where a row of history stands in the one order of all three tables."""

    at: datetime
    table: int
    number: int

    @property
    def token(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}_{self.table}_{self.number}"

    @classmethod
    def of(cls, token: str) -> _Place | None:
        match = _TOKEN.fullmatch(token)
        if match is None:
            return None
        return cls(_EPOCH + int(match[1]) * _MICROSECOND, int(match[2]), int(match[3]))


@dataclass(frozen=True)
class _Table:
    """One model's history: whose rows are a patient's, and which fields are shown."""

    model: Any
    owner: str
    what: str
    fields: tuple[str, ...]

    def rows(self, patient: Patient) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.history.filter(**{self.owner: patient.pk})
        return rows


_TABLES: Final = (
    _Table(
        Patient,
        "id",
        "Patient",
        (
            "given_name", "family_name", "preferred_name", "date_of_birth", "birth_year", "sex", "sex_in_words", "pronoun",
            "mrn", "phone", "allergies", "emergency_contact_name", "emergency_contact_relation", "emergency_contact_phone",
            "home_caregiver", "paper_language", "letter_size", "archived_at", "archived_reason",
        ),
    ),
    _Table(
        MedicationRecord,
        "patient_id",
        "Medication",
        (
            "name", "drug", "drug_class", "sedates", "kind", "strength", "form", "directions", "spelling_reason", "use",
            "started", "indication", "prescriber", "stopped_on", "stop_reason", "is_not",
        ),
    ),
    _Table(SafetyFact, "patient_id", "Safety fact", ("answer", "note")),
)  # fmt: skip
_VERBS: Final = {"+": "added", "~": "changed", "-": "deleted"}


def history_page(patient: Patient, *, zone: ZoneInfo, older_than: str = "") -> HistoryPage:
    """Six queries at most, however long the history."""
    place = _Place.of(older_than)
    rows = sorted(
        (
            (_Place(row["history_date"], number, row["history_id"]), row)
            for number, table in enumerate(_TABLES)
            for row in _newest(table, number, patient, place)
        ),
        key=lambda placed: placed[0],
        reverse=True,
    )
    shown = rows[:PAGE_SIZE]
    earlier = _earlier(patient, shown)
    entries = [
        _entry(_TABLES[place.table], row, earlier.get((place.table, row["earlier_id"]), {}), zone)
        for place, row in shown
    ]
    return HistoryPage(entries, older=shown[-1][0].token if len(rows) > PAGE_SIZE else "")


def _newest(table: _Table, number: int, patient: Patient, place: _Place | None) -> Iterable[dict[str, Any]]:
    """One more than a page holds, each with the number of the row that it changed."""
    rows = table.rows(patient)
    if place is not None:
        comes_after = Q(history_date__lt=place.at)
        if number < place.table:
            comes_after |= Q(history_date=place.at)
        elif number == place.table:
            comes_after |= Q(history_date=place.at, history_id__lt=place.number)
        rows = rows.filter(comes_after)
    earlier = table.model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    columns = (*_columns(table), "earlier_id", "history_date", "history_type", "history_user__name")
    rows = rows.annotate(earlier_id=Subquery(earlier.order_by("-history_id").values("history_id")[:1]))
    newest: Iterable[dict[str, Any]] = rows.order_by("-history_date", "-history_id").values(*columns)[
        : PAGE_SIZE + 1
    ]
    return newest


def _earlier(
    patient: Patient, shown: list[tuple[_Place, dict[str, Any]]]
) -> Mapping[tuple[int, int], dict[str, Any]]:
    """What each shown row's object said before, by table and number."""
    found = {}
    for number, table in enumerate(_TABLES):
        wanted = [row["earlier_id"] for place, row in shown if place.table == number and row["earlier_id"]]
        if wanted:
            for row in table.rows(patient).filter(history_id__in=wanted).values(*_columns(table)):
                found[number, row["history_id"]] = row
    return found


def _columns(table: _Table) -> list[str]:
    return ["history_id", *table.fields, *(["fact"] if table.model is SafetyFact else [])]


def _entry(table: _Table, row: dict[str, Any], earlier: dict[str, Any], zone: ZoneInfo) -> Entry:
    values = (
        (
            name,
            _in_words(table.model, name, earlier.get(name), zone),
            _in_words(table.model, name, row[name], zone),
        )
        for name in table.fields
    )
    return Entry(
        what=table.what,
        name=Fact(row["fact"]).label if "fact" in row else row.get("name", ""),
        verb=_VERBS[row["history_type"]],
        is_new=row["history_type"] == "+",
        at=date_format(row["history_date"].astimezone(zone), "F j, Y, g:i A"),
        by=row["history_user__name"] or "the system",
        changes=tuple(
            Change(_label(table.model, name), before or NOTHING, after or NOTHING)
            for name, before, after in values
            if before != after
        ),
    )


def _label(model: type[Model], name: str) -> str:
    label = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _in_words(model: type[Model], name: str, value: Any, zone: ZoneInfo) -> str:
    if value is None or value == "":
        return ""
    if name == "started":
        return partial_day_in_words(value)
    if isinstance(value, datetime):
        return date_format(value.astimezone(zone), "F j, Y, g:i A")
    if isinstance(value, date):
        return without_weekday(value)
    choices = dict(model._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, value))
