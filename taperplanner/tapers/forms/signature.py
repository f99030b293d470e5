"""What a provider types to sign, and what each warning is answered with."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html

from taperplanner.accounts.models import User
from taperplanner.fields import DayField, TextField
from taperplanner.forms import PlainForm

from ..draft.problem import Problem


class SignForm(PlainForm):
    """The patient's birth date typed, the password again, and a reason for each warning."""

    date_of_birth = DayField(
        label="The patient's date of birth",
        help_text="Type it from the patient's papers, so that the right patient is signed for.",
        error_messages={"required": "Type the patient's date of birth."},
    )
    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password to sign."},
    )

    def __init__(
        self,
        *args: Any,
        user: User,
        born_on: date,
        warnings: list[Problem],
        is_allowed_to_try: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.born_on, self.warnings = user, born_on, warnings
        self.is_allowed_to_try = is_allowed_to_try
        for problem in warnings:
            self.fields[f"reason-{problem.key}"] = TextField(
                label=problem.sentence,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
                missing="Write why this is meant, or go back and change it.",
                help_text=self._earlier_reason(problem),
            )
        self.order_fields([*(f"reason-{problem.key}" for problem in warnings), "date_of_birth", "password"])

    def _earlier_reason(self, problem: Problem) -> str:
        """The reason typed for an earlier wording of this warning: shown, but not used."""
        name, place = f"reason-{problem.key}", f"reason-{problem.place}-"
        earlier = next((text for key, text in self.data.items() if key.startswith(place) and key != name), "")
        if not earlier:
            return ""
        return format_html("This warning changed. Before that you wrote: “{}”", earlier)

    def clean_date_of_birth(self) -> date:
        typed: date = self.cleaned_data["date_of_birth"]
        if typed != self.born_on:
            raise forms.ValidationError(
                "This is not this patient's date of birth. Check that the right patient is open.",
                code="mismatch",
            )
        return typed

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.is_allowed_to_try:
            raise forms.ValidationError("Too many tries. Wait a minute, then try again.", code="too-many")
        if not self.user.check_password(password):
            raise forms.ValidationError("This is not your password. Try again.", code="mismatch")
        return password

    def reasons(self) -> dict[str, str]:
        return {problem.key: self.cleaned_data[f"reason-{problem.key}"] for problem in self.warnings}
