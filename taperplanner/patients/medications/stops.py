"""The form of a medication that is no longer taken."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from taperplanner.far_days import QUARTER
from taperplanner.far_days import Near as FarFrom
from taperplanner.fields import LineField, PastDayField, set_today
from taperplanner.forms import AsksAboutFarDays, PlainForm
from taperplanner.partial_days import is_after, partial_day_in_words

from ..models import MedicationRecord


class StopForm(AsksAboutFarDays, PlainForm):
    stopped_on = PastDayField(
        label="Last day it was taken",
        help_text="Month, day, year. Leave this empty if nobody knows the day.",
    )
    reason = LineField(
        max_length=200,
        label="Why was it stopped?",
        missing="Enter why it was stopped, for example “finished”.",
        help_text="For example “finished”, “side effects”, “recorded by mistake”.",
    )

    def __init__(self, *args: Any, today: date, started: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_today(self, today)
        self._started = started
        self.ask_about_far_days({"stopped_on": FarFrom("today", today, before=QUARTER)})

    def clean_stopped_on(self) -> date | None:
        day: date | None = self.cleaned_data["stopped_on"]
        if day and self._started and is_after(self._started, day):
            raise forms.ValidationError(
                f"This is before it was started ({partial_day_in_words(self._started)}). Check both dates."
            )
        return day

    @property
    def answers(self) -> dict[str, Any]:
        """Of a valid form: what `stop_medication` takes."""
        data = self.cleaned_data
        return {
            "stopped_on": data["stopped_on"],
            "reason": data["reason"],
            "far_reason": self.far_reasons.get("stopped_on", ""),
        }

    @staticmethod
    def values_of(medication: MedicationRecord) -> dict[str, Any]:
        return {"stopped_on": medication.stopped_on, "reason": medication.stop_reason}
