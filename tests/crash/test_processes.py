"""Processes that are held: they stand still, go on, and whoever ended meanwhile is not missed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from .processes import held, kill, state_of


@pytest.fixture
def two() -> Iterator[list[subprocess.Popen[bytes]]]:
    with ExitStack() as stack:
        made = [
            stack.enter_context(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]))
            for _ in range(2)
        ]
        for one in made:
            stack.callback(one.kill)
        yield made


def test_who_is_held_stands_still_and_then_goes_on(two: list[subprocess.Popen[bytes]]) -> None:
    with held([one.pid for one in two]):
        assert [state_of(one.pid) for one in two] == ["T", "T"]
    assert "T" not in [state_of(one.pid) for one in two]


def test_one_that_ends_while_the_rest_stands_keeps_nobody_from_going_on(
    two: list[subprocess.Popen[bytes]],
) -> None:
    """A server's own helpers end as they please, and who is gone cannot be sent anything."""
    first, second = two
    with held([first.pid, second.pid]):
        kill(first.pid)
        first.wait(30)
    assert state_of(second.pid) != "T"
