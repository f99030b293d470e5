"""Where rate limits are counted: in the database, for every process."""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connection

from taperplanner.no_room import watch, why_no_room


class LimitsCache(DatabaseCache):
    """While nothing can be written, attempts are not counted, and nobody is told "too many attempts".

    The request is then refused for its own reason (`cannot_save.py`), so that no password is tried by it.
    """

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        reasons: list[str] = []
        with connection.execute_wrapper(watch(reasons)):
            added = super().add(key, value, timeout, version)
        return added or bool(reasons)

    def delete(self, key: Any, version: int | None = None) -> bool:
        try:
            return super().delete(key, version)
        except DatabaseError as error:
            if why_no_room(error):
                return False
            raise
