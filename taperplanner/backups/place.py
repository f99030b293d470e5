"""A database that is not the application's own: a copy that is looked at, or where one is restored to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend
from environ import Env

from taperplanner.sealed import Refused

Settings = dict[str, Any]
# How an address begins, and one as an example.
SERVER: Final = (("postgres://", "postgresql://"), "postgres://user:password@host/name")
FILE: Final = (("sqlite:///",), "sqlite:////path/to/file")


def settings_now() -> Settings:
    return dict(connections[DEFAULT_DB_ALIAS].settings_dict)


def settings_of(address: str) -> Settings:
    """Of a database at an address that is written like DATABASE_URL. Raises: Refused."""
    now = settings_now()
    kinds, example = SERVER if _is_server(now) else FILE
    parsed = Env.db_url_config(address) if address.startswith(kinds) else {}
    if not parsed.get("NAME"):
        raise Refused(f"Give the new place as {example}: DATABASE_URL is of that kind.")
    if _is_server(now):
        return now | {"OPTIONS": {}} | parsed
    return now | {"NAME": str(parsed["NAME"])}


def connection_to(settings: Settings) -> BaseDatabaseWrapper:
    """Not open yet."""
    made: BaseDatabaseWrapper = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, DEFAULT_DB_ALIAS)
    return made


@contextmanager
def pointed_at(settings: Settings) -> Iterator[BaseDatabaseWrapper]:
    """Within the block whatever asks the database asks this one. Other threads go on with theirs."""
    before = connections[DEFAULT_DB_ALIAS]
    there = connection_to(settings)
    connections[DEFAULT_DB_ALIAS] = there
    try:
        if there.vendor == "postgresql":
            # Reading all of it takes as long as it takes, whatever the limit of a request.
            with there.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('statement_timeout', '0', false),"
                    " set_config('idle_in_transaction_session_timeout', '0', false)"
                )
        yield there
    finally:
        there.close()
        connections[DEFAULT_DB_ALIAS] = before


def _is_server(settings: Settings) -> bool:
    return str(settings["ENGINE"]).endswith("postgresql")
