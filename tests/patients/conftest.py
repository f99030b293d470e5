"""These tests all happen on the universe's Monday, and without the rooms above."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

from taperplanner.patients import actions
from taperplanner.patients.models import Patient
from taperplanner.patients.narrowing import filters
from taperplanner.patients.sections import marks, sections
from tests.world.universe import NOW, Universe


@pytest.fixture(autouse=True)
def _monday(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture(autouse=True)
def _no_room_above(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "_entries", [])
    monkeypatch.setattr(marks, "_entries", [])
    monkeypatch.setattr(filters, "_entries", [])


@pytest.fixture
def blind_look(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and the next look before a save finds nothing, as when somebody saves in between."""
    look = actions._mrn_is_taken

    def arm() -> None:
        looks: list[str] = []

        def blind_once(patient: Patient, mrn: str) -> bool:
            looks.append(mrn)
            return len(looks) > 1 and look(patient, mrn)

        monkeypatch.setattr(actions, "_mrn_is_taken", blind_once)

    return arm


@pytest.fixture
def staff(universe: Universe) -> Client:
    """The browser of our staff."""
    return universe.client_of(universe.ours.staff)
