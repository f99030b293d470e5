"""The row of a session: whose it is can be asked of the database, which Django's own table cannot answer."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> Any:
        from .sessions import SessionStore  # noqa: PLC0415 - the engine asks for this model

        return SessionStore
