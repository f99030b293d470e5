"""What takes longest is run by turns: `pytest` runs a share of each long family, and another at the next commit.

    pytest              of each family below one in so many of its tests, and all of the rest
    pytest --whole      all
    pytest tests/tapers all of what is named (also with -k), unless it comes with --by-turns

A family's tests are of one kind: pages, scripts, ways to write over a row. The commit says whose turn it is, so a run
can be repeated, and what is broken in one of a kind is found some commits later at most. What the hazard log names by
itself is always run. On PostgreSQL, what neither commits nor speaks to the database in its own way has turns, too.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final
from zlib import crc32

import pytest
from django.db import connection

from .hazard_log import ROWS
from .house.law import TOP
from .of_database import speaks_in_its_own_way

WHOLE: Final = "--whole"
BY_TURNS: Final = "--by-turns"
ALWAYS: Final = 1
WHERE_VENDORS_AGREE: Final = 8  # on PostgreSQL
# One in how many is run, by the longest name that fits. The seconds that a family took decide. Who may do what and
# hostile forms are not here: the suite asks but a tenth of them as it is.
FAMILIES: Final = {
    "tests/accounts/test_in_browser.py": 4,
    "tests/accounts/test_refusals.py": 5,
    "tests/accounts/test_unanswered.py": 4,
    "tests/accounts/test_activity.py": 4,
    "tests/browser/": 4,
    "tests/browser/test_harness.py": ALWAYS,
    "tests/browser/test_pages.py": 8,
    "tests/catalogue/test_catalogue.py": 3,
    "tests/cluster/test_failover.py": 2,
    "tests/crash/test_crash.py": 2,
    "tests/day_book/test_as_every_plan_says.py": 2,
    "tests/handouts/test_joint_paper.py": 4,
    "tests/handouts/test_joint_patterns.py": 4,
    "tests/handouts/test_patterns_printed.py": 4,
    "tests/handouts/test_preview_pages.py": 4,
    "tests/handouts/test_printing_days.py": 4,
    "tests/handouts/test_proof.py": 4,
    "tests/journeys/": 4,
    "tests/journeys/test_main_job.py": ALWAYS,
    "tests/patients/test_in_browser.py": 4,
    "tests/patients/test_restricted_everywhere.py": 3,
    "tests/scripts/": 6,
    "tests/tapers/test_pattern_words.py": 3,
    "tests/test_access_without.py": 3,
    "tests/test_bench.py": 2,
    "tests/test_load.py": 3,
    "tests/test_sent_at_once.py": 5,
    "tests/test_triggers.py": 5,
    "tests/upgrade/test_back.py": 2,
}
NAMED_BY_HAZARDS: Final = frozenset(f"{file}::{name}" for _, file, name in ROWS)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(WHOLE, action="store_true", help="every test of every family")
    parser.addoption(BY_TURNS, action="store_true", help="by turns, though tests are named")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """A worker is given all by name: whether somebody named it, only the process that reports knows."""
    node.workerinput[BY_TURNS] = has_turns(node.config)


def has_turns(config: pytest.Config) -> bool:
    if told := getattr(config, "workerinput", None):
        return bool(told[BY_TURNS])
    names_some = config.args_source is pytest.Config.ArgsSource.ARGS or bool(config.getoption("keyword"))
    return bool(config.getoption(BY_TURNS)) or not (config.getoption(WHOLE) or names_some)


def turn() -> int:
    """Of the commit that is tried; without one, the first."""
    asked = subprocess.run(["git", "rev-parse", "HEAD"], cwd=TOP, capture_output=True, text=True, check=False)
    return int(asked.stdout[:8], 16) if asked.returncode == 0 else 0


def one_in(name: str) -> int:
    """Of the family that this test is of. `name` is the file, "::" and the function."""
    fitting = [family for family in FAMILIES if name.startswith(family)]
    return FAMILIES[max(fitting, key=len)] if fitting else ALWAYS


def chosen(tests: list[str], share: int, turn: int) -> Iterator[bool]:
    """Whether it is the turn of each of these tests of one function: over `share` turns, each has one."""
    first = crc32(tests[0].partition("[")[0].encode()) + turn
    return ((first + place) % share == 0 for place, _ in enumerate(tests))


def _of_function(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def _share(item: pytest.Item, *, is_alone: bool) -> int:
    name = _of_function(item)
    if is_alone and name in NAMED_BY_HAZARDS:
        return ALWAYS
    rest = ALWAYS if connection.vendor == "sqlite" or speaks_in_its_own_way(item) else WHERE_VENDORS_AGREE
    return max(one_in(name), rest)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Before whoever deals them out to workers."""
    if has_turns(config):
        _leave_out(config, items)
    yield


def _leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    now = turn()
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for _, of_function in groupby(items, key=_of_function):
        tests = list(of_function)
        share = _share(tests[0], is_alone=len(tests) == 1)
        for test, is_run in zip(tests, chosen([test.nodeid for test in tests], share, now), strict=True):
            (kept if is_run else left).append(test)
    items[:] = kept
    config.hook.pytest_deselected(items=left)


def pytest_report_header(config: pytest.Config) -> str:
    return f"by turns: {'turn ' + str(turn()) if has_turns(config) else 'no, all of what is named'}"


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if has_turns(config):
        terminalreporter.write_line(f"Long families were run by turns: {WHOLE} runs all (docs/testing.md).")
