"""What staff choose before a copy is printed."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms

from taperplanner.accounts.models import User
from taperplanner.doses import NotAnAmount, parse_days
from taperplanner.fields import DayField, PlainForm
from taperplanner.guidance.patient_texts import Language
from taperplanner.tapers.models import Plan

from ..models import LANGUAGES, LAYOUTS, SIZES, PrintChoice
from ..paper.layouts import Choice, Layout, Size
from ..printing.presets import preset

NO_LARGE_CALENDAR: Final = (
    "In large print no square holds what is taken. Choose the checklist: it has a block for each day."
)


class FillDaysField(forms.Field):
    """How many days a fill lasts, in a text box."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if str(value).strip() == "0":
            raise forms.ValidationError("A fill lasts at least one day. Enter the number of days.")
        try:
            return parse_days(str(value))
        except NotAnAmount as problem:
            raise forms.ValidationError(str(problem)) from problem


class PrintForm(PlainForm):
    layout = forms.ChoiceField(label="Layout", choices=LAYOUTS, widget=forms.RadioSelect)
    size = forms.ChoiceField(label="Size of the letters", choices=SIZES, widget=forms.RadioSelect)
    language = forms.ChoiceField(label="Language of the paper", choices=LANGUAGES, widget=forms.RadioSelect)
    keep = forms.BooleanField(
        label="Keep this language and letter size for the patient",
        required=False,
        help_text="Then every later paper is preset so. Without the tick this print changes nothing for the next one.",
    )
    fill_days = FillDaysField(
        label="Days in one fill",
        required=False,
        help_text="For the pharmacy summary only: how many days the pharmacy fills at a time.",
    )

    def clean(self) -> dict[str, Any]:
        layout, size = self.cleaned_data.get("layout"), self.cleaned_data.get("size")
        if layout == Layout.CALENDAR and size == Size.LARGE:
            self.add_error("layout", NO_LARGE_CALENDAR)
        is_for_pharmacy = layout == Layout.PHARMACY
        if not is_for_pharmacy:
            self.cleaned_data["fill_days"] = None
        elif self.cleaned_data.get("fill_days") is None and not self.has_error("fill_days"):
            self.add_error("fill_days", "Enter how many days the pharmacy fills at a time.")
        return self.cleaned_data

    @property
    def keeps(self) -> bool:
        """Of a valid form: what a pharmacist reads says nothing about the patient."""
        return bool(self.cleaned_data["keep"]) and self.cleaned_data["layout"] != Layout.PHARMACY

    def choice(self) -> Choice:
        """Of a valid form."""
        chosen, layout = self.cleaned_data, Layout(self.cleaned_data["layout"])
        # A pharmacist reads English, whatever the patient reads.
        language = Language.ENGLISH if layout is Layout.PHARMACY else Language(chosen["language"])
        return Choice(layout, Size(chosen["size"]), language, chosen["fill_days"])


class BatchForm(PlainForm):
    """For many patients at once: each one's language and letters are their own, and a fill is typed for one alone."""

    layout = forms.ChoiceField(
        label="Layout",
        choices=[(value, label) for value, label in LAYOUTS if value != Layout.PHARMACY.value],
        widget=forms.RadioSelect,
        help_text="In large print the calendar is the checklist, a block for each day.",
    )


class DayForm(PlainForm):
    day = DayField(
        label="Patients whose step changes on",
        error_messages={"required": "Enter the day on which a step changes, for example 11/23/2026."},
    )

    def chosen(self) -> date | None:
        """None, while none is typed that could be read."""
        return self.cleaned_data["day"] if self.is_valid() else None


def remembered(user: User) -> Layout:
    """The layout in which the user printed last; the schedule table, the first time."""
    last = PrintChoice.objects.filter(user=user).first()
    return Layout(last.layout) if last else Layout.SCHEDULE


def first_values(user: User, plan: Plan) -> dict[str, str]:
    """The layout is the user's, the language and the letters are the patient's."""
    layout = remembered(user)
    choice = preset(plan, layout)
    return {"layout": choice.layout.value, "size": choice.size.value, "language": choice.language.value}
