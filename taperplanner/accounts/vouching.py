"""Who may vouch for what was asked for somebody. Nothing here saves: the actions do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from taperplanner.saving import Refused

from .access_changes import TRUSTED, AccessChange, Kind, Means, ReasonCode
from .models import User
from .people import CannotEditUser
from .permissions import Role
from .signing_rights import has_second_manager, is_settled_manager

YOU_ASKED: Final = "You asked for this yourself. Another manager has to look at it."
ABOUT_YOU: Final = "This is about your own account. Another manager has to look at it."
UNSETTLED: Final = (
    "You cannot manage how people get in before a second manager, or an operator of the server, has confirmed your own"
    " account."
)


@dataclass(frozen=True)
class Operator:
    """Somebody with access to the server, by the name that they typed: for a clinic without a second manager."""

    name: str
    reason: ReasonCode


def require_settled(by: User, at: datetime, refusal: type[Refused] = CannotEditUser) -> None:
    """Raises: the refusal, if one manager alone could have made this one."""
    if not is_settled_manager(by, at):
        raise refusal(UNSETTLED)


def why_not_vouch(by: User, change: AccessChange, at: datetime) -> str:
    """A sentence that says why not; empty if they may."""
    if by.pk == change.asked_by_id:
        return YOU_ASKED
    if by.pk == change.user_id:
        return ABOUT_YOU
    return "" if is_settled_manager(by, at) else UNSETTLED


def require_vouch(by: User | Operator, change: AccessChange, at: datetime) -> None:
    """Raises: CannotEditUser."""
    if isinstance(by, User) and (refusal := why_not_vouch(by, change, at)):
        raise CannotEditUser(refusal)


def step_by(by: User | Operator) -> dict[str, Any]:
    """Who takes a step, as its row says it."""
    if isinstance(by, Operator):
        return {"means": Means.OPERATOR, "operator": by.name, "reason": by.reason}
    return {"means": Means.MANAGER, "by": by}


def new_change(
    user: User, kind: Kind, *, by: User | None, at: datetime, roles: Collection[Role] = ()
) -> AccessChange:
    """Not yet saved. `roles`: those that it gives; the ones that nobody has to vouch for are left out."""
    return AccessChange(
        user=user,
        kind=kind,
        roles=" ".join(role for role in TRUSTED if role in roles),
        asked_by=by,
        asked_at=at,
        has_second=by is not None and has_second_manager(user, by),
    )
