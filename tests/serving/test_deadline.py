"""What takes too long is given up whole, says so, and keeps what was typed; what was saved is never called lost."""

from __future__ import annotations

import sqlite3
import time

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from taperplanner.accounts.models import User
from taperplanner.database_away import is_away
from taperplanner.serving.deadline import Deadline, TooLong
from taperplanner.urls import urlpatterns as all_of_ours

from ..world.universe import Universe

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]
handler500 = "taperplanner.serving.errors.server_error"
TYPED = {"note": "Slept badly, no falls", "password": "not repeated"}


def rename(request: HttpRequest, name: str) -> None:
    User.objects.filter(pk=request.user.pk).update(name=name)


def gives_up(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        rename(request, "Half Written")
        with transaction.atomic():
            request.deadline._until = time.monotonic() - 1  # type: ignore[attr-defined]
            User.objects.exists()
    return HttpResponse("saved")


def saves_late(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        rename(request, "Wholly Written")
    request.deadline._until = time.monotonic() - 1  # type: ignore[attr-defined]
    return HttpResponse(f"saved, {User.objects.count() > 0}")


def saves_and_hangs(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        rename(request, "Wholly Written")
    raise OperationalError from psycopg.errors.QueryCanceled()


urlpatterns = [
    *all_of_ours,
    path("gives-up/", gives_up),
    path("saves-late/", saves_late),
    path("saves-and-hangs/", saves_and_hangs),
]


@pytest.fixture
def client(universe: Universe) -> Client:
    client = universe.client_of(universe.ours.staff)
    client.raise_request_exception = False
    return client


def name(universe: Universe) -> str:
    return User.objects.get(pk=universe.ours.staff.pk).name


def test_a_form_that_took_too_long_is_undone_and_shown_again_with_what_was_typed(
    universe: Universe, client: Client
) -> None:
    before = name(universe)
    answer = client.post("/gives-up/", TYPED)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "What you sent may not be saved." in page
    assert TYPED["note"] in page
    assert TYPED["password"] not in page
    assert answer["X-Request-ID"] in page
    assert name(universe) == before


def test_a_page_that_took_too_long_says_so(client: Client) -> None:
    answer = client.get("/gives-up/")
    assert answer.status_code == 503
    assert "Nothing can be shown or saved at the moment." in answer.content.decode()


def test_a_draft_that_saves_itself_is_told_in_a_sentence(client: Client) -> None:
    answer = client.post("/gives-up/", TYPED, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith("Not saved: the database does not answer.")


def test_what_was_saved_is_answered_however_late(universe: Universe, client: Client) -> None:
    answer = client.post("/saves-late/", TYPED)
    assert (answer.status_code, answer.content.decode()) == (200, "saved, True")
    assert name(universe) == "Wholly Written"


def test_after_something_was_saved_no_page_says_that_it_was_not(universe: Universe, client: Client) -> None:
    answer = client.post("/saves-and-hangs/", TYPED)
    assert answer.status_code == 500
    assert "Everything that was confirmed as saved is still saved." in answer.content.decode()
    assert "not saved" not in answer.content.decode()
    assert name(universe) == "Wholly Written"


def test_in_time_nothing_is_given_up() -> None:
    with connection.execute_wrapper(Deadline(60)):
        assert User.objects.count() == 0


def test_after_its_time_the_database_is_asked_nothing_more() -> None:
    over = Deadline(-1)
    with connection.execute_wrapper(over), pytest.raises(TooLong):
        User.objects.count()


def busy() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


@pytest.mark.parametrize(
    ("cause", "is_one"),
    [
        (psycopg.errors.QueryCanceled(), True),
        (psycopg.errors.LockNotAvailable(), True),
        (busy(), True),
        (TooLong(), True),
        (psycopg.errors.UniqueViolation(), False),
        (sqlite3.OperationalError("no such table"), False),
        (ValueError(), False),
    ],
    ids=repr,
)
def test_a_time_out_of_the_database_is_one_too(cause: Exception, is_one: bool) -> None:
    error = OperationalError()
    error.__cause__ = cause
    assert (is_away(error), is_away(cause)) == (is_one, is_one)


@pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite ends no statement; its wait for a lock has a time of its own",
)
def test_postgresql_ends_a_statement_that_hangs(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 200")
        with pytest.raises(OperationalError) as ended:
            cursor.execute("SELECT pg_sleep(5)")
        cursor.execute("SET statement_timeout = 0")
    assert is_away(ended.value)
