"""What an application server loads."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import nullcontext
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taperplanner.settings")
_answer: Final = get_wsgi_application()

from django.conf import settings  # noqa: E402 - only now that they are named
from django.db import close_old_connections  # noqa: E402

from taperplanner.clock.watch import WATCH  # noqa: E402
from taperplanner.serving import health  # noqa: E402
from taperplanner.serving.bodies import Refused, bodies_of_settings, refuse  # noqa: E402
from taperplanner.serving.time_outs import set_time_outs  # noqa: E402

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

set_time_outs()
WATCH.begin()
_SEATS: Final = BoundedSemaphore(settings.CONNECTIONS_AT_ONCE)
_BODIES: Final = bodies_of_settings()


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """However many threads the server has, no more of them are at work than there are connections.

    A page is whole when it is returned, so its connection is closed before the next one has its turn. Whoever only asks
    whether the server is well waits for no turn: it has a connection of its own.
    """
    try:
        _BODIES.receive(environ)
    except Refused as refused:
        return refuse(refused.status, start_response)
    with nullcontext() if environ["PATH_INFO"] in health.PATHS else _SEATS:
        try:
            return _answer(environ, start_response)
        finally:
            close_old_connections()
