"""A full disk and a database that is away, under a real server: told, kept, and over without a restart."""

from __future__ import annotations

import pytest

from .commands import run

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("crash")]


def test_trouble_is_told_and_nothing_is_written_by_half(migrated: list[str]) -> None:
    done = run("tests.crash.trouble", *migrated)
    if done.stdout.startswith("not tried"):
        pytest.skip(done.stdout)
    assert done.stdout.endswith("wrong: 0\n"), done.stdout + done.stderr
    assert done.returncode == 0
