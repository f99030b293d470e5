"""While the database does not answer: a page that needs none, with what was typed, to be sent again; nothing made twice."""

from __future__ import annotations

import html
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final
from unittest.mock import patch

import psycopg
import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError, OperationalError, ProgrammingError, connection
from django.http import HttpResponse
from django.test import Client

from taperplanner.accounts.models import User
from taperplanner.accounts.sessions import SessionStore
from taperplanner.database_away import is_away

from ..addresses import Address, addresses
from ..house.posts import takes_posts
from ..house.views import function_of, our_addresses
from ..world.course import words_of
from ..world.makings import MAKINGS, Filled
from ..world.places import OWNED, SHARED, Places
from ..world.plan_pages import inputs_of
from ..world.universe import NOW, PASSWORD, Universe, build

TYPED: Final = {
    "one": "what was typed <b>zq</b>",
    "notes": "two\r\nlines, “ñ”",
    "do": "save",
    "once": "a" * 32,
}
SECRET: Final = {
    "password": "zqsecret",
    "password1": "zqsecret",
    "oldpassword": "zqsecret",
    "code": "zqsecret",
}
NAMED_ELSEWHERE: Final = {"uidb36": "1", "key": "set-password", "pk": 1, "path": "x"}
Execute = Callable[..., Any]


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@contextmanager
def away(*, but_reads: bool = False) -> Iterator[None]:
    """Each statement finds the connection gone; with `but_reads`, only once something is written."""

    def gone(execute: Execute, sql: str, *given: Any) -> Any:
        if sql.startswith(("SAVEPOINT", "ROLLBACK", "RELEASE")) or (but_reads and sql.startswith("SELECT")):
            return execute(sql, *given)
        raise OperationalError("server closed the connection: secret host name")

    with connection.execute_wrapper(gone):
        yield


def client_of(user: User | None = None) -> Client:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


def is_kept(answer: HttpResponse, sent: dict[str, Any]) -> None:
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "no-store" in answer["Cache-Control"]
    assert "secret host name" not in page
    kept = html.unescape(page)
    for name, values in sent.items():
        for value in values if isinstance(values, list | tuple) else [values]:
            assert f'name="{name}" value="{value}"' in kept, name


POSTED: Final = [address for address in our_addresses() if takes_posts(function_of(address))]
OF_SIGNING_IN: Final = [one for one in addresses() if one.name.startswith(("account_", "mfa_"))]


@pytest.mark.parametrize("address", [*POSTED, *OF_SIGNING_IN], ids=lambda one: one.name)
def test_each_address_answers_a_post_with_what_was_typed(universe: Universe, address: Address) -> None:
    places = Places(universe.ours)
    own = [name for name in address.kwargs if name in {**OWNED, **SHARED}]
    url = address.url({**NAMED_ELSEWHERE, **places.values(own)})
    client = client_of(universe.ours.provider)
    with away():
        answer = client.post(url, {**TYPED, **SECRET})
    if address.name == "accounts:csp_report":
        assert answer.status_code in {204, 429, 503}
        return
    is_kept(answer, TYPED)
    page = answer.content.decode()
    assert f'action="{url}"' in page
    assert "zqsecret" not in page
    assert "<b>zq</b>" not in page


@pytest.mark.parametrize("name", MAKINGS)
def test_each_form_comes_back_whole_where_the_database_goes_away_while_it_is_saved(
    universe: Universe, name: str
) -> None:
    form = MAKINGS[name].fill(universe.ours)
    client = client_of(form.by)
    sent = {**form.sent, "once": "b" * 32}
    made = MAKINGS[name].made._default_manager
    before = made.count()
    with patch("taperplanner.handouts.printing.render.pdf_of", lambda _: b"/Type/Page"), away(but_reads=True):
        answer = client.post(form.url, sent)
    is_kept(answer, {key: value for key, value in sent.items() if key not in {"password", "code"}})
    assert made.count() == before


@pytest.fixture
def form(transactional_db: None) -> Filled:
    return MAKINGS["monitoring:check_in_add"].fill(build().ours)


def test_what_comes_back_is_sent_again_and_makes_one(form: Filled) -> None:
    client, made = client_of(form.by), MAKINGS["monitoring:check_in_add"].made._default_manager
    with away():
        page = client.post(form.url, form.sent).content.decode()
    kept = inputs_of(page)
    assert re.fullmatch("[0-9a-f]{32}", kept["once"])
    for _ in range(2):
        assert client.post(form.url, kept).status_code == 302
    assert made.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_saved_as_the_connection_was_lost_is_not_saved_again(form: Filled) -> None:
    """The answer to COMMIT is lost: nobody can know, so the page says that it may not be saved."""
    client, made = client_of(form.by), MAKINGS["monitoring:check_in_add"].made._default_manager
    commit = connection.commit

    def lost() -> None:
        commit()
        raise OperationalError("server closed the connection unexpectedly")

    with patch.object(connection, "commit", lost):
        answer = client.post(form.url, {**form.sent, "once": "c" * 32})
    assert answer.status_code == 503
    assert made.count() == 1
    assert client.post(form.url, inputs_of(answer.content.decode())).status_code == 302
    assert made.count() == 1


