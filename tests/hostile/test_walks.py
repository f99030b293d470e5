"""Walks over the product's acts, by seed: see the package's own words for longer ones."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final

import pytest
from django.http import HttpResponse
from time_machine import TimeMachineFixture

from taperplanner.accounts.models import User
from tests.world.universe import NOW, Universe

from . import walks

SEED: Final = int(os.environ.get("HOSTILE_SEED", "1"))
STEPS: Final = int(os.environ.get("HOSTILE_STEPS", "40"))
pytestmark = [pytest.mark.slow]


@pytest.fixture(autouse=True)
def _monday(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=True)


def test_in_whatever_order_what_must_always_be_true_is_true(universe: Universe) -> None:
    walked, wrong = walks.walk(universe, SEED, STEPS)
    assert wrong == [], "\n".join([*walked.done, *wrong])
    assert {"save", "sign"} <= walked.acts.keys(), walked.acts


def staff_may_do_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User, "may", lambda *_: True)


FAULTS: Final[dict[str, Callable[[pytest.MonkeyPatch], None]]] = {"the staff's": staff_may_do_all}


@pytest.mark.parametrize(("said", "fault"), FAULTS.items(), ids=FAULTS)
def test_a_planted_fault_is_found(
    universe: Universe,
    monkeypatch: pytest.MonkeyPatch,
    said: str,
    fault: Callable[[pytest.MonkeyPatch], None],
) -> None:
    fault(monkeypatch)
    _, wrong = walks.walk(universe, SEED, 12)
    assert any(said in one for one in wrong), wrong


SIGNED: Final = ("tapers.Version", "1")
NOTED: Final = ("patients.Patient", "1")


@pytest.mark.parametrize(
    ("before", "after", "status", "said"),
    [
        ({SIGNED: "a"}, {SIGNED: "b"}, 302, "was changed"),
        ({SIGNED: "a"}, {}, 302, "was changed"),
        ({NOTED: "a"}, {NOTED: "b"}, 404, "what was refused (404) wrote"),
        ({}, {NOTED: "a"}, 403, "what was refused (403) wrote"),
    ],
)
def test_a_row_that_must_not_be_written_is_seen(
    before: dict[walks.Row, str], after: dict[walks.Row, str], status: int, said: str
) -> None:
    assert any(said in one for one in walks.of_rows(before, after, HttpResponse(status=status)))


def test_what_may_be_written_is_not_called_wrong_and_an_error_is() -> None:
    assert not list(walks.of_rows({NOTED: "a"}, {NOTED: "b", SIGNED: "a"}, HttpResponse(status=302)))
    assert list(walks.of_answer(HttpResponse(status=500), "sign", "provider")) == ["answered 500"]
