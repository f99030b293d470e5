"""allauth's forms in our words and our look (settings name them)."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery_codes
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils import timezone

from taperplanner.fields import LineField
from taperplanner.forms import PlainForm

from . import actions
from .adapter import record_failed_attempt
from .passwords import RULES
from .recovery_codes import is_recovery_code
from .signing_rights import unapproved_reset


class Plain(PlainForm):
    """Our labels, and no placeholders: a hint that vanishes when one types helps nobody."""

    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class LoginForm(Plain, account.LoginForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, str]] = {"login": "E-mail address", "password": "Password"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update({"autofocus": True, "autocomplete": "username"})
        self.fields["login"].error_messages["required"] = "Enter your e-mail address."
        self.fields["password"].error_messages["required"] = "Enter your password."


class ChangePasswordForm(Plain, account.ChangePasswordForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, str]] = {
        "oldpassword": "Current password",
        "password1": "New password",
        "password2": "Repeat the new password",
    }
    hints: ClassVar[dict[str, str]] = {"password1": RULES}


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """For a reset that no second manager has approved it asks for a recovery code, which only the person has."""

    labels: ClassVar[dict[str, str]] = {"password1": "Password", "password2": "Repeat the password"}
    hints: ClassVar[dict[str, str]] = {"password1": RULES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reset = unapproved_reset(self.user, timezone.now()) if self.user else None
        if self.reset:
            self.fields["code"] = LineField(
                label="One of your recovery codes",
                max_length=40,
                missing="Enter one of your recovery codes.",
                not_asked="a code",
                help_text="No second manager has approved this link, so it works only with a code of yours.",
                widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
            )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if self.reset is None or not is_recovery_code(self.user, code, before=self.reset.asked_at):
            record_failed_attempt(self.user, context.request)
            raise forms.ValidationError(actions.WRONG_CODE)
        return code

    def save(self) -> None:
        adapter = get_adapter()
        adapter.set_password_with_link(
            self.user, self.cleaned_data["password1"], self.cleaned_data.get("code", "")
        )


class RecoveryCodeForm(PlainForm):
    code = LineField(
        label="One of your recovery codes",
        max_length=40,
        missing="Enter one of your recovery codes.",
        not_asked="a code",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, is_allowed_to_try: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_allowed_to_try = is_allowed_to_try

    def clean_code(self) -> str:
        if not self.is_allowed_to_try:
            raise forms.ValidationError("Too many tries. Wait a minute, then try again.")
        code: str = self.cleaned_data["code"]
        return code


class ReauthenticateForm(Plain, account.ReauthenticateForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, str]] = {"password": "Your password"}


class CodeForm(Plain):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"inputmode": "numeric", "autofocus": True})
        self.fields["code"].error_messages["required"] = "Enter the code."


class CheckedCodeForm(CodeForm):
    labels: ClassVar[dict[str, str]] = {"code": "Code"}
    hints: ClassVar[dict[str, str]] = {
        "code": "The six digits that your app shows now, or one of your recovery codes."
    }

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except forms.ValidationError as error:
            # Beyond the rate limit a code is not checked, and not recorded again.
            if error.code == "incorrect_code":
                record_failed_attempt(self.user, context.request)  # type: ignore[attr-defined]
            raise
        return code


class AuthenticateForm(CheckedCodeForm, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateCodeForm(CheckedCodeForm, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTPForm(CodeForm, totp.ActivateTOTPForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, str]] = {"code": "The six digits that the app shows now"}


class DeactivateTOTPForm(Plain, totp.DeactivateTOTPForm):  # type: ignore[misc]
    pass


class GenerateRecoveryCodesForm(Plain, recovery_codes.GenerateRecoveryCodesForm):  # type: ignore[misc]
    pass
