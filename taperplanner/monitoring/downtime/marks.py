"""What is said wherever a record is shown that was typed in from a down-time form, and of what corrects it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format

from taperplanner.accounts.models import Clinic
from taperplanner.tapers.models import Plan

from ..models import CheckIn, Dispensing, EnteredLater


def paper_marks(clinic: Clinic, plans: Iterable[Plan]) -> Mapping[UUID, str]:
    """By the record. One query where nothing was typed in from a form, else three."""
    wanted = list(plans)
    rows = EnteredLater.objects.filter(
        Q(check_in__plan__in=wanted) | Q(dispensing__plan__in=wanted) | Q(hold__plan__in=wanted)
    )
    marks: dict[UUID, str] = {}
    for row in rows.select_related("form"):
        record_id = row.check_in_id or row.dispensing_id or row.hold_id
        assert record_id is not None  # noqa: S101 - a constraint
        marks[record_id] = mark_in_words(row, clinic)
    return marks | dict(_corrections(wanted, marks)) if marks else marks


def mark_of(row: CheckIn, clinic: Clinic) -> str:
    """Of one check-in, or of the first one that it corrects. Empty: it was never on paper."""
    one: CheckIn | None = row
    while one is not None:
        if (entered := getattr(one, "entered_later", None)) is not None:
            return mark_in_words(entered, clinic)
        one = one.corrects
    return ""


def mark_in_words(entered: EnteredLater, clinic: Clinic) -> str:
    when = date_format(entered.entered_at.astimezone(clinic.zone), "F j, Y, g:i A")
    time = f", time on the form: {entered.time_of_day}" if entered.time_of_day else ""
    return f"From a down-time form, code {entered.form.written_code}{time}, entered {when} by {entered.entered_by_name}"


def _corrections(plans: Sequence[Plan], marks: Mapping[UUID, str]) -> Iterable[tuple[UUID, str]]:
    found = dict(marks)
    models: tuple[Any, ...] = (CheckIn, Dispensing)
    for model in models:
        rows = model.objects.filter(plan__in=plans, corrects__isnull=False).order_by("plan", "number")
        for pk, corrects in rows.values_list("pk", "corrects"):
            if corrects in found:
                found[pk] = found[corrects]
    return found.items()
