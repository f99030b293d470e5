"""What each person of a clinic did in the last days, counted from the audit log: no patient, no page, no text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Max

from taperplanner.audit.log import events_of

from .models import User

DAYS: Final = 30
HEAD: Final = (
    "Name",
    "E-mail address",
    "Roles",
    "Access",
    "Last sign-in",
    "Last act",
    "Pages opened",
    "Records written",
    "Papers printed",
    "Signed or checked",
    "Refused",
)
PAPERS: Final = frozenset({"handout.printed", "down_time_forms.written"})
SIGNATURES: Final = frozenset({"draft.signed", "version.checked"})
REFUSALS: Final = frozenset({
    "request.refused", "request.refused_more", "draft.signing_refused", "version.check_refused", "handout.refused",
})  # fmt: skip
LOOKED: Final = ("shown", "exported", "report.saved")
# Coming and going is none of these, nor what a page found out by itself.
NOT_COUNTED: Final = (
    "user.signed_",
    "user.session_",
    "user.other_sessions_",
    "user.password_refused",
    "version.hash_mismatch",
    "handout.file_altered",
)


@dataclass(frozen=True, slots=True)
class Activity:
    """`last`: when they last did anything within the days."""

    person: User
    last: datetime | None
    pages: int
    written: int
    papers: int
    signed: int
    refused: int

    def texts(self) -> list[str]:
        """As the columns of `HEAD`, moments with their offset."""
        moments = (self.person.last_login, self.last)
        counts = (self.pages, self.written, self.papers, self.signed, self.refused)
        return [
            self.person.full_title,
            self.person.email,
            ", ".join(self.person.roles),
            "active" if self.person.is_active else "deactivated",
            *(moment.isoformat(timespec="seconds") if moment else "" for moment in moments),
            *map(str, counts),
        ]


def activity_of(clinic_id: UUID, people: Iterable[User], now: datetime) -> list[Activity]:
    """In the order of the people. One query, however many people and events."""
    found = (
        events_of(clinic_id)
        .filter(at__gt=now - timedelta(days=DAYS), at__lte=now, user_id__isnull=False)
        .values_list("user_id", "action")
        .annotate(count=Count("pk"), last=Max("at"))
        .order_by()
    )
    counted: dict[UUID, Counter[str]] = {}
    last: dict[UUID, datetime] = {}
    for user_id, action, count, at in found:
        counted.setdefault(user_id, Counter())[_kind(action)] += count
        last[user_id] = max(at, last.get(user_id, at))
    return [_activity(one, counted.get(one.pk, Counter()), last.get(one.pk)) for one in people]


def _activity(person: User, counted: Counter[str], last: datetime | None) -> Activity:
    kinds = ("pages", "written", "papers", "signed", "refused")
    return Activity(person, last, **{kind: counted[kind] for kind in kinds})


def _kind(action: str) -> str:
    """The field of `Activity` that counts it."""
    if action in PAPERS:
        return "papers"
    if action in SIGNATURES:
        return "signed"
    if action in REFUSALS:
        return "refused"
    if action.endswith(LOOKED):
        return "pages"
    return "" if action.startswith(NOT_COUNTED) else "written"
