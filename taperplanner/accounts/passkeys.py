"""Confirming with a passkey: a challenge for one thing, kept in the session, used once."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from allauth.mfa.webauthn.internal import auth
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticationResponse, UserVerificationRequirement

from .http import ClinicRequest
from .models import Method
from .proofs import EXPIRED, HOLDS_FOR, NOT_READ, OF_SOMETHING_ELSE, USED, NotConfirmed, Proof

ASKED: Final = "passkeys_asked"
AT_ONCE: Final = 8  # pages that one person may have open
LONGEST: Final = 20_000
_REQUIRED: Final = UserVerificationRequirement.REQUIRED


def begin(request: ClinicRequest, confirmed: str) -> dict[str, Any]:
    """What the browser asks the passkey for. Its challenge is made of a random number and of what is confirmed."""
    nonce = secrets.token_bytes(32)
    challenge = _challenge(nonce, confirmed)
    options, _ = auth.get_server().authenticate_begin(
        credentials=auth.get_credentials(request.user), user_verification=_REQUIRED, challenge=challenge
    )
    kept = list(request.session.get(ASKED, {}).items())[1 - AT_ONCE :]
    asked = {"nonce": nonce.hex(), "at": request.now.isoformat()}
    request.session[ASKED] = {**dict(kept), websafe_encode(challenge): asked}
    return dict(options)


def finish(request: ClinicRequest, answer: str, confirmed: str) -> Proof:
    """What the passkey answered, checked for this user and for this alone. Raises: NotConfirmed."""
    response = _read(answer)
    challenge = response.response.client_data.challenge
    asked = _taken(request, websafe_encode(challenge))
    at = datetime.fromisoformat(asked["at"])
    if request.now - at > HOLDS_FOR:
        raise NotConfirmed(EXPIRED)
    if not secrets.compare_digest(challenge, _challenge(bytes.fromhex(asked["nonce"]), confirmed)):
        raise NotConfirmed(OF_SOMETHING_ELSE)
    state = {"challenge": websafe_encode(challenge), "user_verification": _REQUIRED}
    try:
        held = auth.get_server().authenticate_complete(state, auth.get_credentials(request.user), response)
    except ValueError:
        raise NotConfirmed(NOT_READ) from None
    if used := auth.get_authenticator_by_credential_id(request.user, held.credential_id):
        used.record_usage()
    shown = sha256(b"passkey" + challenge).hexdigest()
    return Proof(request.user.pk, Method.PASSKEY, confirmed, shown, request.now)


def _read(answer: str) -> AuthenticationResponse:
    """Raises: NotConfirmed, whatever was sent in its place."""
    try:
        response: AuthenticationResponse | None = AuthenticationResponse.from_dict(
            json.loads(answer[:LONGEST])
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        raise NotConfirmed(NOT_READ) from None
    if response is None:  # of "null"
        raise NotConfirmed(NOT_READ)
    return response


def _taken(request: ClinicRequest, challenge: str) -> dict[str, str]:
    """What was asked with this challenge, and never again. Raises: NotConfirmed."""
    waiting = request.session.get(ASKED, {})
    asked: dict[str, str] | None = waiting.pop(challenge, None)
    if asked is None:
        raise NotConfirmed(USED)
    request.session[ASKED] = waiting
    return asked


def _challenge(nonce: bytes, confirmed: str) -> bytes:
    return sha256(nonce + bytes.fromhex(confirmed)).digest()
