"""A flag as pages say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from taperplanner.accounts.models import User

from .models import Flag


@dataclass(frozen=True, slots=True)
class FlagLine:
    """`seen`, `done`: by whom and when; empty until then. `may_see`, `may_finish`: whether who asks can say so."""

    number: int
    sentence: str
    to: str
    written: str
    seen: str
    done: str
    may_see: bool
    may_finish: bool


def flag_line(flag: Flag, user: User, zone: ZoneInfo, *, is_to_read: bool) -> FlagLine:
    """`seen` and `done` selected."""
    seen, done = getattr(flag, "seen", None), getattr(flag, "done", None)
    is_own = flag.written_by_id == user.pk
    return FlagLine(
        number=flag.number,
        sentence=flag.sentence,
        to=flag.for_name,
        written=_said(flag.written_by_name, flag.written_at, zone),
        seen=_said(seen.seen_by_name, seen.seen_at, zone) if seen else "",
        done=_said(done.done_by_name, done.done_at, zone) if done else "",
        may_see=is_to_read and not is_own and not seen and not done,
        may_finish=(is_to_read or is_own) and not done,
    )


def _said(name: str, at: datetime, zone: ZoneInfo) -> str:
    return f"{name}, {date_format(at.astimezone(zone), 'M j, Y, g:i A')}"
