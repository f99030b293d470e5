"""Tests that share what is costly run in one process: so says their mark, and so it must be read."""

from __future__ import annotations

import os

import pytest

in_a_process_of_many = pytest.mark.skipif(
    "PYTEST_XDIST_WORKER" not in os.environ, reason="there is one process"
)


@in_a_process_of_many
@pytest.mark.xdist_group("together")
def test_a_test_of_a_group_is_known_by_it(request: pytest.FixtureRequest) -> None:
    assert request.node.nodeid.endswith("@together")


@in_a_process_of_many
def test_a_test_of_no_group_is_not(request: pytest.FixtureRequest) -> None:
    assert "@" not in request.node.nodeid
