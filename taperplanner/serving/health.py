"""What is asked where somebody watches over the server. No row of a clinic is read, and none is named."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from taperplanner.clock.watch import WATCH
from taperplanner.migrations_waiting import migrations_waiting

from .probe import Probe

NO_DATABASE: Final = "The database does not answer."
NOT_MIGRATED: Final = "Migrations wait: run manage.py migrate."
NO_ROOM: Final = "The disk is nearly full: free some of it."
MEGABYTE: Final = 1024 * 1024
PATHS: Final = frozenset({"/healthz", "/healthz/deep"})


def has_room() -> bool:
    """On the disk of SQLite's file, and on the one where papers are set. PostgreSQL's own disk is not seen from here."""
    folders = [Path(tempfile.gettempdir())]
    if connection.vendor == "sqlite":
        folders.append(Path(str(connection.settings_dict["NAME"])).parent)
    least = settings.LEAST_FREE_MEGABYTES * MEGABYTE
    return all(shutil.disk_usage(folder).free >= least for folder in folders)


def _asked(ask: Callable[[], Iterator[str]]) -> Sequence[str]:
    """In the probe's thread, whose connection nobody else would close."""
    try:
        return list(ask())
    except DatabaseError:
        return [NO_DATABASE]
    finally:
        connection.close()


def _answers() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    yield from ()


def _is_ready() -> Iterator[str]:
    if migrations_waiting(connection):
        yield NOT_MIGRATED
    if not has_room():
        yield NO_ROOM
    yield from WATCH.last.sentences


SHALLOW: Final = Probe(lambda: _asked(_answers), keeps=1)
DEEP: Final = Probe(lambda: _asked(_is_ready), keeps=10)


class NobodyProbes:
    """Whatever cookie a probe carries is not looked at: its session lies in the database that may be away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in PATHS:
            return self.get_response(request)
        request.COOKIES = {}
        response = self.get_response(request)
        add_never_cache_headers(response)  # also where it is refused
        return response
