"""A form whose sender says once more who they are: with the password and a code, or with a passkey."""

from __future__ import annotations

from datetime import datetime
from secrets import token_hex
from typing import Any, Final

from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse, JsonResponse

from taperplanner.forms import PlainForm

from . import passkeys
from .http import ClinicRequest
from .models import Method
from .proofs import NotConfirmed, Proof, digest_of
from .second_factor import APP, PASSKEY, factors_of, must_have_one

# The script asks with it for what the passkey is to sign, with all else that the form holds.
OPTIONS: Final = "passkey-options"
NO_ANSWER: Final = "asked"
TOO_MANY: Final = "Too many tries. Wait a minute, then try again."
SET_UP_FIRST: Final = (
    "Your clinic asks for a passkey or an app here. Set one up under Two-step sign-in first."
)
USE_PASSKEY: Final = "Confirm with your passkey: press the button with its name."
NO_ANSWER_YET: Final = (
    "Your passkey was not asked, because something above was missing. Press its button again."
)


class ConfirmForm(PlainForm):
    """Subclasses call `ask_to_confirm` at the end of their __init__, and say in `confirmed` what it is all about."""

    missing_password = "Enter your password."  # noqa: S105
    proof: Proof | None = None

    def ask_to_confirm(self, request: ClinicRequest, *, is_judged: bool = True) -> list[str]:
        """Add the fields, and give their names. `is_judged`: False where the page is only shown again."""
        self.request, self.is_judged = request, is_judged
        self.factors = factors_of(request.user)
        self.wants_options = OPTIONS in request.POST
        tries = is_judged and self.is_bound and not self.wants_options
        self.is_allowed_to_try = not tries or bool(
            ratelimit.consume(request, action="reauthenticate", user=request.user)
        )
        if self.factors != {PASSKEY}:
            self.fields["password"] = forms.CharField(
                label="Your password",
                strip=False,
                required=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            )
        if APP in self.factors:
            self.fields["code"] = forms.CharField(
                label="Code from your app",
                required=False,
                help_text="The six digits that your app shows now. Recovery codes do not sign.",
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
            )
        if PASSKEY in self.factors:
            self.fields["passkey"] = forms.CharField(required=False, widget=_Unrepeated)
        return [name for name in ("password", "code", "passkey") if name in self.fields]

    @property
    def uses_passkey(self) -> bool:
        """A passkey is asked with the person's PIN, finger or face: it stands for the password and the code."""
        return PASSKEY in self.factors

    @property
    def is_passkey_alone(self) -> bool:
        return self.factors == {PASSKEY}

    def confirmed(self) -> str:
        """Of a form that is valid but for this: a digest of what is confirmed."""
        raise NotImplementedError

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if self.wants_options or not self.is_judged or self._answer():
            return ""
        if not self.is_allowed_to_try:
            raise forms.ValidationError(TOO_MANY, code="too-many")
        if not password:
            raise forms.ValidationError(self.missing_password)
        if not self.request.user.check_password(password):
            raise forms.ValidationError("This is not your password. Try again.", code="mismatch")
        return password

    def clean(self) -> dict[str, Any]:
        """Nothing is shown for a form that is wrong elsewhere: a code works once."""
        if not self.errors and self.is_judged and not self.wants_options:
            self._prove()
        return self.cleaned_data

    def _prove(self) -> None:
        try:
            self.proof = self._with_passkey() if self._answer() else self._with_password()
        except NotConfirmed as refused:
            self.add_error(None, forms.ValidationError(str(refused), code="passkey-mismatch"))

    def _answer(self) -> str:
        return str(self.data.get("passkey", "")) if self.uses_passkey else ""

    def _with_passkey(self) -> Proof | None:
        if not self.is_allowed_to_try:
            self.add_error(None, TOO_MANY)
        elif self._answer() == NO_ANSWER:
            self.add_error(None, NO_ANSWER_YET)
        else:
            return passkeys.finish(self.request, self._answer(), self.confirmed())
        return None

    def _with_password(self) -> Proof | None:
        if self.is_passkey_alone:
            self.add_error(None, USE_PASSKEY)
            return None
        if "code" in self.fields:
            return self._with_code(self.cleaned_data["code"].strip())
        if must_have_one(self.request.user):
            self.add_error(None, SET_UP_FIRST)
            return None
        return Proof(
            self.request.user.pk,
            Method.PASSWORD,
            self.confirmed(),
            digest_of("password", token_hex(32)),
            self.request.now,
        )

    def _with_code(self, code: str) -> Proof | None:
        """Of the app alone: a recovery code lets somebody in, and signs nothing."""
        user, app = self.request.user, Authenticator.objects.get(user=self.request.user, type=APP)
        if not code:
            self.add_error("code", "Enter the code from your app.")
            return None
        try:
            forget_failures = check_rate_limit(user)
            if not app.wrap().validate_code(code):
                raise get_adapter().validation_error("incorrect_code")
        except forms.ValidationError as error:
            self.add_error("code", error)
            return None
        forget_failures()
        app.record_usage()
        shown = digest_of("code", app.pk, _step(self.request.now))
        return Proof(user.pk, Method.CODE, self.confirmed(), shown, self.request.now)

    def refusals(self) -> list[str]:
        """What was wrong in how it was confirmed, for the event."""
        codes = {"password": "mismatch", "code": "incorrect_code"}
        wrong = [name for name, code in codes.items() if name in self.fields and self.has_error(name, code)]
        return [*wrong, *(["passkey"] if self.has_error(NON_FIELD_ERRORS, "passkey-mismatch") else [])]

    def options(self) -> HttpResponse | None:
        """The answer to the script that asked for what the passkey is to sign; None to anybody else.

        Where something else is wrong it is told so, and sends the form, whose page says what.
        """
        if not self.wants_options or not self.uses_passkey:
            return None
        if not self.is_valid():
            return JsonResponse({"is_wrong": True})
        return JsonResponse({"options": passkeys.begin(self.request, self.confirmed())})


class _Unrepeated(forms.HiddenInput):
    """What a passkey answered is used once, and stands on no page."""

    def format_value(self, _: Any) -> None:
        return None


def _step(at: datetime) -> int:
    """Which half minute a code was shown in."""
    return int(at.timestamp()) // 30
