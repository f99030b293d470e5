"""The error pages, for nobody and for somebody signed in."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from taperplanner.urls import urlpatterns as all_of_ours

from ..world.universe import Universe


def fail(request: HttpRequest, kind: str) -> HttpResponse:
    failures: dict[str, Exception] = {
        "400": SuspiciousOperation("secret detail"),
        "403": PermissionDenied("secret detail"),
        "404": Http404("secret detail"),
        "500": RuntimeError("secret detail"),
    }
    raise failures[kind]


fail.login_required = False  # type: ignore[attr-defined]
handler500 = "taperplanner.serving.errors.server_error"
urlpatterns = [*all_of_ours, path("fail/<str:kind>/", fail)]

SENTENCES = {
    "400": "That request could not be read",
    "403": "Your role does not include this",
    "404": "Page not found",
    "500": "Something went wrong on our side",
}


@pytest.fixture(params=["nobody", "staff", "manager"])
def client(request: pytest.FixtureRequest, universe: Universe) -> Client:
    client = Client(raise_request_exception=False)
    if request.param != "nobody":
        client.force_login(getattr(universe.ours, request.param))
    return client


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("kind", SENTENCES)
def test_an_error_has_a_page_that_says_what_to_do_and_tells_no_secret(client: Client, kind: str) -> None:
    answer = client.get(f"/fail/{kind}/")
    page = answer.content.decode()
    assert answer.status_code == int(kind)
    assert f"<h1>{SENTENCES[kind]}</h1>" in page
    assert "Go to the home page" in page
    assert "secret detail" not in page
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.urls(__name__)
def test_an_error_of_ours_names_its_line_in_the_log(client: Client) -> None:
    answer = client.get("/fail/500/")
    assert f"it is the line {answer['X-Request-ID']}." in answer.content.decode()


def test_an_address_that_is_none_is_a_404_for_anybody(client: Client) -> None:
    answer = client.get("/nothing/at/all/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


def test_a_host_that_is_not_ours_is_a_400(client: Client) -> None:
    answer = client.get("/account/login/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "could not be read" in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_with_a_page_of_ours(universe: Universe) -> None:
    client = Client(enforce_csrf_checks=True)
    sent: dict[str, Any] = {"login": "x@y.example", "password": "x"}
    for user in (None, universe.ours.staff):
        if user:
            client.force_login(user)
        answer = client.post("/account/login/", sent)
        assert answer.status_code == 403
        assert "The page was open too long" in answer.content.decode()
