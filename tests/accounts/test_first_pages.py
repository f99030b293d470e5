from __future__ import annotations

from unittest.mock import patch

from django.db import OperationalError, connection
from django.test import Client

from ..world.universe import Universe


def test_the_first_page_is_where_each_role_begins_its_work(universe: Universe) -> None:
    ours = universe.ours
    for user in (ours.provider, ours.staff):
        answer = universe.client_of(user).get("/")
        assert answer.status_code == 200
        assert "Steps that change today" in answer.content.decode()
    assert universe.client_of(ours.manager).get("/")["Location"] == "/clinic/users/"


def test_healthz_answers_anybody_and_says_when_the_database_does_not(db: None) -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content.decode(), answer["Content-Type"]) == (
        200,
        "ok\n",
        "text/plain",
    )
    assert "no-store" in answer["Cache-Control"]
    with patch.object(connection, "cursor", side_effect=OperationalError("secret host name")):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.content.decode()) == (503, "The database does not answer.\n")
