"""The row of a change that took effect with the action that made it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from ..access_changes import TRUSTED, AccessChange, Kind
from ..models import User
from ..permissions import Role
from ..signing_rights import has_second_manager


def note_change(
    user: User, kind: Kind, *, by: User | None, at: datetime, roles: Collection[Role] = ()
) -> AccessChange:
    """`roles`: those that it gave; the ones that nobody has to vouch for are left out."""
    return AccessChange.objects.create(
        user=user,
        kind=kind,
        roles=" ".join(role for role in TRUSTED if role in roles),
        asked_by=by,
        asked_at=at,
        has_second=by is not None and has_second_manager(user, by),
    )
