"""A flag as pages say it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.utils.formats import date_format

from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.models import User
from taperplanner.patients.models import Patient

from .models import Flag, FlagQuerySet
from .readers import to_be_read_by

ON_A_PAGE: Final = 20


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


def flags_page(request: ClinicRequest, patient: Patient) -> Page[Any]:
    """Lines of all of them, the newest first."""
    shown: Page[Any] = Paginator(patient.flags.newest_first(), ON_A_PAGE).get_page(request.GET.get("page"))
    rows: Any = shown.object_list
    shown.object_list = lines_of(rows, request)
    return shown


def lines_of(rows: FlagQuerySet, request: ClinicRequest) -> list[FlagLine]:
    user, zone = request.user, request.clinic.zone
    mine = to_be_read_by(Flag.objects.filter(pk=OuterRef("pk")), user, request.today)
    read: Iterable[Any] = rows.select_related("seen", "done").annotate(is_mine=Exists(mine))
    return [flag_line(row, user, zone, is_to_read=row.is_mine) for row in read]


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
