"""Check-ins that were begun and not recorded, as pages say it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.timezone import localdate

from taperplanner.accounts.models import User

from ...danger import sign_in_words, signs_in
from ...models import CheckInDraft

OLD_AFTER_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Begun:
    """`signs`: of danger, ticked in it and recorded nowhere. `age`: "9 days ago", empty on its own day."""

    by: str
    is_own: bool
    saved_at: datetime
    age: str
    is_old: bool
    signs: tuple[str, ...]
    revision: int


def begun_lines(
    drafts: QuerySet[CheckInDraft] | Iterable[CheckInDraft], user: User, today: date
) -> list[Begun]:
    """`typed_by` must be at hand."""
    return [begun(draft, user, today) for draft in drafts]


def begun(draft: CheckInDraft, user: User, today: date) -> Begun:
    days = (today - localdate(draft.saved_at)).days
    return Begun(
        by=draft.typed_by.full_title,
        is_own=draft.typed_by_id == user.pk,
        saved_at=draft.saved_at,
        age=_age(days),
        is_old=days > OLD_AFTER_DAYS,
        signs=tuple(sign_in_words(sign) for sign in signs_in(draft.content)),
        revision=draft.revision,
    )


def _age(days: int) -> str:
    if days <= 0:
        return ""
    return "yesterday" if days == 1 else f"{days} days ago"
