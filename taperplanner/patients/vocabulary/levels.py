"""The drugs that change clonazepam's level: the vocabulary's second axis, read from `levels.csv`.

Each row is a drug of `drugs.csv`, whether it can raise or lower the level, and where that was read. A drug
without a row is one of which no source in `sources.toml` was found to say so, which is no proof that it does not.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from .rules import VocabularyError, parts, refuse

if TYPE_CHECKING:
    from . import Drug, Source

COLUMNS: Final = ("name", "level", "source", "locator")


class Level(StrEnum):
    """What a drug can do to the level of clonazepam."""

    RAISES = "raises"
    LOWERS = "lowers"


@dataclass(frozen=True, slots=True)
class LevelStatement:
    """`locator`: where in its sources it stands."""

    level: Level
    sources: tuple[Source, ...]
    locator: str


def with_levels(drugs: Iterable[Drug], text: str, sources: Mapping[str, Source]) -> tuple[Drug, ...]:
    """Each drug with what `text`, which is levels.csv, says of it. Raises: VocabularyError, at the first broken row."""
    drugs = tuple(drugs)
    names = {drug.name for drug in drugs}
    stated: dict[str, LevelStatement] = {}
    rows = csv.DictReader(text.splitlines(), strict=True)
    try:
        refuse(
            tuple(rows.fieldnames or ()) != COLUMNS, f"the columns are {', '.join(COLUMNS)}, in this order"
        )
        for row in rows:
            name, statement = _statement(row, sources)
            refuse(name not in names, f"{name} is no generic name of drugs.csv")
            refuse(name in stated, f"{name} is listed twice")
            stated[name] = statement
    except (csv.Error, KeyError, TypeError, ValueError) as error:
        raise VocabularyError(f"levels.csv, line {rows.line_num}: {error}") from error
    return tuple(replace(drug, changes_level=stated.get(drug.name)) for drug in drugs)


def _statement(row: dict[str, Any], sources: Mapping[str, Source]) -> tuple[str, LevelStatement]:
    refuse(None in row or None in row.values(), "a cell is missing or one too many")
    cited = tuple(sources[key] for key in parts(row["source"]))
    refuse(not cited, "no source for its level")
    for source in cited:
        refuse("level" not in source.supports, f"{source.key} supports no statement on a level")
    refuse(not row["locator"], "no locator: say where in the source it stands")
    return row["name"], LevelStatement(Level(row["level"]), cited, row["locator"])
