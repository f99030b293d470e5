"""The sessions of one person, wherever they are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from .client_address import client_address
from .device_words import device_in_words
from .middleware import BEGAN_AT, LONGEST, SEEN_AT, SEEN_EVERY
from .models import Session, User

FROM: Final = "from"
DEVICE: Final = "device"
LONGEST_DEVICE: Final = 400


@dataclass(frozen=True)
class OwnSession:
    key: str
    device: str
    address: str
    began_at: datetime
    seen_at: datetime
    is_this_one: bool

    @property
    def handle(self) -> str:
        """Names it on a page, where the key itself would let anybody in who reads it."""
        return salted_hmac("taperplanner.accounts.sessions_of", self.key).hexdigest()[:32]


def end_sessions(user: User, at: datetime) -> None:
    """Each of them ends with its next request, once the row is saved: see `User._get_session_auth_hash`."""
    user.sessions_ended_at = at


def note_device(request: HttpRequest) -> None:
    """At signing in: what the person will know this session by."""
    request.session[FROM] = client_address(request)
    request.session[DEVICE] = request.headers.get("User-Agent", "")[:LONGEST_DEVICE]


def open_sessions(user: User, *, this: str | None, at: datetime) -> list[OwnSession]:
    """Those that still let somebody in: this one first, then those that were used last."""
    rows = Session.objects.filter(user=user, expire_date__gt=at)
    found = [_own(row.session_key, data, this, at) for row in rows if _fits(data := row.get_decoded(), user)]
    idle = timedelta(minutes=user.clinic.idle_limit_minutes) + SEEN_EVERY
    still = [one for one in found if at - one.began_at < LONGEST and at - one.seen_at <= idle]
    return sorted(still, key=lambda one: (one.is_this_one, one.seen_at), reverse=True)


def _own(key: str, data: dict[str, Any], this: str | None, at: datetime) -> OwnSession:
    return OwnSession(
        key=key,
        device=device_in_words(data.get(DEVICE, "")),
        address=data.get(FROM, ""),
        began_at=_moment(data, BEGAN_AT, at),
        seen_at=_moment(data, SEEN_AT, _moment(data, BEGAN_AT, at)),
        is_this_one=key == this,
    )


def _moment(data: dict[str, Any], name: str, otherwise: datetime) -> datetime:
    return datetime.fromisoformat(data[name]) if name in data else otherwise


def _fits(data: dict[str, Any], user: User) -> bool:
    """Whether its next request is still this person's: no other password, reset or deactivation since."""
    hashes = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    held = data.get(HASH_SESSION_KEY, "")
    return (
        user.is_active
        and data.get(SESSION_KEY) == str(user.pk)
        and any(constant_time_compare(held, wanted) for wanted in hashes)
    )
