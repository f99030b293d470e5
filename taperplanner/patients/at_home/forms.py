"""Who helps at home. Nothing is chosen beforehand: what may be told is what the patient agreed to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from taperplanner.far_days import QUARTER, Near
from taperplanner.fields import LineField, PastDayField, TextField, set_today
from taperplanner.forms import AsksAboutFarDays, PlainForm

from ..fields import NameField
from ..models import MayBeTold
from .actions import HelperDetails


class HelperForm(AsksAboutFarDays, PlainForm):
    name = NameField(max_length=80, label="Name", missing="Enter the name.")
    relation = LineField(
        max_length=60,
        label="Relation to the patient",
        not_asked="a word for a person",
        help_text="For example “daughter”.",
    )
    phone = LineField(max_length=40, label="Phone", not_asked="a phone number")
    may_be_told = forms.ChoiceField(
        label="What may this person be told?",
        choices=MayBeTold.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Ask the patient, and choose one."},
    )
    agreed_on = PastDayField(
        label="On which day did the patient agree?",
        help_text="Month, day, year. Needed for everything but “nothing”.",
    )
    is_on_paper = forms.BooleanField(
        required=False,
        label="The patient wants this name and phone on the handout",
        help_text="It stands on the schedule, the checklist and the card that are printed from now on. Copies stay as they are.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_today(self, today)
        self.ask_about_far_days({"agreed_on": Near("today", today, before=QUARTER)})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        told, on_paper = cleaned.get("may_be_told"), cleaned.get("is_on_paper")
        needs_day = on_paper or told not in {None, MayBeTold.NOTHING}
        if needs_day and not cleaned.get("agreed_on") and "agreed_on" not in self.errors:
            self.add_error("agreed_on", "Enter the day on which the patient agreed.")
        if on_paper and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "Enter the phone that should stand on the paper.")
        return cleaned

    @property
    def details(self) -> HelperDetails:
        said = self.cleaned_data
        return HelperDetails(
            name=said["name"],
            relation=said["relation"],
            phone=said["phone"],
            may_be_told=MayBeTold(said["may_be_told"]),
            agreed_on=said["agreed_on"],
            is_on_paper=said["is_on_paper"],
            far_reason=self.far_reasons.get("agreed_on", ""),
        )


class HelperEndForm(PlainForm):
    reason = TextField(
        max_length=300,
        label="Why?",
        missing="Write why, for example “the patient withdrew the consent”.",
        help_text="For example: the patient withdrew the consent; moved away; another phone, recorded anew.",
    )
