"""The load tool itself, for a few seconds: a real server answers several at once, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection

from taperplanner.append_only import missing_triggers
from taperplanner.handouts.printing.job import PrintJob
from taperplanner.tapers.models import Version
from taperplanner.tapers.signed.content import verified_contents

from .load import ROOT
from .load_answers import Answers, report
from .load_clinic import fill
from .load_memory import Memory, watch_memory
from .world.universe import NOW, Universe

pytestmark = pytest.mark.slow


def test_a_server_under_a_little_load_answers_all_and_loses_nothing(tmp_path: Path) -> None:
    small = ["--clients", "4", "--seconds", "3", "--patients", "2", "--workers", "1", "--threads", "4"]
    env = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'load.sqlite3'}"}
    command = [sys.executable, "-m", "tests.load", *small]
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=180, check=False
    )
    assert "refused or failed: none" in done.stdout, done.stdout + done.stderr
    assert "“database is locked”: 0" in done.stdout
    assert ", of which 0 are not there" in done.stdout
    for kind in ("read", "save", "paper"):
        assert f"\n{kind} " in f"\n{done.stdout}"


@pytest.mark.parametrize(
    ("kind", "status", "seconds", "body", "locked", "stored", "fails"),
    [
        ("save", 302, 0.1, b"", 0, 1, 0),
        ("save", 500, 0.1, b"", 0, 0, 1),
        ("save", 599, 0.1, b"", 0, 0, 1),
        ("save", 302, 0.1, b"", 1, 1, 1),
        ("save", 302, 0.1, b"", 0, 0, 1),
        ("paper", 409, 0.1, b"It cannot be printed yet", 0, None, 1),
        ("paper", 503, 0.1, b"Many papers are being made just now.", 0, None, 0),
        ("sign in", 503, 0.1, b"Many people are signing in", 0, None, 0),
        ("healthz", 200, 1.5, b"", 0, None, 1),
    ],
)
def test_it_fails_for_what_it_is_there_to_find(
    kind: str, status: int, seconds: float, body: bytes, locked: int, stored: int | None, fails: int
) -> None:
    answers = Answers()
    answers.note(kind, status, seconds, body)
    assert report(answers, answers, locked, stored) == fails


@pytest.mark.parametrize(
    ("kept", "grows"), [("kept.append(bytes(100_000))", True), ("bytes(100_000)", False)]
)
def test_memory_that_grows_is_found(kept: str, *, grows: bool) -> None:
    """A process that keeps what it made, and one that does not."""
    program = (
        f"import time\nkept = []\nprint('begun', flush=True)\nwhile True:\n    {kept}\n    time.sleep(0.002)"
    )
    memory, over = Memory(), threading.Event()
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout
            process.stdout.readline()
            threading.Timer(2, over.set).start()
            watch_memory(process.pid, over, memory, every=0.05)
        finally:
            process.kill()
    assert memory.report() == grows


def test_memory_that_nobody_saw_is_not_called_steady() -> None:
    assert Memory().report()


def test_a_large_clinic_is_made_of_copies_that_are_signed_as_they_stand(universe: Universe) -> None:
    plans = fill(universe.ours, 5, by_actions=2)
    assert len(plans) == 6
    assert len({plan.dispensing for plan in plans}) == len(plans)
    versions = list(Version.objects.select_related("plan"))
    assert len(versions) == len(plans)
    assert None not in verified_contents(versions).values()
    assert not any(PrintJob(version, at=NOW).obstacles for version in versions)
    assert missing_triggers(connection) == []
