"""What was really taken: rows of first day, last day and daily dose, each typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from crispy_forms.layout import Div, Field
from django import forms

from taperplanner.days import short
from taperplanner.fields import DoseField
from taperplanner.patients.fields import PastDayField

from ..models import CheckIn
from ..taken import TakenRun, overlap

FEWEST_ROWS: Final = 3
MORE_ROWS: Final = 4
MOST_ROWS: Final = 100
FIRST, LAST, DOSE = "first", "last", "dose"


def rows_in(values: Mapping[str, Any]) -> int:
    """How many rows the page held, as its hidden number says."""
    text = str(values.get("rows", ""))
    rows = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_ROWS)) else 0
    return max(FEWEST_ROWS, min(rows, MOST_ROWS))


def run_fields(rows: int) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "rows": forms.CharField(required=False, widget=forms.HiddenInput, initial=str(rows))
    }
    for row in range(rows):
        fields[_name(row, FIRST)] = PastDayField(label="From")
        fields[_name(row, LAST)] = PastDayField(label="To (empty: that day only)")
        fields[_name(row, DOSE)] = DoseField(label="mg a day", required=False)
    return fields


def run_rows(rows: int) -> list[Any]:
    return [
        Div(
            *(Field(_name(row, part), wrapper_class="run-cell") for part in (FIRST, LAST, DOSE)),
            css_class="run-row",
            role="group",
            **{"aria-label": f"Days taken, row {row + 1}"},
        )
        for row in range(rows)
    ]


class RunsMixin:
    """For a form that has the fields above."""

    cleaned_data: dict[str, Any]
    rows: int

    def runs(self) -> tuple[TakenRun, ...]:
        """Of the rows that are whole."""
        found = []
        for row in range(self.rows):
            first, last, dose = self._row(row)
            if first is not None and dose is not None:
                found.append(TakenRun(first, last or first, dose))
        return tuple(found)

    def wrong_runs(self) -> dict[str, str]:
        """Half a row, a row that ends before it begins, and two rows for one day."""
        wrong = {}
        for row in range(self.rows):
            first, last, dose = self._row(row)
            if first is None and (last or dose is not None):
                wrong[_name(row, FIRST)] = "Enter the first day of this row."
            if dose is None and (first or last):
                wrong[_name(row, DOSE)] = "Enter the mg taken a day; zero if nothing was taken."
            if first and last and last < first:
                wrong[_name(row, LAST)] = f"This is before {short(first)}. Check the two days."
        both = None if wrong else overlap(self.runs())
        if both:
            row = next(row for row in range(self.rows) if self._row(row)[0] == both[1].first_day)
            wrong[_name(row, FIRST)] = f"The row from {short(both[0].first_day)} speaks of this day too."
        return wrong

    def _row(self, row: int) -> tuple[date | None, date | None, Any]:
        first, last, dose = (self.cleaned_data.get(_name(row, part)) for part in (FIRST, LAST, DOSE))
        return first, last, dose


def run_values(check_in: CheckIn) -> dict[str, Any]:
    values: dict[str, Any] = {}
    runs = sorted(TakenRun(run.first_day, run.last_day, run.dose) for run in check_in.runs.all())
    for row, run in enumerate(runs):
        values[_name(row, FIRST)] = run.first_day
        values[_name(row, LAST)] = run.last_day
        values[_name(row, DOSE)] = run.dose.number
    return values | {"rows": str(len(runs))}


def _name(row: int, part: str) -> str:
    return f"taken_{row}_{part}"
