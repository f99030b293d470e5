"""What was really taken: rows of first day, last day and tablets or mL of each product a day, all typed.

The app adds a day's dose up. Earlier check-ins asked for mg, and are corrected in mg.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from crispy_forms.layout import HTML, Div, Field
from django import forms
from django.utils.html import escape

from taperplanner.days import NotADay, parse_day, short
from taperplanner.doses import Dose, InexactDose, NotAnAmount, Quantity
from taperplanner.fields import DoseField, PastDayField, QuantityField
from taperplanner.tapers.draft.quantities import quantity_reader, read_drops
from taperplanner.tapers.schedule.schedule import ScheduleProduct, Unit, short_names

from ...models import CheckIn
from ..taken import TakenRun, overlap, sum_of

FEWEST_ROWS: Final = 3
MORE_ROWS: Final = 4
MOST_ROWS: Final = 100
FIRST, LAST, DOSE = "first", "last", "dose"
NO_PRODUCT: Final = "This plan has no product yet, so what was taken can only be described in a note."
_UNITS: Final = {Unit.TABLET: "Tablets", Unit.ML: "mL", Unit.DROP: "Drops"}
_FRACTION: Final = re.compile("[½¼¾/]")


class TakenField(QuantityField):
    """Tablets of a product; a liquid in mL, which a syringe shows as decimals; whole drops."""

    def __init__(self, product: ScheduleProduct, name: str) -> None:
        super().__init__(label=f"{_UNITS[product.form.unit]} a day of {name}", required=False)
        self.product = product

    def to_python(self, value: Any) -> Quantity | None:
        if self.product.form.unit is Unit.ML and _FRACTION.search(str(value or "")):
            raise forms.ValidationError("Enter mL in digits with a point, as the syringe shows them.")
        if self.product.form.unit is Unit.DROP and value not in self.empty_values:
            return _whole_drops(str(value))
        return super().to_python(value)


def _whole_drops(text: str) -> Quantity:
    try:
        return read_drops(text)
    except NotAnAmount as problem:
        raise forms.ValidationError(str(problem)) from problem


def rows_in(values: Mapping[str, Any]) -> int:
    """How many rows the page held, as its hidden number says."""
    text = str(values.get("rows", ""))
    rows = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_ROWS)) else 0
    return max(FEWEST_ROWS, min(rows, MOST_ROWS))


def days_in(values: Mapping[str, Any]) -> list[date]:
    """The first days of the rows, as far as they can be read."""
    found = []
    for row in range(rows_in(values)):
        value = values.get(_name(row, FIRST)) or ""
        try:
            found.append(value if isinstance(value, date) else parse_day(str(value)))
        except NotADay:
            continue
    return found


def products_in(values: Mapping[str, Any], products: Iterable[ScheduleProduct]) -> list[ScheduleProduct]:
    """Those that a row has a quantity of."""
    rows = range(rows_in(values))
    return [one for one in products if any(values.get(_of(row, one)) for row in rows)]


def run_fields(rows: int, products: Sequence[ScheduleProduct], *, in_mg: bool) -> dict[str, forms.Field]:
    names = short_names(products)
    fields: dict[str, forms.Field] = {
        "rows": forms.CharField(required=False, widget=forms.HiddenInput, initial=str(rows))
    }
    for row in range(rows if products or in_mg else 0):
        fields[_name(row, FIRST)] = PastDayField(label="From")
        fields[_name(row, LAST)] = PastDayField(label="To (empty: that day only)")
        if in_mg:
            fields[_name(row, DOSE)] = DoseField(label="mg a day", required=False)
        else:
            fields |= {_of(row, product): TakenField(product, names[product.number]) for product in products}
    return fields


class RunsMixin:
    """For a form that has the fields above."""

    cleaned_data: dict[str, Any]
    fields: dict[str, forms.Field]
    rows: int
    asked: Sequence[ScheduleProduct]
    in_mg: bool

    def runs(self) -> tuple[TakenRun, ...]:
        """Of the rows that are whole."""
        found = []
        for row in range(self.rows):
            first, last = self._days(row)
            run = self._told(row)
            if first is not None and run is not None:
                found.append(TakenRun(first, last or first, run[0], run[1]))
        return tuple(found)

    def first_days(self) -> list[str]:
        """The names of the fields that say from when each row is."""
        return [name for row in range(self.rows) if (name := _name(row, FIRST)) in self.fields]

    def wrong_runs(self) -> dict[str, str]:
        """Half a row, a row that ends before it begins, and two rows for one day."""
        wrong: dict[str, str] = {}
        for row in range(self.rows):
            wrong |= self._wrong_row(row)
        both = None if wrong else overlap(self.runs())
        if both:
            row = next(row for row in range(self.rows) if self._days(row)[0] == both[1].first_day)
            wrong[_name(row, FIRST)] = f"The row from {short(both[0].first_day)} covers this day too."
        return wrong

    def run_rows(self, values: Mapping[str, Any]) -> list[Any]:
        """For the layout. `values`: as typed, so that each row says what it adds up to."""
        if not self.asked and not self.in_mg:
            return [HTML(f"<p>{escape(NO_PRODUCT)}</p>")]
        amounts = [DOSE] if self.in_mg else [_part(product) for product in self.asked]
        rows = []
        for row in range(self.rows):
            total = None if self.in_mg else day_sum(values, row, self.asked)
            adds_up = f'<p class="run-sum">Adds up to <strong>{total}</strong> a day</p>' if total else ""
            rows.append(
                Div(
                    *(Field(_name(row, part), wrapper_class="run-cell") for part in (FIRST, LAST, *amounts)),
                    HTML(adds_up),
                    css_class="run-row",
                    role="group",
                    **{"aria-label": f"Days taken, row {row + 1}"},
                )
            )
        return rows

    def _wrong_row(self, row: int) -> dict[str, str]:
        first, last = self._days(row)
        amounts = self._amounts(row)
        wrong: dict[str, str] = {}
        typed = {name for name, amount in amounts.items() if amount is not None}
        if first is None and (last or typed):
            wrong[_name(row, FIRST)] = "Enter the first day of this row."
        if first or last or typed:
            wrong |= {name: self._missing() for name in amounts if name not in typed}
        if first and last and last < first:
            wrong[_name(row, LAST)] = f"This is before {short(first)}. Check the two days."
        try:
            self._told(row)
        except InexactDose:
            wrong[next(iter(amounts))] = "This dose has too many digits after the point. Check the number."
        return wrong

    def _missing(self) -> str:
        if self.in_mg:
            return "Enter the mg taken a day; 0 if nothing was taken."
        return "Enter how much of this was taken a day; zero if none of it."

    def _days(self, row: int) -> tuple[date | None, date | None]:
        return self.cleaned_data.get(_name(row, FIRST)), self.cleaned_data.get(_name(row, LAST))

    def _amounts(self, row: int) -> dict[str, Any]:
        parts = [DOSE] if self.in_mg else [_part(product) for product in self.asked]
        return {_name(row, part): self.cleaned_data.get(_name(row, part)) for part in parts}

    def _told(self, row: int) -> tuple[Dose, tuple[tuple[int, Quantity], ...]] | None:
        """A day's dose, and the quantities it is the sum of. None: something is left out.

        Raises: InexactDose.
        """
        amounts = list(self._amounts(row).values())
        if not amounts or None in amounts:
            return None
        if self.in_mg:
            return amounts[0], ()
        quantities = list(zip(self.asked, amounts, strict=True))
        return sum_of(quantities), tuple((product.number, quantity) for product, quantity in quantities)


def day_sum(values: Mapping[str, Any], row: int, products: Sequence[ScheduleProduct]) -> Dose | None:
    """What a row adds up to, once each of its quantities can be read."""
    try:
        return sum_of(
            (one, quantity_reader(one.form.unit)(str(values.get(_of(row, one)) or ""))) for one in products
        )
    except (NotAnAmount, InexactDose):
        return None


def run_values(check_in: CheckIn) -> dict[str, Any]:
    values: dict[str, Any] = {}
    runs = check_in.runs.order_by("first_day").prefetch_related("quantities__product")
    for row, run in enumerate(runs):
        values[_name(row, FIRST)] = run.first_day
        values[_name(row, LAST)] = run.last_day
        quantities = list(run.quantities.all())
        if not quantities:
            values[_name(row, DOSE)] = run.dose.number
        for one in quantities:
            product = one.product.as_data()
            values[_of(row, product)] = product.written(one.quantity)
    return values | {"rows": str(len(runs))}


def reported_in_mg(check_in: CheckIn) -> bool:
    return check_in.runs.filter(quantities=None).exists()


def _part(product: ScheduleProduct) -> str:
    return f"of_{product.number}"


def _of(row: int, product: ScheduleProduct) -> str:
    return _name(row, _part(product))


def _name(row: int, part: str) -> str:
    return f"taken_{row}_{part}"
