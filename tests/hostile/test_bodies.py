"""Requests that no browser sends, to the server as it is deployed: refused at once, nothing written, and others answered."""

from __future__ import annotations

import re
import shutil
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection

from ..serving.deployed import installed, run, served, text_at
from ..serving.test_serve import SERVE, a_sign_in
from .bodies import CANARY, Case, Session, cases, stalled
from .lines import HEALTHY, Answer, ask, of_line, of_served_log, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("serve")]
OF_TRIES = ('INSERT INTO "audit_event"', 'INSERT INTO "cache"')
MANY = 30  # stalled lines: several times the threads


@pytest.fixture(scope="module")
def folder(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if connection.vendor != "sqlite":
        pytest.skip("what comes over the line meets no database: tried on SQLite alone")
    folder = installed(tmp_path_factory.mktemp("hostile"))
    shutil.copyfile(connection.settings_dict["NAME"], folder / "clinic.sqlite3")
    assert run(folder, ".venv/bin/python manage.py collectstatic --noinput -v0").returncode == 0
    return folder


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[Session]:
    with served(folder, SERVE) as (port, _):
        sent, headers = a_sign_in(port)
        token = re.findall(r"csrfmiddlewaretoken=(\w+)", sent.decode())[0]
        yield Session(port, headers["Cookie"], token)


def is_of_a_try(row: str) -> bool:
    """Of the forms that were whole: that a sign-in was refused, and how many were."""
    return row.startswith(OF_TRIES) and CANARY not in row


def seconds_to_be_healthy(port: int) -> float:
    began = time.monotonic()
    assert text_at(port, "/healthz") == "ok\n"
    return time.monotonic() - began


def test_each_is_refused_at_once_and_writes_nothing(folder: Path, session: Session) -> None:
    database = folder / "clinic.sqlite3"
    before, all_of_them = rows_of(database), cases(session)
    with ThreadPoolExecutor(8) as senders:
        answers = senders.map(lambda case: (case, ask(session.port, case)), all_of_them)
        wrong = [(case.name, one) for case, answer in answers for one in of_line(answer, case)]
    wrong += [("the log", one) for one in of_served_log((folder / "served.log").read_text())]
    wrong += [("the database", row[:100]) for row in rows_of(database) ^ before if not is_of_a_try(row)]
    assert wrong == []
    assert len(all_of_them) > 60


def test_who_sends_half_and_stops_keeps_nobody_waiting(session: Session) -> None:
    """Nine of them, signed in or not, kept everybody waiting. Those that are read hold half of the threads at most."""
    with ExitStack() as lines:
        for number in range(MANY):
            line = lines.enter_context(closing(socket.create_connection(("127.0.0.1", session.port))))
            kinds = stalled(session)
            line.sendall(kinds[number % len(kinds)])
        time.sleep(1.5)  # while they come, those beyond the few are refused one after the other
        assert max(seconds_to_be_healthy(session.port) for _ in range(5)) < HEALTHY
        assert text_at(session.port, "/account/login/").count("Sign in")
        busy = ask(session.port, Case("a form meanwhile", session.whole(session.form)))
        assert busy.statuses == [503]
        assert b"Nothing was saved" in busy.content
    whole = Case("a form afterwards", session.whole(session.form))
    until = time.monotonic() + 10
    while ask(session.port, whole).statuses != [200]:
        assert time.monotonic() < until


# What a server that is wrong would answer, and what is said of it.
FAULTS = {
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n": "answered 500",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok": "answered 200",
    b"HTTP/1.1 400 Bad Request\r\n\r\nTraceback (most recent call last):": "shows a traceback",
    b"HTTP/1.1 404 Not Found\r\n\r\nroot:x:0:0:": "shows a file",
    b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\nHTTP/1.1 400 Bad Request\r\n\r\n": "2 answers",
    b"": "nothing within",
}


@pytest.mark.parametrize(("answer", "said"), FAULTS.items(), ids=FAULTS.values())
def test_a_server_that_is_wrong_is_seen(answer: bytes, said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stop: list[socket.socket] = []

        def serve() -> None:
            line, _ = listener.accept()
            stop.append(line)
            line.recv(65536)
            line.sendall(answer)

        Thread(target=serve, daemon=True).start()
        case = Case("any", b"GET / HTTP/1.1\r\n\r\n")
        found = ask(listener.getsockname()[1], case, longest=0.5)
        assert any(said in wrong for wrong in of_line(found, case))
        for line in stop:
            line.close()


def test_what_is_right_is_not_called_wrong() -> None:
    right = Answer(b"HTTP/1.1 400 Bad Request\r\n\r\n", is_closed=True, took=0.1)
    assert list(of_line(right, Case("any", b""))) == []


def test_a_traceback_or_a_name_in_the_log_is_seen() -> None:
    assert len(list(of_served_log("Traceback (most recent call last):\n zqcanary"))) == 2
