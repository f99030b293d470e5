"""Of patterns on paper: no page lets one day's dose be read as that of every day."""

from __future__ import annotations

from typing import Final

from .control import Control

ON_PAPER: Final = "tests/handouts/test_patterns_on_paper.py"
PRINTED: Final = "tests/handouts/test_patterns_printed.py"
PARTS: Final = "taperplanner/handouts/paper/parts.py"

CONTROLS: Final = (
    Control(
        "H66",
        "a part of a pattern stands under its own days",
        PARTS,
        "found.setdefault(self.dated.on(day), []).append(day)",
        "found.setdefault(self.dated.on(day - timedelta(days=1)), []).append(day)",
        ON_PAPER,
    ),
    Control(
        "H66",
        "a step whose days are not alike has a part for each",
        PARTS,
        "        return len({self.dated.on(day) for day in days}) == 1",
        "        return len({self.dated.on(day) for day in days}) >= 1",
        ON_PAPER,
    ),
    Control(
        "H66",
        "a day keeps its number on every copy",
        PARTS,
        "str((day - run.signed_first_day).days + 1)",
        "str((day - run.first_day).days + 1)",
        ON_PAPER,
    ),
    Control(
        "H66",
        "dates that are not all written say how they go on",
        PARTS,
        "    if run.is_alike or not run.goes_on:",
        "    if run.is_alike or run.goes_on or not run.goes_on:",
        ON_PAPER,
    ),
    Control(
        "H66",
        "who stays on a pattern is told which day is which",
        "taperplanner/handouts/paper/ending.py",
        "    for regimen, days in run.different().items():",
        "    for regimen, days in ():",
        ON_PAPER,
    ),
    Control(
        "H66",
        "a day after the steps says its own dose where a pattern is stayed on",
        "taperplanner/handouts/paper/day_by_day.py",
        "return _day(run.dated, day, schedule, drug, t, change=says)",
        "return _day(run.dated, schedule.day_after, schedule, drug, t, change=says)",
        ON_PAPER,
    ),
    Control(
        "H66",
        "the card says of a pattern what today takes, and that other days differ",
        "taperplanner/handouts/paper/card.py",
        "    if not Run(dated, today, last, dated.first_day).is_alike:",
        "    if False:",
        PRINTED,
    ),
    Control(
        "H66",
        "a part that is torn from its step names the step and its days",
        "templates/handouts/schedule.typ",
        "  strong(part.only)\n",
        "",
        PRINTED,
    ),
)
