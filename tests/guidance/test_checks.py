"""`manage.py check` fails on a wrong content file, and says which."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import registry
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from taperplanner.guidance import checks


def test_check_content_finds_nothing_wrong_with_what_ships() -> None:
    assert list(checks.check_content()) == []


def test_check_content_gives_an_error_with_file_and_line_as_its_hint(content: Path) -> None:
    path = content / "calmazine/stopping/never.md"
    path.write_text(path.read_text(encoding="utf-8").replace('"line 2"', '""'), encoding="utf-8")

    [error] = checks.check_content(content=content)

    assert error.id == "guidance.E001"
    assert error.msg == "locator is empty."
    assert error.hint == f"{path}, line 10"


def test_manage_py_check_runs_it(monkeypatch: pytest.MonkeyPatch, content: Path) -> None:
    (content / "sources.toml").unlink()
    monkeypatch.setattr(checks.check_content, "__kwdefaults__", {"content": content})

    assert checks.check_content in registry.registry.get_checks()
    with pytest.raises(SystemCheckError, match=r"sources\.toml, line 1"):
        call_command("check", tags=["guidance"])
