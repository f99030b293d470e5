"""Whether an account may sign and check, and whether a manager may vouch for others, after what changed in its access.

One manager alone must not come to a signature: not with a password that they had somebody set, nor with a role, a
name or an account that they gave. So what one manager changed waits for a second one, for the person's recovery
code, or for an operator of the server; a reset that was approved, and a change of name, at least for `HOLD`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.dateformat import format as date_format

from taperplanner.days import without_weekday
from taperplanner.places import Registry

from .access_changes import OF_ROLES, TRUSTED, AccessChange, Kind, StepKind
from .models import Clinic, User
from .permissions import Role

# What rooms above know that keeps everybody of a clinic from signing: a sentence, or nothing.
nobody_signs: Registry[Callable[[User], str]] = Registry()

HOLD: Final = timedelta(hours=24)
HOW: Final = "A second manager of your clinic can confirm it."
OR_A_CODE: Final = (
    "A second manager can confirm it, or you can with a recovery code on the page “Changes to your access”."
)
NOT_ME: Final = (
    "You cannot sign or check: somebody said “That was not me” of a change to this account. A second manager of your"
    " clinic confirms the account when they have spoken with you."
)
UNREAD: Final = (
    "You cannot sign or check before you have read what changed in how you get in: the page “Changes to your access”,"
    " in the menu with your name."
)
LEFT: Final = (
    "You cannot sign or check: your last day of work here was {day}. A manager of your clinic can correct it."
)
_GAVE: Final = {
    Kind.ADDED: "You were added",
    Kind.ROLE: "You were given a role",
    Kind.BACK: "Your access was given back",
}
_SET: Final = {
    Kind.NAME: "The name that you sign with was changed",
    Kind.PASSWORD: "Your password was set with a link",
    Kind.SECOND_FACTOR: "Your two-step sign-in was turned off",
    Kind.BOTH: "Your password was set with a link, and two-step sign-in turned off,",
}
_OF_SIGNING: Final = frozenset({Role.PROVIDER, Role.CHECKER})


def why_not_sign(user: User, now: datetime) -> str | None:
    """A sentence for the page, or None. Of the second check too."""
    if nobody := why_nobody_signs(user):
        return nobody
    if user.works_until is not None and user.has_left_by(user.clinic.day_of(now)):
        return LEFT.format(day=without_weekday(user.works_until))
    changes = changes_of(user)
    held = (_why_held(change, changes, user, now, _OF_SIGNING) for change in changes)
    if sentence := next(filter(None, held), None):
        return sentence
    return UNREAD if any(is_to_be_told(change, user) for change in changes) else None


def why_nobody_signs(user: User) -> str:
    """A sentence if nobody of the user's clinic may sign or check now, whatever their access; else empty."""
    return next(filter(None, (why(user) for why in nobody_signs)), "")


def is_settled_manager(user: User, now: datetime) -> bool:
    """Whether this manager's word counts beside another's. One who was given the role by one manager alone has no
    word before somebody else confirmed it, however long they wait."""
    if not (user.is_active and user.is_manager):
        return False
    changes = changes_of(user)
    of_access = [change for change in changes if change.kind != Kind.NAME]
    return not any(
        _lacks_a_second(change) or _why_held(change, changes, user, now, frozenset()) for change in of_access
    )


def has_second_manager(user: User, by: User) -> bool:
    """Whether the clinic has a manager who could vouch for what `by` does with `user`, now or once they are free to."""
    others = (
        User.objects.filter(clinic_id=user.clinic_id).active().managers().exclude(pk__in=[user.pk, by.pk])
    )
    return any(not any(map(_lacks_a_second, changes_of(other))) for other in others)


def changes_of(user: User) -> list[AccessChange]:
    """Newest first, with their steps."""
    return list(user.access_changes.with_steps().newest_first())


def to_confirm(user: User, now: datetime) -> list[AccessChange]:
    """What keeps this account from signing, checking or vouching, and would not with a confirmation."""
    return _held_of(user, changes_of(user), now)


def is_to_be_told(change: AccessChange, user: User) -> bool:
    """Whether the person has still to say that they know of it."""
    if change.kind == Kind.ADDED or change.asked_by_id == user.pk or change.took_effect_at() is None:
        return False
    return not change.has(StepKind.ACKNOWLEDGED, StepKind.DENIED)


