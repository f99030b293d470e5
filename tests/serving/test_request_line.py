"""The log's line for each request, as text and as JSON: who and what page, and nothing of a patient."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as project
from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from taperplanner.serving.json_logs import JSONFormatter
from taperplanner.serving.log_settings import logging_of
from taperplanner.urls import urlpatterns as all_of_ours

from ..world.people import build_patient
from ..world.universe import Universe

SECRET = "Jane Doe takes 1.5 mg"


def fail(request: HttpRequest) -> HttpResponse:
    name_of_a_patient = SECRET
    try:
        raise IntegrityError(f"DETAIL: Failing row contains ({name_of_a_patient}).")
    except IntegrityError as error:
        raise RuntimeError(name_of_a_patient) from error


fail.login_required = False  # type: ignore[attr-defined]
handler500 = "taperplanner.serving.errors.server_error"
urlpatterns = [*all_of_ours, path("fail/", fail, name="fail")]
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(
    our_handler: logging.StreamHandler[io.StringIO], our_log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Lines]:
    """Those of the requests, with LOG_FORMAT=json."""
    monkeypatch.setattr(our_handler, "formatter", JSONFormatter())
    logger = logging.getLogger("taperplanner.serving.request_line")
    before = logger.level
    logger.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in our_log.getvalue().splitlines()]
    logger.setLevel(before)  # which, unlike the attribute, forgets what the logger remembers of its level


def test_a_page_of_a_patient_is_one_line_that_names_who_and_where_and_not_the_patient(
    universe: Universe, lines: Lines
) -> None:
    ours = universe.ours
    client = universe.client_of(ours.staff)
    patient = build_patient(ours)
    client.get(f"/patients/{patient.pk}/")
    (line,) = lines()
    assert line | {"at": "", "request": "", "milliseconds": 0, "queries": 0} == {
        "at": "",
        "level": "info",
        "logger": "taperplanner.serving.request_line",
        "says": "request",
        "request": "",
        "method": "GET",
        "view": "patients:patient",
        "status": 200,
        "milliseconds": 0,
        "queries": 0,
        "user": str(ours.staff.pk),
        "clinic": str(ours.clinic.pk),
    }
    assert line["queries"] > 1
    assert line["request"]
    written = json.dumps(line)
    for word in (str(patient.pk), patient.pk.hex, patient.mrn, ours.staff.email):
        assert word not in written


def test_the_queries_are_those_that_were_asked(universe: Universe, lines: Lines) -> None:
    client = universe.client_of(universe.ours.staff)
    asked: list[str] = []

    def count(execute: Any, sql: str, *given: Any) -> Any:
        asked.append(sql)
        return execute(sql, *given)

    with connection.execute_wrapper(count):
        client.get("/guidance/")
    assert lines()[-1]["queries"] == len(asked)


def test_of_nobody_no_user_is_named(db: None, lines: Lines) -> None:
    Client().get("/account/login/")
    (line,) = lines()
    assert (line["view"], line["user"], line["clinic"]) == ("account_login", "", "")


@pytest.mark.urls(__name__)
def test_an_error_is_told_by_its_kinds_and_places_without_its_message_or_a_variable(
    db: None, lines: Lines
) -> None:
    answer = Client(raise_request_exception=False).get("/fail/")
    of_error, of_request = lines()
    assert of_request["status"] == 500
    assert of_error["request"] == of_request["request"] == answer["X-Request-ID"]
    assert [one["kind"] for one in of_error["error"]] == [
        "builtins.RuntimeError",
        "django.db.utils.IntegrityError",
    ]
    assert of_error["error"][0]["places"][-1].endswith(" fail")
    assert "Jane" not in json.dumps([of_error, of_request])


def test_a_link_that_sets_a_password_is_masked_in_json_too(lines: Lines) -> None:
    logging.getLogger("django.request").warning("Not Found: %s", "/account/password/set/abc-def/")
    assert lines()[0]["says"] == "Not Found: /account/password/set/…"


def test_a_request_that_is_slow_is_named_as_text_too(
    universe: Universe, our_log: io.StringIO, settings: Any
) -> None:
    client = universe.client_of(universe.ours.staff)
    client.get("/guidance/")
    assert our_log.getvalue() == ""
    settings.SLOW_REQUEST_MILLISECONDS = 0
    client.get("/guidance/")
    assert re.match(r"slow request \w{12} method=GET view=guidance:index status=200 ", our_log.getvalue())


@pytest.mark.urls(__name__)
def test_as_text_the_line_of_a_failed_request_follows_its_error(db: None, our_log: io.StringIO) -> None:
    answer = Client(raise_request_exception=False).get("/fail/")
    last = our_log.getvalue().splitlines()[-1]
    assert last.startswith(f"request {answer['X-Request-ID']} method=GET view=fail status=500 ")


@pytest.mark.urls(__name__)
def test_no_one_sends_the_number_of_a_request(db: None) -> None:
    client = Client(raise_request_exception=False, headers={"X-Request-ID": "mine"})
    assert len({client.get("/fail/")["X-Request-ID"] for _ in range(2)} - {"mine"}) == 2


def test_what_is_no_error_of_ours_has_no_number(db: None) -> None:
    """Another clinic's patient and one that nobody has must be answered alike."""
    assert "X-Request-ID" not in Client().get("/patients/1/")


def test_each_level_lets_the_lines_through_as_json_and_errors_go_to_nobody_by_mail() -> None:
    as_json = logging_of(level="ERROR", is_json=True)
    assert as_json["loggers"]["taperplanner.serving.request_line"]["level"] == "INFO"
    assert [one["class"] for one in as_json["handlers"].values()] == ["logging.StreamHandler"]
    assert logging_of(level="WARNING", is_json=False) == project.LOGGING
