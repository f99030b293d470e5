"""What is known of a stay, and of its end. Nothing is filled in but what was recorded; no field holds an amount."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms

from taperplanner.days import in_words
from taperplanner.far_days import QUARTER, Near
from taperplanner.fields import LineField, PastDayField, TextField, set_today
from taperplanner.forms import AsksAboutFarDays, PlainForm

from .actions import EndDetails, StayDetails
from .models import LONGEST_NAME, LONGEST_REASON, LONGEST_WORDS, Gives, Stay

MISSING_DAY: Final = "Enter the month, the day and the year."
WHO_TOLD: Final = "Write who told you."


class StayForm(AsksAboutFarDays, PlainForm):
    facility = LineField(
        max_length=LONGEST_NAME,
        label="Hospital or other facility",
        missing="Write where the patient is.",
        help_text="Its name, and the ward where you know it.",
    )
    began_on = PastDayField(label="There since", missing=MISSING_DAY)
    expected_until = LineField(
        max_length=LONGEST_NAME, label="Expected until", help_text="As they say it, or empty."
    )
    gives = forms.ChoiceField(
        label="Who gives the medicine there",
        widget=forms.RadioSelect,
        choices=Gives.choices,
        error_messages={"required": "Choose who gives the medicine there."},
        help_text="While the facility gives it, or nobody knows, no paper for home is printed.",
    )
    told_by = LineField(max_length=LONGEST_NAME, label="Who told you", missing=WHO_TOLD)
    phone = LineField(max_length=40, label="Phone of the ward or facility", not_asked="a phone number")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_today(self, today)
        self.ask_about_far_days({"began_on": Near(f"today, {in_words(today)}", today, before=QUARTER)})

    @staticmethod
    def values_of(stay: Stay) -> dict[str, Any]:
        names = ("facility", "began_on", "expected_until", "gives", "told_by", "phone")
        return {name: getattr(stay, name) for name in names}

    @property
    def details(self) -> StayDetails:
        """Of a valid form."""
        data = self.cleaned_data
        names = ("facility", "began_on", "expected_until", "told_by", "phone")
        return StayDetails(gives=Gives(data["gives"]), **{name: data[name] for name in names})

    @property
    def far_reason(self) -> str:
        return self.far_reasons.get("began_on", "")


class EndForm(AsksAboutFarDays, PlainForm):
    ended_on = PastDayField(label="Left it on", missing=MISSING_DAY)
    taken_there = TextField(
        max_length=LONGEST_WORDS,
        label="What was taken there",
        widget=forms.Textarea(attrs={"rows": 5}),
        missing="Write what was taken there, or that it is not known.",
        help_text="In their words, for the provider who decides. It is kept as it is typed, and changes no schedule.",
    )
    told_by = LineField(max_length=LONGEST_NAME, label="Who told you", missing=WHO_TOLD)

    def __init__(self, *args: Any, today: date, stay: Stay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_today(self, today)
        began = f"the day on which the stay began, {in_words(stay.began_on)}"
        self.ask_about_far_days({"ended_on": Near(began, stay.began_on, after=QUARTER)})

    @property
    def details(self) -> EndDetails:
        """Of a valid form."""
        return EndDetails(
            **{name: self.cleaned_data[name] for name in ("ended_on", "taken_there", "told_by")}
        )

    @property
    def far_reason(self) -> str:
        return self.far_reasons.get("ended_on", "")


class GoesOnForm(PlainForm):
    reason = TextField(
        max_length=LONGEST_REASON,
        label="Why the schedule goes on as signed",
        widget=forms.Textarea(attrs={"rows": 3}),
        missing="Write why the schedule goes on as signed.",
        help_text="For example whom you spoke with at the facility, and what the patient says that they take.",
    )
