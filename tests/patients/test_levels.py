"""The vocabulary's second axis: what its files may not say of clonazepam's level."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from taperplanner.patients import vocabulary as module
from taperplanner.patients.vocabulary import vocabulary
from taperplanner.patients.vocabulary.levels import Level
from taperplanner.patients.vocabulary.rules import VocabularyError
from tests.patients.vocabulary_files import load_from

SHIPPED: Final = Path(module.__file__).parent
SOURCES: Final = """
[index]
title = "An index"
publisher = "Someone"
address = "https://example.org/index"
read_on = 2026-01-01
supports = ["atc", "sedation"]

[list]
title = "A list"
publisher = "Someone"
address = "https://example.org/list"
read_on = 2026-01-01
supports = ["level"]
"""
DRUGS: Final = """name,brands,also,atc,drug_class,sedates,kind,tall_man,source
clonazepam,Klonopin,,N03AE01,benzodiazepine,yes,prescription,,index
aspirin,,,N02BA01,other,no,otc,,index
"""
HEADER: Final = "name,level,source,locator"
RAISES: Final = "aspirin,raises,list,strong inhibitors"
BROKEN: Final = {
    "a column nobody knows": ([f"{HEADER},dose", f"{RAISES},1 mg"], "columns"),
    "a cell too few": ([HEADER, "aspirin,raises,list"], "cell"),
    "a cell too many": ([HEADER, f"{RAISES},more"], "cell"),
    "a name without a row": ([HEADER, RAISES.replace("aspirin", "warfarin")], "warfarin"),
    "a brand for a name": ([HEADER, RAISES.replace("aspirin", "Klonopin")], "Klonopin"),
    "a name in capitals": ([HEADER, RAISES.replace("aspirin", "Aspirin")], "Aspirin"),
    "a drug listed twice": ([HEADER, RAISES, RAISES], "twice"),
    "a drug that does both": ([HEADER, RAISES, RAISES.replace("raises", "lowers")], "twice"),
    "a level nobody knows": ([HEADER, RAISES.replace("raises", "doubles")], "doubles"),
    "a level left out": ([HEADER, RAISES.replace("raises", "")], "Level"),
    "no source": ([HEADER, RAISES.replace("list", "")], "source"),
    "a source nobody knows": ([HEADER, RAISES.replace("list", "hearsay")], "hearsay"),
    "a source that says nothing of a level": ([HEADER, RAISES.replace("list", "list;index")], "index"),
    "no place in the source": ([HEADER, RAISES.replace("strong inhibitors", "")], "locator"),
    "a quote left open": ([HEADER, '"' + RAISES], "end of data"),
}
Load = Callable[..., module.Vocabulary]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def write_and_load(levels: list[str]) -> module.Vocabulary:
        return load_from(tmp_path, drugs=DRUGS, sources=SOURCES, levels="\n".join(levels))

    return write_and_load


def test_what_a_drug_does_to_the_level_is_joined_to_its_row(load: Load) -> None:
    klonopin, aspirin = load([HEADER, RAISES]).drugs
    assert klonopin.changes_level is None
    assert aspirin.changes_level is not None
    assert (aspirin.changes_level.level, aspirin.changes_level.locator) == (Level.RAISES, "strong inhibitors")
    assert [source.key for source in aspirin.changes_level.sources] == ["list"]


@pytest.mark.parametrize(("levels", "why"), BROKEN.values(), ids=BROKEN)
def test_a_row_that_breaks_a_rule_is_refused(load: Load, levels: list[str], why: str) -> None:
    with pytest.raises(VocabularyError, match=f"levels.csv.*{why}"):
        load(levels)


def test_rows_stand_in_the_order_of_their_names_and_each_is_joined() -> None:
    rows = (SHIPPED / "levels.csv").read_text(encoding="utf-8").splitlines()[1:]
    names = [next(csv.reader([row]))[0] for row in rows]
    assert names == sorted(names)
    assert set(names) == {drug.name for drug in vocabulary().drugs if drug.changes_level}


def test_the_drug_itself_has_no_row() -> None:
    drug = vocabulary().named("clonazepam")
    assert drug is not None
    assert drug.changes_level is None


@pytest.mark.parametrize(
    "typed",
    [
        "St Johns Wort",
        "St. John's wort",
        "St Johnʼs wort",
        "St. John`s wort",
        "st john’s  WORT",
        "Saint John’s wort",
    ],
)
def test_an_apostrophe_or_a_dot_hides_no_name(typed: str) -> None:
    drug = vocabulary().find(typed)
    assert drug is not None
    assert drug.name == "st. john's wort"
