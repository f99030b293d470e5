"""The same by command: of any releases, and nobody by name."""

from __future__ import annotations

import pytest
from django.core.management import CommandError

from ..world.notices import made_by
from ..world.universe import Universe
from .test_recall import affected, signed


def test_the_command_names_schedules_of_open_plans_and_nobody_by_name(universe: Universe) -> None:
    version = signed(universe, 1, "0.3.0")
    asked = affected("--release", "0.3.0..0.4.0")
    assert f"{version.plan.get_absolute_url()} version 1, signed 2026-03-02, release 0.3.0" in asked
    assert "1 patients, 1 schedules of open plans." in asked
    assert "Recalled" not in asked
    assert "R-1" not in asked
    assert "0 patients." in affected("--release", "0.2.0")


def test_what_says_no_release_is_older_than_any(universe: Universe) -> None:
    with made_by(None):  # type: ignore[arg-type]
        signed(universe, 1, None)  # type: ignore[arg-type]
    assert "release not recorded" in affected("--release", "..0.2.0")
    assert "0 patients." in affected("--release", "0.1.0..0.2.0")


def test_a_slip_in_the_range_is_said() -> None:
    with pytest.raises(CommandError, match="later than"):
        affected("--release", "0.3.0..0.2.0")
