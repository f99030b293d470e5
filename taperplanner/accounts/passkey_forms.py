"""allauth's forms of passkeys in our words. Whatever is sent in place of an answer is refused with a sentence."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, ClassVar, Final, TypeVar

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils import timezone

from taperplanner.audit.log import record
from taperplanner.fields import LineField

from .adapter import record_failed_attempt
from .sign_in_forms import Plain

NOT_MADE: Final = "The passkey could not be read, so none was added. Try again."
NOT_CHECKED: Final = "The passkey could not be checked. Try again."
LONGEST_NAME: Final = 60
# What allauth and fido2 raise of an answer that no browser gives.
_UNREADABLE: Final = (
    ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError, struct.error,
)  # fmt: skip
T = TypeVar("T")


def _name_field() -> LineField:
    return LineField(
        label="A name for it",
        max_length=LONGEST_NAME,
        not_asked="a name",
        help_text="So that you can tell yours apart, for example “Phone” or “Key on my ring”.",
        missing="Enter a name.",
    )


def _read(clean: Callable[[], T], why: str) -> T:
    """Raises: ValidationError."""
    try:
        return clean()
    except forms.ValidationError as error:
        if error.code != "incorrect_code":
            raise
        raise forms.ValidationError(why, code="passkey") from None
    except _UNREADABLE:
        raise forms.ValidationError(why, code="passkey") from None


class AddPasskeyForm(Plain, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    name = _name_field()
    hints: ClassVar[dict[str, str]] = {"name": "So that you can tell yours apart, for example “Phone”."}

    def clean(self) -> dict[str, Any] | None:
        return _read(super().clean, NOT_MADE)


class RenamePasskeyForm(Plain, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    name = _name_field()

    def save(self) -> Authenticator:
        saved: Authenticator = super().save()
        user = context.request.user
        record("user.passkey_renamed", by=user, at=timezone.now(), subject=str(user.pk))
        return saved


class _CheckedPasskeyForm(Plain):
    def clean_credential(self) -> Authenticator:
        try:
            return _read(super().clean_credential, NOT_CHECKED)  # type: ignore[misc]
        except forms.ValidationError as error:
            # Beyond the rate limit nothing is checked, and nothing recorded again.
            if error.code == "passkey":
                record_failed_attempt(self.user, context.request)  # type: ignore[attr-defined]
            raise


class AuthenticatePasskeyForm(_CheckedPasskeyForm, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class ReauthenticatePasskeyForm(_CheckedPasskeyForm, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass
