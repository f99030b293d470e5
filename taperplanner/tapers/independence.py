"""Whether somebody's check of a version would be a second pair of eyes."""

from __future__ import annotations

from typing import Final

from taperplanner.accounts.models import User

from .models import Version

SIGNED: Final = "You signed this version, so you cannot check it. Ask a colleague."
SEEN: Final = (
    "You checked this version before, and have seen where you differed from what was signed. Ask another colleague, or"
    " have a new version signed."
)


def why_not_independent(version: Version, user: User) -> str:
    """A sentence that says why not; empty if it would be."""
    if user.pk == version.signed_by_id:
        return SIGNED
    return SEEN if version.checks.filter(checked_by=user, agrees=False).exists() else ""
