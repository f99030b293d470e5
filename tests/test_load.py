"""The load tool itself, for a few seconds: a real server answers several at once, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .load import ROOT
from .load_answers import Answers, report

pytestmark = pytest.mark.slow


def test_a_server_under_a_little_load_answers_all_and_loses_nothing(tmp_path: Path) -> None:
    small = ["--clients", "4", "--seconds", "3", "--patients", "2", "--workers", "1", "--threads", "4"]
    env = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'load.sqlite3'}"}
    command = [sys.executable, "-m", "tests.load", *small]
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=180, check=False
    )
    assert "500 and more: none" in done.stdout, done.stdout + done.stderr
    assert "“database is locked”: 0" in done.stdout
    assert ", of which 0 are not there" in done.stdout
    for kind in ("read", "save", "paper"):
        assert f"\n{kind} " in f"\n{done.stdout}"


@pytest.mark.parametrize(
    ("kind", "status", "seconds", "locked", "stored", "fails"),
    [
        ("save", 302, 0.1, 0, 1, 0),
        ("save", 500, 0.1, 0, 0, 1),
        ("save", 599, 0.1, 0, 0, 1),
        ("save", 302, 0.1, 1, 1, 1),
        ("save", 302, 0.1, 0, 0, 1),
        ("sign in", 503, 0.1, 0, None, 0),
        ("healthz", 200, 1.5, 0, None, 1),
    ],
)
def test_it_fails_for_what_it_is_there_to_find(
    kind: str, status: int, seconds: float, locked: int, stored: int | None, fails: int
) -> None:
    answers = Answers()
    answers.note(kind, status, seconds, b"")
    assert report(answers, answers, locked, stored) == fails
