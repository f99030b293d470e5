"""The two questions of a record that is typed in from a down-time form, and the form of a hold that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms

from taperplanner.days import short
from taperplanner.far_days import Near
from taperplanner.fields import LineField, PastDayField, TextField, set_today
from taperplanner.forms import AsksAboutFarDays, Fold, PlainForm
from taperplanner.tapers.models import Version

from .details import FromPaper

CODE: Final = "form_code"
TIME: Final = "form_time"
_CODE_IS_NO_AMOUNT: Final = "a code that was printed, compared sign by sign"
_TIME_IS_NO_AMOUNT: Final = "a time of day, as it stands on the form"
SET_ASIDE: Final = "set_aside"
UNKNOWN: Final = "No down-time form of this clinic has this code. Read it again from the form, sign by sign."


def paper_fields(*, missing: str = "") -> dict[str, forms.Field]:
    return {
        CODE: LineField(
            max_length=40,
            missing=missing,
            not_asked=_CODE_IS_NO_AMOUNT,
            label="Code of the down-time form",
            help_text="It stands at the top of the form. Leave it empty if this was never on a form.",
        ),
        TIME: LineField(
            max_length=20,
            not_asked=_TIME_IS_NO_AMOUNT,
            label="Time of day on the form",
            help_text="As it is written there, or empty.",
        ),
    }


def paper_fold() -> Fold:
    return Fold(
        "Typed in from a down-time form",
        CODE,
        TIME,
        hint="The record keeps the day on which it happened, and says for ever that it was typed in later.",
    )


class FromPaperMixin(forms.Form):
    """Of a form whose record may have stood on paper first."""

    @property
    def from_paper(self) -> FromPaper | None:
        """Of a valid form."""
        code = self.cleaned_data.get(CODE, "")
        return FromPaper(code, self.cleaned_data.get(TIME, "")) if code else None


class CodeForm(PlainForm):
    code = LineField(
        max_length=40,
        missing="Type the code that stands at the top of the form.",
        not_asked=_CODE_IS_NO_AMOUNT,
        label="Code of a form",
    )


class HoldRequestForm(AsksAboutFarDays, FromPaperMixin, PlainForm):
    asked_on = PastDayField(label="Asked for on", missing="Enter the month, the day and the year.")
    asked_by = TextField(max_length=200, label="Who asked", missing="Write who asked for the hold.")
    why = TextField(
        max_length=1000,
        label="Why, in the words on the form",
        missing="Write why the hold was asked for.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, today: date, near: Near | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = paper_fields(missing="Type the code that stands at the top of the form.") | self.fields
        self.fields[CODE].help_text = "It stands at the top of the form."
        set_today(self, today)
        self.ask_about_far_days({"asked_on": near})

    @property
    def said(self) -> dict[str, Any]:
        """Of a valid form: what its action takes."""
        data = self.cleaned_data
        far_reason = self.far_reasons.get("asked_on", "")
        what = {name: data[name] for name in ("asked_on", "asked_by", "why")}
        return {**what, "far_reason": far_reason, "paper": self.from_paper}


class HoldAnswerForm(PlainForm):
    """`versions`: those that may be the answer."""

    answer = forms.ChoiceField(
        label="What became of it",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the version that answers it, or set it aside."},
    )
    reason = TextField(
        max_length=500,
        label="Why it is set aside",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Required if it is set aside.",
    )

    def __init__(self, *args: Any, versions: Sequence[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {str(version.number): version for version in versions}
        answer = self.fields["answer"]
        assert isinstance(answer, forms.ChoiceField)  # noqa: S101
        answer.choices = [
            *((key, _in_words(version)) for key, version in self.versions.items()),
            (SET_ASIDE, "Set aside: no hold"),
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("answer") == SET_ASIDE and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Write why no hold was signed.")
        return data

    @property
    def version(self) -> Version | None:
        return self.versions.get(self.cleaned_data["answer"])


def _in_words(version: Version) -> str:
    return f"Version {version.number}: {version.get_reason_display()}, in force from {short(version.first_day)}, signed by {version.signed_by_name}"
