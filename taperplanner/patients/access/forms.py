"""Of which days the report is, and of whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from crispy_forms.layout import Div, Layout
from django.http import QueryDict

from taperplanner.fields import DayField
from taperplanner.forms import PlainForm

from ..fields import MrnField
from .report import Period

DAYS_FIRST_SHOWN: Final = 90


class PeriodForm(PlainForm):
    """Opened without a question, it asks for the last months. An empty day sets no limit."""

    first_day = DayField(label="From", required=False)
    last_day = DayField(label="To", required=False)
    parts: tuple[str, ...] = ("first_day", "last_day")

    def __init__(self, asked: QueryDict, *, today: date) -> None:
        begins = {"first_day": (today - timedelta(days=DAYS_FIRST_SHOWN)).strftime("%m/%d/%Y")}
        super().__init__(asked if asked.keys() & set(self.parts) else begins)
        self.helper.layout = Layout(
            Div(*(Div(name, css_class="col-12 col-sm-4") for name in self.parts), css_class="row")
        )

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        if first and last and first > last:
            self.add_error("last_day", "The last day is before the first. Swap the two.")
        return self.cleaned_data

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["first_day"], self.cleaned_data["last_day"])


class MrnPeriodForm(PeriodForm):
    """For a manager, who knows the number that the patient gave."""

    mrn = MrnField(max_length=40, label="MRN of the patient", required=False)
    parts = ("mrn", "first_day", "last_day")

    @property
    def mrn_asked(self) -> str:
        return str(self.cleaned_data.get("mrn") or "") if self.is_valid() else ""
