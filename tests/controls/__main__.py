"""Take the most important controls out one by one, and see that the suite notices:

    .venv/bin/python -m tests.controls

Each row breaks one line in a copy of the tree and runs the tests that the hazard log names for that
control. A run that stays green is a control nobody would miss, and ends this command with an error.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Final

from .control import Control

ROOT: Final = Path(__file__).resolve().parent.parent.parent
TESTS_FAILED: Final = 1  # pytest's exit code; any other means that the tests did not run
LEFT_OUT: Final = shutil.ignore_patterns(".git", ".venv", "__pycache__", "*.sqlite3", ".*_cache", "var")


def every_control() -> Iterator[Control]:
    """Of each module `of_…` beside this one: one for each part of the product."""
    for path in sorted(Path(__file__).parent.glob("of_*.py")):
        yield from import_module(f"{__package__}.{path.stem}").CONTROLS


def survives(control: Control) -> str:
    """Empty when the tests went red without the control; otherwise what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder, "tree")
        shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
        file = tree / control.file
        source = file.read_text()
        if source.count(control.text) != 1:
            return f"{control.file} no longer holds this control once"
        file.write_text(source.replace(control.text, control.broken))
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-n0",
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            *control.tests.split(),
        ]
        run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    if run.returncode == TESTS_FAILED:
        return ""
    return f"the tests did not notice (exit {run.returncode}):\n{run.stdout[-2000:]}"


def main() -> int:
    controls = list(every_control())
    with ThreadPoolExecutor(2) as pool:
        results = list(zip(controls, pool.map(survives, controls), strict=True))
    for control, wrong in results:
        print(f"{'NOT NOTICED' if wrong else 'noticed'}: {control.hazard}, {control.what}. {wrong}")
    missed = sum(bool(wrong) for _, wrong in results)
    print(f"{len(results) - missed} of {len(results)} controls were taken out and noticed.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
