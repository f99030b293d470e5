"""What the tests of this room start from: the universe's Monday, and a patient of ours."""

from __future__ import annotations

import pytest

from taperplanner.patients.models import Patient

from ..monitoring.conftest import _monday, provider, staff
from ..world.people import build_patient
from ..world.universe import House, Universe

__all__ = ["_monday", "provider", "staff"]


@pytest.fixture
def house(universe: Universe) -> House:
    return universe.ours


@pytest.fixture
def patient(house: House) -> Patient:
    return build_patient(house)
