"""The linter of scripts is told enough: each kind of breach is found, and our own scripts have none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from ..house.law import TOP
from .stage import SCRIPTS

RULES: Final = TOP / ".oxlintrc.json"
BREACHES: Final = {
    "no-unused-vars": "const unused = 1;",
    "no-undef": "cells = [];",
    "eqeqeq": "if (document.title == 1) { close(); }",
    "no-eval": "eval(document.title);",
    "no-implied-eval": "setTimeout('close()', 1);",
    "no-new-func": "new Function(document.title)();",
    "no-restricted-properties": "document.body.innerHTML = document.title;",
    "no-var": "var title = document.title; close(title);",
    "prefer-const": "let title = document.title; close(title);",
    "no-console": "console.log(document.title);",
    "no-alert": "alert(document.title);",
    "no-param-reassign": "export const change = (cell) => { cell = null; return cell; };",
}


def lint(path: Path) -> str:
    """What oxlint says. Empty where it has nothing to say."""
    beside = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    program = shutil.which("oxlint", path=beside)
    assert program, "oxlint is not here: install requirements/test.txt"
    done = subprocess.run(
        [program, "--deny-warnings", "--format=unix", "--config", RULES, path],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout if done.returncode else ""


def test_our_scripts_keep_the_rules() -> None:
    assert lint(SCRIPTS) == ""


@pytest.mark.parametrize("rule", BREACHES)
def test_a_breach_is_found(tmp_path: Path, rule: str) -> None:
    (tmp_path / "breach.js").write_text(f"{BREACHES[rule]}\n")
    assert f"({rule})" in lint(tmp_path)
