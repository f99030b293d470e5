"""A pattern as it was typed: its first day is the dose and the quantities of the step itself, its further days stand here.

Shape in the JSON of a step that has one: "pattern": {"length", "by_weekday", "starts_on", "further": [{"dose",
"quantities"}]}. `length`: how many days of it are in use. What was typed for more than that is kept and used for
nothing, so that it can come back; a length of 1: every day is alike. `starts_on`: the day of the pattern that somebody
chose for the step's first day, as text; "" where nobody did.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ..schedule.steps import LONGEST_PATTERN, WEEK

LENGTHS: Final = range(2, LONGEST_PATTERN + 1)
CELL_OF_A_DAY: Final = re.compile(rf"day([2-{LONGEST_PATTERN}])-(.+)")
DOSE: Final = "dose"


@dataclass(frozen=True, slots=True)
class TypedDay:
    """What is taken on one day, as typed."""

    dose: str = ""
    quantities: Mapping[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> tuple[str, ...]:
        return self.dose, *self.quantities.values()


@dataclass(frozen=True, slots=True)
class TypedPattern:
    """Shape: a further day at least for each one in use."""

    length: int = 1
    further: tuple[TypedDay, ...] = ()
    by_weekday: bool = False
    starts_on: str = ""

    @property
    def is_used(self) -> bool:
        return self.length > 1

    @property
    def is_by_weekday(self) -> bool:
        return self.by_weekday and self.length == WEEK

    @property
    def in_use(self) -> tuple[TypedDay, ...]:
        return self.further[: self.length - 1]

    @property
    def kept(self) -> tuple[TypedDay, ...]:
        """Typed, and not in use now."""
        return self.further[self.length - 1 :]

    @property
    def chosen_start(self) -> int | None:
        numbers = {str(number): number for number in range(1, self.length + 1)}
        return None if self.is_by_weekday else numbers.get(self.starts_on)

    def of_length(self, length: int, *, by_weekday: bool = False) -> TypedPattern:
        """With so many days, what was typed in those that it has, and nothing typed in the others."""
        blank = (TypedDay(),) * (length - 1 - len(self.further))
        return replace(self, length=length, further=(*self.further, *blank), by_weekday=by_weekday)

    def put_away(self) -> TypedPattern:
        return replace(self, length=1)

    def put_back(self) -> TypedPattern:
        return replace(self, length=len(self.further) + 1)

    def as_json(self) -> dict[str, Any]:
        """Empty for a step that never had a pattern, so that such a step is stored as before there were any."""
        if self == NO_PATTERN:
            return {}
        further = [{"dose": day.dose, "quantities": dict(day.quantities)} for day in self.further]
        return {
            "pattern": {
                "length": self.length,
                "by_weekday": self.by_weekday,
                "starts_on": self.starts_on,
                "further": further,
            }
        }


NO_PATTERN: Final = TypedPattern()


def pattern_from_json(step: Mapping[str, Any]) -> TypedPattern:
    if (stored := step.get("pattern")) is None:
        return NO_PATTERN
    return TypedPattern(
        length=stored["length"],
        further=tuple(TypedDay(day["dose"], dict(day["quantities"])) for day in stored["further"]),
        by_weekday=stored["by_weekday"],
        starts_on=stored["starts_on"],
    )


def pattern_from_cells(cells: Mapping[str, str]) -> TypedPattern:
    """From the cells of a row, by their keys: "day2-dose", "day2-morning-1"."""
    length = cells.get("pattern", "")
    days: dict[int, dict[str, str]] = {}
    for key, text in cells.items():
        if match := CELL_OF_A_DAY.fullmatch(key):
            days.setdefault(int(match[1]), {})[match[2]] = text
    if not length and not days:
        return NO_PATTERN
    in_use = int(length) if length in {str(number) for number in LENGTHS} else 1
    return TypedPattern(
        length=in_use,
        further=tuple(_day(days.get(number, {})) for number in range(2, max([in_use, *days]) + 1)),
        by_weekday="weekdays" in cells,
        starts_on=cells.get("starts_on", ""),
    )


def _day(cells: Mapping[str, str]) -> TypedDay:
    return TypedDay(cells.get(DOSE, ""), {key: text for key, text in cells.items() if key != DOSE and text})
