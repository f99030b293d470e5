"""What whoever watches over the server is told: soon, without a session, and without work for the database."""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.serving import health
from taperplanner.serving.probe import TOO_SLOW, Probe

from ..world.universe import Universe

BOTH = pytest.mark.parametrize("address", ["/healthz", "/healthz/deep"])
DOWN = "The database does not answer.\n"


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    for probe in (health.SHALLOW, health.DEEP):
        probe.forget()
    yield
    for probe in (health.SHALLOW, health.DEEP):
        while probe._asking:
            time.sleep(0.05)
        probe.forget()


@contextmanager
def database_away() -> Iterator[None]:
    connections.close_all()
    with patch.object(BaseDatabaseWrapper, "connect", side_effect=OperationalError("secret host name")):
        yield


@BOTH
def test_it_answers_anybody(transactional_db: None, address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer.content.decode(), answer["Content-Type"]) == (
        200,
        "ok\n",
        "text/plain",
    )
    assert "no-store" in answer["Cache-Control"]


@BOTH
def test_without_a_database_it_says_so_in_a_sentence(transactional_db: None, address: str) -> None:
    with database_away():
        answer = Client().get(address)
    assert (answer.status_code, answer.content.decode()) == (503, DOWN)


@BOTH
def test_a_session_cookie_changes_nothing(transactional_db: None, universe: Universe, address: str) -> None:
    """It answered 500, because it looked up whose session that was in the database that was away."""
    client = universe.client_of(universe.ours.staff)
    client.raise_request_exception = False
    assert client.cookies["sessionid"].value
    with database_away():
        answer = client.get(address)
    assert (answer.status_code, answer.content.decode()) == (503, DOWN)
    assert not answer.cookies


@BOTH
def test_a_database_that_never_answers_is_told_within_a_second(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def never(self: BaseDatabaseWrapper) -> None:
        time.sleep(2)
        raise OperationalError("no answer")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", never)
    began = time.monotonic()
    answer = Client().get(address)
    assert time.monotonic() - began < 1.5
    assert answer.status_code == 503
    assert answer.content.decode() == "The database does not answer within a second.\n"


def test_no_number_of_probes_puts_work_on_the_database() -> None:
    asked: list[int] = []
    probe = Probe(lambda: asked.append(1) or (), keeps=60)  # type: ignore[func-returns-value]
    assert [probe.wrong() for _ in range(100)] == [()] * 100
    assert len(asked) == 1


def test_while_it_is_asked_nobody_asks_again() -> None:
    asked: list[int] = []

    def hangs() -> tuple[str, ...]:
        asked.append(1)
        time.sleep(3)
        return ()

    probe = Probe(hangs, keeps=0)
    assert [probe.wrong(), probe.wrong()] == [TOO_SLOW, TOO_SLOW]
    assert len(asked) == 1


def test_the_deep_one_says_that_migrations_wait(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "migrations_waiting", lambda _connection: ["tapers.0099_more"])
    answer = Client().get("/healthz/deep")
    assert (answer.status_code, answer.content.decode()) == (
        503,
        "Migrations wait: run manage.py migrate.\n",
    )
    assert Client().get("/healthz").status_code == 200


def test_the_deep_one_says_that_the_disk_is_nearly_full(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    least = settings.LEAST_FREE_MEGABYTES * 1024 * 1024
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=least - 1))
    answer = Client().get("/healthz/deep")
    assert (answer.status_code, answer.content.decode()) == (
        503,
        "The disk is nearly full: free some of it.\n",
    )


@BOTH
def test_a_probe_asks_nothing_in_the_requests_own_connection(
    universe: Universe, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health.SHALLOW, "_ask", tuple)
    monkeypatch.setattr(health.DEEP, "_ask", tuple)
    client = universe.client_of(universe.ours.staff)
    with CaptureQueriesContext(connections["default"]) as asked:
        assert client.get(address).status_code == 200
    assert not asked.captured_queries


def test_a_probe_with_a_wrong_host_writes_one_line(our_log: io.StringIO) -> None:
    answer = Client(raise_request_exception=False).get("/healthz", headers={"Host": "10.0.0.1"})
    assert answer.status_code == 400
    assert our_log.getvalue().splitlines() == [
        "Invalid HTTP_HOST header: '10.0.0.1'. You may need to add '10.0.0.1' to ALLOWED_HOSTS."
    ]
