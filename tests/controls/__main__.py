"""Take the most important controls out one by one, and see that the suite notices:

    .venv/bin/python -m tests.controls [--only WORDS] [--room tapers] [--processes 2]

Each row breaks one line in a copy of the tree and runs the tests that the hazard log names for that
control. A run that stays green is a control nobody would miss, and ends this command with an error.
`--only` takes words of a hazard, a control, its file or the module that it stands in here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from typing import Final

from ..migrated import GIVEN
from .control import Control

ROOT: Final = Path(__file__).resolve().parent.parent.parent
TESTS_FAILED: Final = 1  # pytest's exit code; any other means that the tests did not run
LEFT_OUT: Final = shutil.ignore_patterns(".git", ".venv", "__pycache__", "*.sqlite3", ".*_cache", "var")
# What a migrated database is made of; a break anywhere else needs no other one.
TABLES: Final = re.compile(r"\b(models|migrations|append_only|apps|settings)\b")
PYTEST: Final = (sys.executable, "-m", "pytest", "-n0", "-x", "-q", "-p", "no:cacheprovider")


def every_control(only: str = "", room: str = "") -> Iterator[Control]:
    """Of each module `of_…` beside this one: one for each part of the product."""
    for path in sorted(Path(__file__).parent.glob("of_*.py")):
        for control in import_module(f"{__package__}.{path.stem}").CONTROLS:
            words = f"{path.stem} {control.hazard} {control.what} {control.file}".lower()
            if only.lower() in words and (not room or {room, f"{room}.py"} & set(Path(control.file).parts)):
                yield control


def survives(control: Control) -> str:
    """Empty when the tests went red without the control; otherwise what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        return _survives_in(_copy_of_the_tree(Path(folder)), control)


def _copy_of_the_tree(folder: Path) -> Path:
    return Path(shutil.copytree(ROOT, folder / "tree", ignore=LEFT_OUT))


def _survives_in(tree: Path, control: Control, migrated: Path | None = None) -> str:
    """The tree is whole again afterwards. `migrated`: where a database of the whole one is, or comes to be."""
    file = tree / control.file
    source = file.read_text()
    if source.count(control.text) != 1:
        return f"{control.file} no longer holds this control once"
    environment = os.environ | {"HYPOTHESIS_PROFILE": "controls"}
    # What did not change since the run before is not compiled again; the tree is thrown away in the end.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.pop("PYTHONPYCACHEPREFIX", None)
    if migrated and not TABLES.search(control.file):
        environment[GIVEN] = str(migrated)
    file.write_text(source.replace(control.text, control.broken))
    command = [*PYTEST, *control.tests.split()]
    try:
        run = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    finally:
        file.write_text(source)
    if run.returncode == TESTS_FAILED:
        return ""
    return f"the tests did not notice (exit {run.returncode}):\n{run.stdout[-2000:]}"


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.controls")
    parser.add_argument(
        "--only", default="", help="words of a hazard, a control, its file or its module here"
    )
    parser.add_argument("--room", default="", help="a room or a module, also of templates and static")
    parser.add_argument(
        "--processes", type=int, default=2, help="how many at once, each in a tree of its own (2)"
    )
    given = parser.parse_args()
    controls = list(every_control(given.only, given.room))
    missed = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(given.processes) as pool:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(given.processes):
            trees.put(_copy_of_the_tree(Path(folder, str(number))))

        def take_out(control: Control) -> tuple[str, float]:
            tree, began = trees.get(), monotonic()
            try:
                return _survives_in(tree, control, Path(folder, "migrated.sqlite3")), monotonic() - began
            finally:
                trees.put(tree)

        for control, (wrong, seconds) in zip(controls, pool.map(take_out, controls), strict=True):
            missed += bool(wrong)
            said = "NOT NOTICED" if wrong else "noticed"
            print(f"{said} in {seconds:.0f} s: {control.hazard}, {control.what}. {wrong}", flush=True)
    print(f"{len(controls) - missed} of {len(controls)} controls were taken out and noticed.")
    return 1 if missed or not controls else 0


if __name__ == "__main__":
    sys.exit(main())
