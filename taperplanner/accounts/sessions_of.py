"""The sessions of one person, wherever they are signed in."""

from __future__ import annotations

from datetime import datetime

from .models import User


def end_sessions(user: User, at: datetime) -> None:
    """Each of them ends with its next request, once the row is saved: see `User._get_session_auth_hash`."""
    user.sessions_ended_at = at
