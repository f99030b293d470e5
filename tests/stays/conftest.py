"""What the tests of this room start from: the universe's Monday, and a signed plan that begins on it."""

from __future__ import annotations

import pytest

from ..monitoring.conftest import _monday, plan, provider, staff, version
from ..world.universe import House, Universe

__all__ = ["_monday", "plan", "provider", "staff", "version"]


@pytest.fixture
def house(universe: Universe) -> House:
    return universe.ours
