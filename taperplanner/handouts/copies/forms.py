"""What staff choose before a copy is printed, and the outcome of one."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django import forms

from taperplanner.accounts.http import ClinicRequest
from taperplanner.doses import NotAnAmount, parse_days
from taperplanner.forms import PlainForm
from taperplanner.guidance.patient_texts import Language
from taperplanner.saving import bound_data
from taperplanner.tapers.models import Plan

from ..models import LANGUAGES, LAYOUTS, SIZES, Outcome
from ..paper.layouts import Choice, Layout, Size
from ..printing.presets import first_values

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
    """`offers_browser`: it was refused for a letter that no font here has, and the browser may have one."""

    offers_browser = False
    is_joint = False
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

    def choice_of_browser(self) -> Choice:
        """Of a valid form: a browser prints the schedule table, in one size."""
        return Choice(layout=Layout.SCHEDULE, language=self.choice().language)

    @property
    def query(self) -> str:
        """The choice, as the address of its page and of its preview takes it."""
        return urlencode({name: self[name].value() or "" for name in self.fields})


class OutcomeForm(PlainForm):
    outcome = forms.ChoiceField(
        choices=Outcome,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"),
            "Record the outcome of the copy: collected, replaced, or still out.",
        ),
    )

    @property
    def chosen(self) -> Outcome:
        """Of a valid form."""
        return Outcome(self.cleaned_data["outcome"])

    @property
    def refusal(self) -> str:
        """Of a form that was not taken."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


def print_form(request: ClinicRequest, plan: Plan) -> PrintForm:
    """As it was sent or asked for; at first, in the layout of the user and the language and letters of the patient."""
    return PrintForm(bound_data(request) or request.GET or first_values(request.user, plan))
