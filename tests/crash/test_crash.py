"""The command of this folder, with few writes: what was acknowledged is there, and what is wrong on purpose is found."""

from __future__ import annotations

import shutil
from typing import Final

import pytest
from django.db import connection

from .clients import DRAFTS
from .commands import figures, run
from .running import WRITES_OF_ONE

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("crash")]
HAS_STRACE: Final = shutil.which("strace") is not None
# The draft's page is asked for before it is typed and before it is signed; then each write has an answer.
ANSWERS: Final = WRITES_OF_ONE + 2


def test_what_was_acknowledged_is_there_once_and_whole_after_any_kill(migrated: list[str]) -> None:
    kills = "2" if connection.vendor == "sqlite" else "4"  # each kind once
    done = run("tests.crash", "--writes", "300", "--kills", kills, *migrated)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    found = figures(said)
    assert (found["lost"], found["doubled"], found["by half"]) == (0, 0, 0), said
    assert found["kills"] == int(kills)
    if HAS_STRACE:
        assert found["answered before"] == 0, said
        assert found["answers"] >= ANSWERS
        assert found["syncs"] >= DRAFTS + ANSWERS, said


def test_what_is_wrong_on_purpose_is_found(migrated: list[str]) -> None:
    """One row is taken away, one doubled, three halved; one more was answered before it was committed, and killed."""
    done = run("tests.crash", "--control", "--writes", "24", "--clients", "2", "--kills", "1", *migrated)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    found = figures(said)
    assert found["lost"] >= 2, said
    assert found["doubled"] == 1, said
    assert found["by half"] >= 3, said
    if HAS_STRACE:
        assert found["answered before"] > 0, said


@pytest.mark.parametrize("is_durable", [True, False], ids=["as it is", "with less"])
def test_what_was_acknowledged_survives_a_power_cut_and_only_by_our_settings(
    migrated: list[str], is_durable: bool
) -> None:
    less = {"sqlite": "FULL", "postgresql": "off"}[connection.vendor]
    writes = "4" if connection.vendor == "sqlite" else "2"
    done = run(
        "tests.crash.power", "--writes", writes, *migrated, *([] if is_durable else ["--synchronous", less])
    )
    if done.stdout.startswith("not tried"):
        pytest.skip(done.stdout)
    lost = figures(done.stdout).get("lost")
    assert (lost, done.returncode) == ((0, 0) if is_durable else (int(writes), 1)), done.stdout + done.stderr
