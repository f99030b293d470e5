"""One printed copy, from the page on which it is chosen to the paper: what it asks of the database and of the typesetter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pytest
import time_machine
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from taperplanner import typesetting
from taperplanner.handouts.paper.layouts import Layout
from taperplanner.tapers.signed import content as signed_rows

from ..world.plans import signed_version
from ..world.universe import NOW, Universe
from .test_stored_file import opened_on, print_page, printed

CHOICE: Final = {"layout": "schedule", "size": "regular", "language": "en"}
OF_A_TRANSACTION: Final = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@dataclass
class Cost:
    queries: int = 0
    reads: int = 0
    typesettings: int = 0


@pytest.fixture(name="cost")
def _cost(monkeypatch: pytest.MonkeyPatch) -> Cost:
    cost = Cost()

    def counted(name: str, honest: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            setattr(cost, name, getattr(cost, name) + 1)
            return honest(*given, **more)

        return call

    monkeypatch.setattr(signed_rows, "verified_contents", counted("reads", signed_rows.verified_contents))
    monkeypatch.setattr(typesetting, "_compile", counted("typesettings", typesetting._compile))
    return cost


def test_one_copy_is_previewed_once_and_set_once_in_29_queries_from_the_click_to_the_paper(
    universe: Universe, cost: Cost
) -> None:
    version = signed_version(universe.ours)
    cost.reads = 0
    client, page = universe.client_of(universe.ours.staff), f"{version.get_absolute_url()}handout/print/"
    spent: dict[str, int] = {}

    def send(what: str, ask: Callable[[], HttpResponse]) -> HttpResponse:
        with CaptureQueriesContext(connection) as captured:
            answer = ask()
        asked = [row["sql"] for row in captured if not row["sql"].startswith(OF_A_TRANSACTION)]
        spent[what] = len(asked)
        return answer

    assert send("page", lambda: client.get(page)).status_code == 200
    assert (cost.reads, cost.typesettings) == (0, 0)
    asks = {"headers": {"HX-Request": "true"}}
    assert b"<img" in send("preview", lambda: client.get(f"{page}preview/", CHOICE, **asks)).content
    assert (cost.reads, cost.typesettings) == (1, 1)
    to = send("post", lambda: client.post(page, CHOICE))["Location"]
    assert (cost.reads, cost.typesettings) == (2, 2)
    assert send("paper", lambda: client.get(to))["Content-Type"] == "application/pdf"
    assert (cost.reads, cost.typesettings) == (2, 2)
    assert spent["post"] + spent["paper"] <= 29, spent
    # Each event reads the one before it. Four of the page are what applies to the patient, beside the schedule.
    assert spent["page"] + spent["preview"] <= 24, spent


def test_no_paper_is_set_while_a_transaction_is_open(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On every way to print, with the database as it is in use."""
    from ..world.universe import build

    is_open: list[bool] = []
    honest = typesetting._compile

    def compiled(*given: object, **more: object) -> list[bytes]:
        is_open.append(transaction.get_connection().in_atomic_block)
        return honest(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(typesetting, "_compile", compiled)
    universe = build()
    version = signed_version(universe.ours)
    staff = universe.client_of(universe.ours.staff)
    staff.get(f"{print_page(version)}preview/", headers={"HX-Request": "true"})
    copy = printed(version, universe)
    opened_on(NOW.date() + timedelta(days=1), copy, universe)
    universe.clients.clear()
    staff = universe.client_of(universe.ours.staff)
    batch = staff.post(
        "/handouts/batches/add/", {"layout": Layout.CHECKLIST.value, "plan": str(version.plan_id)}
    )["Location"]
    staff.post(f"{batch}next/")
    assert staff.get(f"{batch}handouts.pdf")["Content-Type"] == "application/pdf"
    assert is_open == [False] * 5