def test_another_sites_form_is_shown_nothing_that_it_sent(universe: Universe) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(universe.ours.provider)
    with away():
        answer = client.post("/patients/add/", {"name": "zqforged", "csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 503
    assert "zqforged" not in answer.content.decode()
    assert "<form" not in answer.content.decode()
    assert "go back to it" in words_of(answer)


def test_a_form_of_ours_is_known_by_its_token_without_a_database(universe: Universe) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    token = inputs_of(client.get("/account/login/").content.decode())["csrfmiddlewaretoken"]
    client.force_login(universe.ours.provider)
    with away():
        answer = client.post("/patients/add/", {"name": "typed", "csrfmiddlewaretoken": token})
    is_kept(answer, {"name": "typed"})
    again = inputs_of(answer.content.decode())
    assert client.post("/patients/add/", again).status_code != 403


def test_an_address_that_begins_like_another_site_leads_to_none() -> None:
    with away():
        answer = client_of().post("//elsewhere.example/x", {"one": "typed"})
    assert 'action="//' not in answer.content.decode()


def test_a_page_says_that_it_can_be_asked_again_and_shows_nothing_of_a_patient(universe: Universe) -> None:
    client = client_of(universe.ours.staff)
    with away():
        answer = client.get("/patients/?q=x")
    assert answer.status_code == 503
    assert "no-store" in answer["Cache-Control"]
    assert '<a class="btn btn-primary" href="/patients/?q=x">Try again</a>' in answer.content.decode()
    assert client.get("/patients/").status_code == 200


def test_a_draft_that_saves_while_it_is_typed_is_told_a_sentence(universe: Universe) -> None:
    client = client_of(universe.ours.provider)
    with away():
        answer = client.post("/patients/add/", TYPED, headers={"HX-Request": "true"})
    assert answer.status_code == 503
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().startswith("Not saved: the database does not answer.")


def test_who_signs_in_keeps_their_name_and_not_their_password(db: None) -> None:
    with away():
        answer = client_of().post("/account/login/", {"login": "a@b.example", "password": PASSWORD})
    is_kept(answer, {"login": "a@b.example"})
    assert PASSWORD not in answer.content.decode()


@pytest.mark.parametrize(
    ("cause", "raised"), [(OperationalError("gone"), OperationalError), (DatabaseError("other"), UpdateError)]
)
def test_a_session_that_cannot_be_saved_is_taken_for_ended_only_where_it_was(
    monkeypatch: pytest.MonkeyPatch, cause: DatabaseError, raised: type[Exception]
) -> None:
    """As Django's own store tells it: whatever the database said, the session is gone."""

    def save(self: db.SessionStore, must_create: bool = False) -> None:
        try:
            raise cause
        except DatabaseError:
            raise UpdateError  # noqa: B904

    monkeypatch.setattr(db.SessionStore, "save", save)
    with pytest.raises(raised):
        SessionStore("k" * 32).save()


def _of_sqlite(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    return error


def _of_django(cause: Exception) -> DatabaseError:
    error = OperationalError("x")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OperationalError("x"), True),
        (_of_django(psycopg.OperationalError("connection refused")), True),
        (_of_django(psycopg.errors.AdminShutdown()), True),
        (_of_django(psycopg.errors.QueryCanceled()), True),
        (_of_django(psycopg.errors.LockNotAvailable()), True),
        (_of_django(psycopg.errors.TooManyConnections()), True),
        (psycopg.InterfaceError("the connection is closed"), True),
        (_of_django(_of_sqlite(sqlite3.SQLITE_BUSY)), True),
        (_of_django(_of_sqlite(sqlite3.SQLITE_CANTOPEN)), True),
        (_of_django(_of_sqlite(sqlite3.SQLITE_ERROR)), False),
        (_of_django(_of_sqlite(sqlite3.SQLITE_FULL)), False),
        (_of_django(psycopg.errors.DiskFull()), False),
        (_of_django(psycopg.errors.StatementTooComplex()), False),
        (ProgrammingError("no such table"), False),
        (RuntimeError("x"), False),
        (None, False),
    ],
    ids=lambda one: repr(getattr(one, "__cause__", None) or one),
)
def test_what_is_taken_for_a_database_that_does_not_answer(error: Exception | None, expected: bool) -> None:
    assert is_away(error) == expected


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is a file")
def test_a_database_that_cannot_be_reached_is_known_within_five_seconds(db: None) -> None:
    assert settings.DATABASES["default"]["OPTIONS"]["connect_timeout"] == 3
    unreachable = {**connection.settings_dict, "HOST": "192.0.2.1"}
    with patch.object(connection, "settings_dict", unreachable):
        parameters = connection.get_connection_params()
        began = time.monotonic()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(**{key: parameters[key] for key in ("host", "connect_timeout", "dbname")})
    assert time.monotonic() - began < 5
