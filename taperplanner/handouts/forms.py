"""What staff choose before a copy is printed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from taperplanner.accounts.models import User
from taperplanner.doses import NotAnAmount, parse_days
from taperplanner.fields import DayField, PlainForm
from taperplanner.guidance.patient_texts import Language
from taperplanner.tapers.models import Plan

from .layouts import Choice, Layout, Size
from .models import LANGUAGES, LAYOUTS, SIZES, PrintChoice, PrintedHandout


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
    fill_days = FillDaysField(
        label="Days in one fill",
        required=False,
        help_text="For the pharmacy summary only: how many days the pharmacy fills at a time.",
    )

    def clean(self) -> dict[str, Any]:
        is_for_pharmacy = self.cleaned_data.get("layout") == Layout.PHARMACY
        if not is_for_pharmacy:
            self.cleaned_data["fill_days"] = None
        elif self.cleaned_data.get("fill_days") is None and not self.has_error("fill_days"):
            self.add_error("fill_days", "Enter how many days the pharmacy fills at a time.")
        return self.cleaned_data

    def choice(self) -> Choice:
        """Of a valid form."""
        chosen, layout = self.cleaned_data, Layout(self.cleaned_data["layout"])
        # A pharmacist reads English, whatever the patient reads.
        language = Language.ENGLISH if layout is Layout.PHARMACY else Language(chosen["language"])
        return Choice(layout, Size(chosen["size"]), language, chosen["fill_days"])


class BatchForm(PrintForm):
    """For many patients at once: all but what is typed for one alone."""

    fill_days = None  # type: ignore[assignment]
    layout = forms.ChoiceField(
        label="Layout",
        choices=[(value, label) for value, label in LAYOUTS if value != Layout.PHARMACY.value],
        widget=forms.RadioSelect,
    )


class DayForm(PlainForm):
    day = DayField(
        label="Patients whose step changes on",
        error_messages={"required": "Enter the day on which a step changes, for example 11/23/2026."},
    )

    def chosen(self) -> date | None:
        """None, while none is typed that could be read."""
        return self.cleaned_data["day"] if self.is_valid() else None


def remembered(user: User, plan: Plan | None = None) -> dict[str, Any]:
    """How the user last printed, as the form's first values; the schedule table, the first time.

    The language is the plan's: what another patient reads says nothing about this one.
    """
    language = language_of(plan) if plan else Language.ENGLISH
    last = PrintChoice.objects.filter(user=user).first()
    chosen = last or Choice()
    return {"layout": str(chosen.layout), "size": str(chosen.size), "language": language.value}


def language_of(plan: Plan) -> Language:
    """Of the plan's last copy for the patient; English, while there is none. The pharmacy's is always English."""
    copies = PrintedHandout.objects.of_plan(plan.pk).exclude(layout=Layout.PHARMACY.value)
    last = copies.newest_first().first()
    return Language(last.language) if last else Language.ENGLISH
