"""What a browser may do with any answer: a page, a file, an error."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from taperplanner.accounts.views.csp_report import LONGEST
from taperplanner.headers import HEADERS

REPORT = "/csp-report"
METHODS = ("get", "post", "head", "options", "put", "patch", "delete")


def check(answer: Any) -> None:
    assert HEADERS.items() <= dict(answer.headers).items()
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "report-uri /csp-report" in answer["Content-Security-Policy"]
    assert "report-to csp" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "path",
    ["/", "/account/login/", "/nowhere/", "/healthz", REPORT, "/static/css/app.css", "/static/nothing.css"],
)
def test_every_answer_has_them(client: Client, db: None, path: str, method: str) -> None:
    answer = getattr(client, method)(path)
    check(answer)
    answer.close()


def test_an_error_of_ours_has_them(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> HttpResponse:
        raise RuntimeError

    monkeypatch.setattr("allauth.account.views.LoginView.get", broken)
    answer = Client(raise_request_exception=False).get("/account/login/")
    assert answer.status_code == 500
    check(answer)


def test_passkeys_are_all_that_a_page_may_ask_the_browser_for() -> None:
    allowed = [part for part in HEADERS["Permissions-Policy"].split(", ") if not part.endswith("=()")]
    assert allowed == [
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
        "clipboard-write=(self)",  # the link with which somebody sets their password
    ]


def report(client: Client, sent: Any) -> Any:
    return client.post(REPORT, json.dumps(sent), content_type="application/csp-report")


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        (
            {"csp-report": {
                "document-uri": "https://clinic.example/patients/7d0c/", "effective-directive": "script-src-elem",
                "blocked-uri": "https://evil.example/x.js?patient=Ada"}},
            "script-src-elem of https://evil.example",
        ),
        (
            [{"type": "csp-violation", "url": "https://clinic.example/patients/7d0c/", "body": {
                "documentURL": "https://clinic.example/patients/7d0c/", "effectiveDirective": "style-src",
                "blockedURL": "inline", "sample": "Ada"}}],
            "style-src of inline",
        ),
        ({"csp-report": {"effective-directive": "a\nb", "blocked-uri": "https://x y\n/Ada"}}, "? of ?"),
    ],
    ids=["old", "new", "hostile"],
)  # fmt: skip
def test_a_report_is_one_line_without_an_address(
    client: Client, db: None, caplog: pytest.LogCaptureFixture, sent: Any, line: str
) -> None:
    caplog.set_level(logging.WARNING)
    assert report(client, sent).status_code == 204
    (record,) = [one for one in caplog.records if "csp_report" in one.name]
    assert record.getMessage() == f"a page was not allowed: {line}"
    assert "7d0c" not in caplog.text
    assert "Ada" not in caplog.text


@pytest.mark.parametrize("sent", [None, 1, "x", [], [1], {}, {"csp-report": 7}, {"body": None}])
def test_nonsense_is_no_error(client: Client, db: None, sent: Any) -> None:
    assert report(client, sent).status_code == 204
    assert client.post(REPORT, b"\xff{", content_type="application/csp-report").status_code == 204


def test_a_report_may_be_neither_long_nor_frequent(client: Client, db: None) -> None:
    assert report(client, "x" * LONGEST).status_code == 413
    assert [report(client, {}).status_code for _ in range(20)][-1] == 429
