"""What is ours in django-allauth's sign-in: what it records, what it refuses, how it says so."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from taperplanner.audit.limits import record_within_limit
from taperplanner.audit.log import audited_transaction, record

from . import actions, hashing
from .attempts import begin_attempt
from .client_address import client_address
from .devices import remember_device
from .middleware import BEGAN_AT
from .models import User
from .notices import TELLS
from .sessions_of import note_device
from .signing_rights import changes_of, is_to_be_told

TRY_LATER: Final = "Too many failed attempts. Wait five minutes, then try again."
# What allauth would tell the person by mail. There is no mail server; it is recorded instead.
NOTICES: Final[Mapping[str, str]] = {
    "mfa/email/totp_activated": "user.two_step_turned_on",
    "mfa/email/totp_deactivated": "user.two_step_turned_off",
    "mfa/email/recovery_codes_generated": "user.recovery_codes_made",
    "mfa/email/webauthn_added": "user.passkey_added",
    "mfa/email/webauthn_removed": "user.passkey_removed",
}
# Who got in without it before goes through it now: OWASP ASVS 5.0, 7.4.3.
NEW_FACTORS: Final = frozenset({"mfa/email/totp_activated", "mfa/email/webauthn_added"})


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: a manager adds people. Each sign-in, sign-out and failed attempt is an event."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        # One sentence, whether the address is unknown or the password is wrong.
        "email_password_mismatch": "The e-mail address and the password do not match. Check both and try again.",
        "too_many_login_attempts": TRY_LATER,
        "rate_limited": TRY_LATER,
        "incorrect_password": "This is not your password. Check it and try again.",
        "enter_current_password": "This is not your password. Enter your current one.",
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, **_: Any) -> bool:
        """Not of whoever signed in a moment ago, with all that asks: the same minutes count as after being asked again."""
        records = get_authentication_records(context.request, context.request.user)
        is_fresh = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not is_fresh

    def is_ajax(self, _request: HttpRequest) -> bool:
        """Never: to a request for JSON, allauth would answer with what was typed."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """After the last step of signing in; the person may have been deactivated since the first."""
        if not user.is_active:
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        with audited_transaction():
            super().login(request, user)
            now = timezone.now()
            request.session[BEGAN_AT] = now.isoformat()
            note_device(request)
            record("user.signed_in", by=user, at=now, details=_came_from(request))
            actions.note_sign_in(user=user, by=user, at=now)
        if any(is_to_be_told(change, user) for change in changes_of(user)):
            request.session[TELLS] = True

    def logout(self, request: HttpRequest) -> None:
        with audited_transaction():
            if request.user.is_authenticated:
                record("user.signed_out", by=request.user, at=timezone.now(), details=_came_from(request))
            super().logout(request)

    def post_login(self, request: HttpRequest, user: User, **given: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **given)
        remember_device(request, response, user.email)
        return response

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self._login_failed_rl_usage = begin_attempt(request, credentials.get("email", ""))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A failed attempt takes as long whether or not anybody has the address."""
        hashing.take_place()
        over = time.perf_counter() + settings.FAILED_ATTEMPT_SECONDS
        try:
            user: User | None = super().authenticate(request, **credentials)
        except hashing.Busy:
            self._rollback_login_failed_rl_usage()  # no password was looked at
            raise
        if user is None:
            time.sleep(max(0.0, over - time.perf_counter()))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """What was typed is never recorded: of an address that is nobody's, only that somebody tried."""
        user = User.objects.filter(email=credentials.get("email", "").lower()).first()
        if user:
            record_failed_attempt(user, request)
        else:
            record_within_limit(
                "user.sign_in_failed_unknown",
                beyond="user.sign_in_failed_unknown_more",
                by=None,
                at=timezone.now(),
                details=_came_from(request),
            )

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        record_failed_attempt(user, request)
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def set_password(self, user: User, password: str) -> None:
        try:
            actions.set_password(user=user, password=password, by=user, at=timezone.now())
        except actions.CannotEditUser:
            raise ImmediateHttpResponse(self.respond_user_inactive(self.request, user)) from None

    def set_password_with_link(self, user: User, password: str, code: str) -> None:
        try:
            actions.set_password_with_link(
                user=user, password=password, code=code, by=user, at=timezone.now()
            )
        except actions.CannotEditUser:
            raise ImmediateHttpResponse(self.respond_user_inactive(self.request, user)) from None
        user.refresh_from_db()  # the session that begins now is of the new password

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)  # type: ignore[no-any-return]

    def send_notification_mail(self, template_prefix: str, user: User, *_: Any, **__: Any) -> None:
        if template_prefix in NOTICES:
            now = timezone.now()
            record(NOTICES[template_prefix], by=user, at=now, subject=str(user.pk))
            if template_prefix in NEW_FACTORS:
                this = self.request.session.session_key
                actions.end_other_sessions(user=user, this=this, by=user, at=now)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of the second factor are encrypted, so that a copy of the database is not enough."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is wrong, or it was already used. Wait for the next code and enter that one.",
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name that passkeys belong to: this site's own, whichever of its names was asked."""
        asked = urlsplit(f"//{context.request.get_host()}").hostname or ""
        ours = urlsplit(settings.SITE_ADDRESS).hostname or asked
        is_ours = asked == ours or asked.endswith(f".{ours}")
        return {"id": ours if is_ours else asked, "name": settings.MFA_TOTP_ISSUER}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            # Never a default here: anybody could work out the codes of an empty secret.
            raise ImproperlyConfigured(
                "A second-factor secret cannot be read. If SECRET_KEY was changed, put the one before it in"
                " SECRET_KEY_FALLBACKS."
            ) from error


def record_failed_attempt(user: User, request: HttpRequest) -> None:
    """Nobody knows who tried to sign in: the event names the account, and no author."""
    details = _came_from(request)
    if request.user == user:
        record("user.password_refused", by=user, at=timezone.now(), subject=str(user.pk), details=details)
    else:
        record(
            "user.sign_in_failed",
            by=None,
            at=timezone.now(),
            clinic_id=user.clinic_id,
            subject=str(user.pk),
            details=details,
        )


def _came_from(request: HttpRequest) -> dict[str, str]:
    return {"from": client_address(request)}


def _box() -> MultiFernet:
    """Encrypts with the newest key, opens with any."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(secret))) for secret in secrets])


def _key(secret: str) -> bytes:
    """A key for this use alone, so that it opens nothing else that SECRET_KEY signs."""
    purpose = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"taperplanner second factor")
    return purpose.derive(secret.encode())
