"""One substance of the list, and why one was entered in error. Nothing is chosen or filled in beforehand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from taperplanner.fields import LineField, PartialDayField, TextField, set_today
from taperplanner.forms import PlainForm
from taperplanner.partial_days import EXAMPLES

from ..allergies.actions import AllergyDetails
from ..births import Birth
from ..models import AllergyKind
from ..names import name_key


class SubstanceField(LineField):
    """It is compared by its words, so it has some."""

    def to_python(self, value: Any) -> str:
        substance = super().to_python(value)
        if substance and not name_key(substance):
            raise forms.ValidationError("A substance has at least one letter. Type its name.")
        return substance


class AllergyForm(PlainForm):
    substance = SubstanceField(
        max_length=120,
        label="Substance",
        missing="Enter the substance, for example “lactose”.",
        help_text="The substance alone, spelled as on a package: “lactose”, not “lactose intolerance”. One at a time.",
    )
    kind = forms.ChoiceField(
        label="What is it?",
        choices=AllergyKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. “Not known which” is an answer too."},
    )
    reaction = LineField(
        max_length=200,
        label="Reaction",
        help_text="What happened, as they say it. Leave it empty if nobody knows.",
    )
    known_since = PartialDayField(
        label="Known since",
        required=False,
        help_text=f"As much of the date as is known: {EXAMPLES}. Leave it empty if nobody knows.",
    )

    def __init__(self, *args: Any, today: date, born: Birth, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._born = born
        set_today(self, today)

    def clean_known_since(self) -> str:
        since: str = self.cleaned_data["known_since"]
        if since and self._born.is_after(since):
            raise forms.ValidationError(
                f"This is before the patient was born, {self._born}. Check both dates."
            )
        return since

    @property
    def details(self) -> AllergyDetails:
        said = self.cleaned_data
        return AllergyDetails(
            substance=said["substance"],
            kind=AllergyKind(said["kind"]),
            reaction=said["reaction"],
            known_since=said["known_since"],
        )


class AllergyInErrorForm(PlainForm):
    reason = TextField(
        max_length=300,
        label="What was wrong",
        missing="Write what was wrong.",
        help_text="For example: another patient’s, or another substance.",
    )
