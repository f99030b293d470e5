"""allauth's forms in our words and our look (settings name them)."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery_codes
from allauth.mfa.totp import forms as totp
from django import forms

from taperplanner.forms import PlainForm

from .adapter import record_failed_attempt
from .passwords import RULES


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
    labels: ClassVar[dict[str, str]] = {"password1": "Password", "password2": "Repeat the password"}
    hints: ClassVar[dict[str, str]] = {"password1": RULES}


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
