"""Sessions in the database. While it cannot be written, whoever is signed in can go on reading."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError

from taperplanner.database_away import is_away
from taperplanner.no_room import why_no_room

# Sessions that could not be written, by their key: in this process only, until they can be written again.
_unwritten: Final[dict[str, dict[str, Any]]] = {}


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> Any:
        from .session_model import Session  # noqa: PLC0415 - the engine is imported before the models can be

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        return row

    def load(self) -> dict[str, Any]:
        found: dict[str, Any] = super().load()
        unwritten = _unwritten.get(self.session_key or "")
        return found if unwritten is None else dict(unwritten)

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - as Django calls it
        """A new session is not held in memory: the next request may go to another process."""
        try:
            super().save(must_create)
        except (DatabaseError, UpdateError) as error:
            if must_create or not self.session_key or not why_no_room(error):
                if isinstance(error, UpdateError) and error.__context__ and is_away(error.__context__):
                    # Django takes it for a session that was ended meanwhile, and answers 400.
                    raise error.__context__ from None
                raise
            _unwritten[self.session_key] = dict(self.items())
        else:
            _unwritten.pop(self.session_key or "", None)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        try:
            super().delete(session_key)
        except DatabaseError as error:
            if not why_no_room(error):
                raise
            _unwritten[key or ""] = {}  # nobody is signed in by it any more
        else:
            _unwritten.pop(key or "", None)
