"""A full disk, or a database that takes no changes: everything is read, and what is sent is never called saved."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, OperationalError, connection
from django.test import Client, RequestFactory

from taperplanner.accounts import sessions
from taperplanner.accounts.cannot_save import CannotSaveMiddleware
from taperplanner.audit.models import Event, EventQuerySet
from taperplanner.handouts.paper.layouts import Choice
from taperplanner.monitoring.models import Dispensing
from taperplanner.no_room import FULL, READ_ONLY, why_no_room
from taperplanner.tapers.models import Version

from ..world.course import words_of
from ..world.makings import DISPENSED, Filled, dispensing_add
from ..world.plan_pages import inputs_of
from ..world.plan_pages import posted_draft as draft_sent
from ..world.plans import open_plan, signed_version
from ..world.printing import print_handout
from ..world.universe import NOW, PASSWORD, Universe, build

pytestmark = pytest.mark.django_db(transaction=True)
SAYS = f"Not saved: {READ_ONLY}"
SIGN_IN = "/account/login/"


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield
    sessions._unwritten.clear()


@pytest.fixture
def universe(transactional_db: None) -> Universe:
    return build()


@pytest.fixture
def staff(universe: Universe) -> Client:
    client = universe.client_of(universe.ours.staff)
    client.raise_request_exception = False
    return client


@pytest.fixture
def form(universe: Universe) -> Filled:
    return dispensing_add(universe.ours)


@contextmanager
def no_changes() -> Iterator[None]:
    """The database itself refuses each write, as it does where its disk may no longer be written."""
    on_sqlite = connection.vendor == "sqlite"
    switch = "PRAGMA query_only = %s" if on_sqlite else "SET default_transaction_read_only = %s"
    with connection.cursor() as cursor:
        cursor.execute(switch % "on")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(switch % "off")


def test_everything_is_read_and_the_page_says_that_nothing_can_be_saved(
    universe: Universe, staff: Client, form: Filled
) -> None:
    plan = form.url.partition("supply/")[0]
    with no_changes():
        for address in ("/", "/patients/", plan, f"{plan}progress/", form.url, "/guidance/"):
            answer = staff.get(address)
            assert answer.status_code == 200, address
        page = words_of(staff.get(form.url))
    assert f"Nothing can be saved at the moment: {READ_ONLY}." in page
    assert "Nothing can be saved at the moment" not in words_of(staff.get(form.url))


def test_what_is_sent_is_not_saved_and_comes_back_with_the_reason(staff: Client, form: Filled) -> None:
    with no_changes():
        answer = staff.post(form.url, form.sent)
    assert answer.status_code == 507
    assert SAYS in words_of(answer)
    assert not Dispensing.objects.exists()
    kept = inputs_of(answer.content.decode())
    assert {name: kept[name] for name in DISPENSED} == DISPENSED
    assert staff.post(form.url, kept).status_code == 302
    assert staff.post(form.url, kept).status_code == 302
    assert Dispensing.objects.count() == 1


def test_a_draft_that_saves_while_it_is_typed_says_why_it_does_not(universe: Universe) -> None:
    provider, plan = universe.client_of(universe.ours.provider), open_plan(universe.ours)
    url, given = f"{plan.get_absolute_url()}draft/", draft_sent(plan)
    with no_changes():
        answer = provider.post(url, given, headers={"HX-Request": "true"})
    assert answer.status_code == 507
    assert answer.content.decode().startswith(SAYS)
    assert answer["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("password", [PASSWORD, "not the password"])
def test_sign_in_gives_the_reason_and_no_other(universe: Universe, password: str) -> None:
    given = {"login": universe.ours.staff.email, "password": password}
    client = Client(raise_request_exception=False)
    with no_changes():
        for _ in range(2):
            answer = client.post(SIGN_IN, given)
            assert answer.status_code == 507
            assert SAYS in words_of(answer)
            assert "Too many attempts" not in words_of(answer)
            assert password not in answer.content.decode()
    assert "sessionid" not in client.cookies
    assert client.post(SIGN_IN, given | {"password": PASSWORD}).status_code == 302


def test_who_holds_a_paper_is_answered(universe: Universe) -> None:
    version = Version.objects.select_related("plan__patient__clinic").get(pk=signed_version(universe.ours).pk)
    copy = print_handout(version=version, choice=Choice(), by=universe.ours.staff, at=NOW)
    with no_changes():
        assert Client().get(f"/handouts/{copy.written_code}/").status_code == 200


def test_who_goes_on_reading_is_not_signed_out(staff: Client) -> None:
    """Nor does the limit for who is idle fall away."""
    staff.get("/patients/")
    with no_changes():
        for minutes in (10, 20, 30):
            with time_machine.travel(NOW + timedelta(minutes=minutes)):
                assert staff.get("/patients/").status_code == 200
        with time_machine.travel(NOW + timedelta(minutes=50)):
            for _ in range(2):
                answer = staff.get("/patients/")
                assert answer.status_code in {302, 507}
                assert "patient" not in answer.content.decode()


def test_what_is_read_is_told_to_the_log_where_no_event_can_be_written(
    staff: Client, form: Filled, caplog: pytest.LogCaptureFixture
) -> None:
    before = Event.objects.count()
    with no_changes():
        staff.get(form.url)
    assert Event.objects.count() == before
    assert "not in the audit log" in caplog.text
    assert "patient.page_shown" in caplog.text


def test_an_action_whose_event_cannot_be_written_is_not_done(
    staff: Client, form: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is room for the row and none for its event, there is neither."""

    def full(*_: Any, **__: Any) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError("database or disk is full") from error

    monkeypatch.setattr(EventQuerySet, "bulk_create", full)
    assert staff.get(form.url).status_code == 200
    assert staff.post(form.url, form.sent).status_code == 507
    assert not Dispensing.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite's own")
def test_a_full_disk_is_called_by_its_name(staff: Client, form: Filled) -> None:
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute("CREATE TABLE filler (text TEXT)")
        cursor.execute(f"PRAGMA max_page_count = {pages + 2}")
        try:
            _fill(cursor)
            answer = next(
                answer
                for count in range(1, 60)
                if (answer := staff.post(form.url, form.sent | {"quantity": str(count)})).status_code != 302
            )
            read = staff.get(form.url)
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
            cursor.execute("DROP TABLE filler")
    assert (answer.status_code, read.status_code) == (507, 200)
    assert f"Not saved: {FULL}" in words_of(answer)


def _fill(cursor: Any) -> None:
    for size in (3000, 300, 30):
        try:
            for _ in range(500):
                cursor.execute("INSERT INTO filler VALUES (%s)", ["x" * size])
        except OperationalError:
            continue


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (OSError(errno.EROFS, "Read-only file system"), READ_ONLY),
        (OSError(errno.ENOENT, "No such file"), ""),
        (RuntimeError("database or disk is full"), ""),
    ],
    ids=str,
)
def test_an_error_is_taken_for_want_of_room_only_if_it_is(error: Exception, reason: str) -> None:
    assert why_no_room(error) == reason


def test_another_error_stays_what_it_is() -> None:
    def broken(_: object) -> Any:
        raise DatabaseError("no such table")

    answer: Callable[..., Any] = CannotSaveMiddleware(broken)
    with pytest.raises(DatabaseError):
        answer(RequestFactory().get("/"))
