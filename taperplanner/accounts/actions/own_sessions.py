"""One's own sessions, ended from another of them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import Refused

from ..models import Session, User
from ..sessions_of import open_sessions

GONE: Final = "That one has ended already."


class NoSuchSession(Refused):
    """It ended meanwhile, or it is not one of theirs."""


@audited_transaction()
def end_own_session(*, user: User, handle: str, this: str | None, by: User, at: datetime) -> None:
    """Raises: NoSuchSession."""
    others = [one for one in open_sessions(user, this=this, at=at) if not one.is_this_one]
    keys = [one.key for one in others if one.handle == handle]
    if not keys or not Session.objects.filter(user=user, pk__in=keys).delete()[0]:
        raise NoSuchSession(GONE)
    record("user.session_ended", by=by, at=at, subject=str(user.pk))


@audited_transaction()
def end_other_sessions(*, user: User, this: str | None, by: User, at: datetime) -> int:
    """How many it ended; also those that would end with their next request go. An event only where one was open."""
    open_ones = sum(not one.is_this_one for one in open_sessions(user, this=this, at=at))
    Session.objects.filter(user=user).exclude(pk=this or "").delete()
    if open_ones:
        record("user.other_sessions_ended", by=by, at=at, subject=str(user.pk), details={"ended": open_ones})
    return open_ones
