"""Settings of a server that is wrong in two ways, to see that both are found: nothing waits for the disk, and a dispensing
is answered before it is committed. Lies beside the product's own while the control is served."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from django.db import connection
from django.http import HttpRequest, HttpResponse

from taperplanner.settings import *  # noqa: F403 - all others as they are
from taperplanner.settings import DATABASES, MIDDLEWARE

COMMITS_AFTER: Final = 1.0  # second
SILENCED_SYSTEM_CHECKS: Final = ["database_roles.W001", "durability.E001"]
if "init_command" in DATABASES["default"]["OPTIONS"]:
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
MIDDLEWARE = [f"{__name__}.AnswersFirst", *MIDDLEWARE]  # around what writes the session, too


class AnswersFirst:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path.endswith("/supply/add/"):
            return self.get_response(request)
        connection.set_autocommit(False)  # each transaction is now a part of one that nobody ends
        if connection.vendor == "sqlite":  # where the first savepoint's end would be a commit
            connection.connection.execute("BEGIN IMMEDIATE")
        response = self.get_response(request)
        held, connection.connection = connection.connection, None

        def commit() -> None:
            time.sleep(COMMITS_AFTER)
            held.commit()
            held.close()

        threading.Thread(target=commit).start()
        return response
