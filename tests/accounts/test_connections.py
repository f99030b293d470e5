"""However many ask at once, the database is not asked for more connections than were set."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock, Thread, current_thread
from typing import Any, Final

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import RequestFactory

import taperplanner.wsgi
from taperplanner.wsgi import application

WHO_ASK: Final = 130
# A page that asks the database for one thing: whose session it is.
ASKED: Final = "/account/login/"
A_SESSION: Final = {"Cookie": f"sessionid={'a' * 32}"}
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Open:
    """The connections that are open, by the threads that opened them, and the most there were at once."""

    def __init__(self) -> None:
        self.lock, self.by, self.most = Lock(), set[Thread](), 0

    def opened(self) -> None:
        with self.lock:
            self.by.add(current_thread())
            self.most = max(self.most, len(self.by))

    def closed(self) -> None:
        with self.lock:
            self.by.discard(current_thread())


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Open:
    counted = Open()
    database = type(connections["default"])
    connect, close = database.connect, database._close

    def counted_connect(self: BaseDatabaseWrapper) -> None:
        counted.opened()
        connect(self)

    def counted_close(self: BaseDatabaseWrapper) -> None:
        close(self)
        counted.closed()

    monkeypatch.setattr(database, "connect", counted_connect)
    monkeypatch.setattr(database, "_close", counted_close)
    return counted


def ask_all_at_once() -> Counter[str]:
    """Each from a thread of its own, as a server with as many threads asks."""
    start, environ = Barrier(WHO_ASK), RequestFactory().get(ASKED, headers=A_SESSION).environ

    def request(_: int) -> str:
        said: list[str] = []
        start.wait(timeout=60)
        application(dict(environ), lambda status, *_: said.append(status))
        return said[0]

    with ThreadPoolExecutor(WHO_ASK) as pool:
        return Counter(pool.map(request, range(WHO_ASK)))


def test_130_who_ask_at_once_are_all_answered_by_the_connections_there_are(counted: Open) -> None:
    """115 of 130 were told "too many clients", and 97 connections were held afterwards."""
    assert ask_all_at_once() == {"200 OK": WHO_ASK}
    assert 1 <= counted.most <= settings.CONNECTIONS_AT_ONCE
    assert not counted.by


def test_whoever_watches_over_the_server_waits_for_no_turn() -> None:
    """Also while every connection there is to be had is at work."""
    seats, answered = taperplanner.wsgi._SEATS, Event()
    probe = Thread(
        target=lambda: application(RequestFactory().get("/healthz").environ, lambda *_: answered.set())
    )
    for _ in range(settings.CONNECTIONS_AT_ONCE):
        assert seats.acquire(timeout=60)
    try:
        probe.start()
        assert answered.wait(10)
    finally:
        for _ in range(settings.CONNECTIONS_AT_ONCE):
            seats.release()
        probe.join()


def held() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


@pytest.mark.skipif("sqlite3" in settings.DATABASES["default"]["ENGINE"], reason="SQLite is a file")
def test_postgresql_is_left_with_none() -> None:
    before = held()
    assert ask_all_at_once() == {"200 OK": WHO_ASK}
    connections.close_all()
    assert held() <= before