def is_first_password(user: User) -> bool:
    """Whether nobody has got in with this account, and nothing that it could do has been confirmed.

    Then a link is no reset of somebody's access: there is none yet.
    """
    if user.last_login is not None or user.has_usable_password():
        return False
    added = [change for change in changes_of(user) if change.kind in OF_ROLES]
    if not added:
        return not set(user.roles) & set(TRUSTED)
    return not any(change.has(StepKind.CONFIRMED) for change in added)


def open_reset(user: User, now: datetime) -> AccessChange | None:
    return next((change for change in changes_of(user) if change.is_open(now)), None)


def unapproved_reset(user: User, now: datetime) -> AccessChange | None:
    """The one whose link opens with a recovery code only."""
    reset = None if is_first_password(user) else open_reset(user, now)
    return reset if reset and not reset.has(StepKind.APPROVED) else None


def may_use_link(user: User, now: datetime) -> bool:
    """Whether a set-password link of theirs may be opened; whether a recovery code goes with it, its page says."""
    reset = open_reset(user, now)
    return is_first_password(user) or (reset is not None and reset.kind != Kind.SECOND_FACTOR)


def waiting_of(clinic: Clinic, now: datetime) -> frozenset[UUID]:
    """Of whom something waits for a manager: a reset, a confirmation, or word of a change that was denied."""
    changes = AccessChange.objects.filter(user__clinic=clinic, user__is_active=True)
    by_user: dict[UUID, list[AccessChange]] = {}
    for change in changes.with_steps().select_related("user__clinic").newest_first():
        by_user.setdefault(change.user_id, []).append(change)
    return frozenset(
        user_id
        for user_id, found in by_user.items()
        if any(change.is_open(now) for change in found) or _held_of(found[0].user, found, now)
    )


def _held_of(user: User, changes: list[AccessChange], now: datetime) -> list[AccessChange]:
    roles = frozenset(TRUSTED)
    return [
        change
        for change in changes
        if (user.is_manager and _lacks_a_second(change)) or _why_held(change, changes, user, now, roles)
    ]


def _why_held(
    change: AccessChange,
    all_of_them: Iterable[AccessChange],
    user: User,
    now: datetime,
    roles: frozenset[Role],
) -> str | None:
    """`roles`: those whose power is asked about."""
    if _is_denied(change):
        return NOT_ME
    if change.kind == Kind.EMAIL or change.last(StepKind.CONFIRMED):
        return None  # nothing is sent to an address here, and nobody gets in with one
    if change.kind in OF_ROLES:
        is_asked_about = bool(change.given_roles & roles & set(user.roles)) and change.asked_by_id is not None
        return _why_role_held(change, all_of_them, now) if is_asked_about else None
    signs = bool(_OF_SIGNING & set(user.roles))
    return _why_within_hold(change, user, now) if signs or change.kind != Kind.NAME else None


def _why_within_hold(change: AccessChange, user: User, now: datetime) -> str | None:
    at = change.took_effect_at()
    if at is None or now >= at + HOLD:
        return None
    how = OR_A_CODE if change.is_reset else HOW
    until = f"You cannot sign or check before {_said(at + HOLD, user)}."
    return f"{_SET[Kind(change.kind)]} on {_said(at, user)}. {until} {how}"


def _why_role_held(change: AccessChange, all_of_them: Iterable[AccessChange], now: datetime) -> str | None:
    user = change.user
    sentence = f"{_GAVE[Kind(change.kind)]} by one manager, on {_said(change.asked_at, user)}."
    if change.has_second:
        return f"{sentence} You cannot sign or check before a second manager has confirmed it."
    began = [one.took_effect_at() for one in all_of_them if one.kind == Kind.ADDED]
    at = change.took_effect_at()
    if at is None or None in began:
        return f"{sentence} You cannot sign or check for 24 hours after your first sign-in."
    ends = max(at, *(moment for moment in began if moment)) + HOLD if began else at + HOLD
    if now >= ends:
        return None
    return f"{sentence} You cannot sign or check before {_said(ends, user)}, or before an operator of the server confirms it."


def _lacks_a_second(change: AccessChange) -> bool:
    """Whether one manager alone gave the role of a manager with it."""
    gave = change.kind in OF_ROLES and Role.MANAGER in change.given_roles
    return gave and change.asked_by_id is not None and not change.has(StepKind.CONFIRMED)


def _is_denied(change: AccessChange) -> bool:
    denied, confirmed = change.last(StepKind.DENIED), change.last(StepKind.CONFIRMED)
    return denied is not None and not (confirmed and confirmed.at > denied.at)


def _said(moment: datetime, user: User) -> str:
    return date_format(moment.astimezone(user.clinic.zone), "F j, g:i A")
