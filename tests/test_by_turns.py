"""Long families are run by turns: none of their tests is forgotten, and none that must always be run is left out."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from . import by_turns
from .by_turns import ALWAYS, FAMILIES, NAMED_BY_HAZARDS, WHERE_VENDORS_AGREE, chosen, has_turns, one_in
from .house.law import TOP

ArgsSource = pytest.Config.ArgsSource


@given(
    count=st.integers(1, 40), share=st.integers(1, 9), turn=st.integers(0, 2**32), name=st.text(min_size=1)
)
def test_over_so_many_turns_each_test_is_run_once(count: int, share: int, turn: int, name: str) -> None:
    tests = [f"{name}[{number}]" for number in range(count)]
    runs = [list(chosen(tests, share, turn + later)) for later in range(share)]
    assert [sum(of_test) for of_test in zip(*runs, strict=True)] == [1] * count


def test_the_longest_name_that_fits_says_the_share() -> None:
    assert one_in("tests/browser/test_look.py::test_it") == FAMILIES["tests/browser/"] > ALWAYS
    assert one_in("tests/browser/test_pages.py::test_it") == FAMILIES["tests/browser/test_pages.py"]
    assert one_in("tests/tapers/test_holds.py::test_it") == ALWAYS


def test_each_family_is_there() -> None:
    assert [family for family in FAMILIES if not (TOP / family).exists()] == []


def config_of(
    *options: str, named: bool = False, keyword: str = "", told: bool | None = None
) -> pytest.Config:
    given = {"keyword": keyword} | dict.fromkeys(options, True)
    config: Any = SimpleNamespace(
        args_source=ArgsSource.ARGS if named else ArgsSource.TESTPATHS,
        getoption=given.get,
        hook=SimpleNamespace(pytest_deselected=lambda items: None),
    )
    if told is not None:
        config.workerinput = {by_turns.BY_TURNS: told}
    return config  # type: ignore[no-any-return]


def test_whoever_names_tests_or_asks_for_all_runs_all_of_them() -> None:
    assert has_turns(config_of())
    assert not has_turns(config_of(by_turns.WHOLE))
    assert not has_turns(config_of(named=True))
    assert not has_turns(config_of(keyword="hold"))
    assert has_turns(config_of(by_turns.BY_TURNS, named=True))


@pytest.mark.parametrize("told", [True, False])
def test_a_worker_does_as_it_is_told(told: bool) -> None:
    """pytest-xdist gives it each test by name."""
    assert has_turns(config_of(named=True, told=told)) is told


def items_of(name: str, count: int = 1) -> list[Any]:
    def item(number: int) -> Any:
        return SimpleNamespace(
            nodeid=name if count == 1 else f"{name}[{number}]", get_closest_marker=lambda mark: None
        )

    return [item(number) for number in range(count)]


def left_of(
    items: list[Any], config: pytest.Config, monkeypatch: pytest.MonkeyPatch, turns: int
) -> list[int]:
    """How many are run at each of these turns."""
    counts = []
    for turn in range(turns):
        monkeypatch.setattr(by_turns, "turn", lambda turn=turn: turn)
        kept = [*items]
        next(by_turns.pytest_collection_modifyitems(config, kept))
        counts.append(len(kept))
    return counts


def test_a_family_is_shared_out_and_the_rest_is_run_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", "sqlite")
    share = FAMILIES["tests/test_triggers.py"]
    family = items_of("tests/test_triggers.py::test_it", 2 * share)
    rest = items_of("tests/tapers/test_holds.py::test_it", 3)
    assert left_of([*family, *rest], config_of(), monkeypatch, share) == [2 + 3] * share
    assert left_of([*family, *rest], config_of(by_turns.WHOLE), monkeypatch, 1) == [2 * share + 3]


def test_what_the_hazard_log_names_by_itself_is_always_run(monkeypatch: pytest.MonkeyPatch) -> None:
    in_families = [name for name in NAMED_BY_HAZARDS if one_in(name) > ALWAYS]
    assert in_families
    for name in in_families:
        assert left_of(items_of(name), config_of(), monkeypatch, 9) == [1] * 9
        assert 0 in left_of(items_of(f"{name}_not_named"), config_of(), monkeypatch, 9)


def test_on_postgresql_what_is_rolled_back_has_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    items = items_of("tests/tapers/test_holds.py::test_it", WHERE_VENDORS_AGREE)
    monkeypatch.setattr(connection, "vendor", "postgresql")
    assert left_of(items, config_of(), monkeypatch, 3) == [1] * 3
    for item in items:
        item.fixturenames = ["transactional_db"]
    assert left_of(items, config_of(), monkeypatch, 3) == [WHERE_VENDORS_AGREE] * 3


def test_the_next_commit_has_another_turn_and_without_one_it_is_the_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(by_turns, "TOP", tmp_path)
    assert by_turns.turn() == 0
    as_somebody = ["git", "-c", "user.name=Sam", "-c", "user.email=sam@riverside.example"]
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    turns = []
    for words in ("One", "Two"):
        commit = [*as_somebody, "commit", "--quiet", "--allow-empty", "--message", words]
        subprocess.run(commit, cwd=tmp_path, check=True)
        turns.append(by_turns.turn())
    assert len({0, *turns}) == 3
    assert by_turns.turn() == turns[-1], "the same each time"
