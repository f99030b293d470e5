"""Of patterns as they are typed, and as a revision carries them over."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H67",
        "a day of a pattern without a typed dose stops signing",
        "taperplanner/tapers/draft/problems.py",
        'if day.dose is None and f"{day.prefix}dose" not in step.wrong:',
        "if False:",
        "tests/tapers/test_typed_patterns.py",
    ),
    Control(
        "H67",
        "each day of a pattern adds up by itself",
        "taperplanner/tapers/draft/parsed.py",
        "return self.dose is not None and self.total not in {None, self.dose}",
        "return not self.prefix and self.dose is not None and self.total not in {None, self.dose}",
        "tests/tapers/test_typed_patterns.py",
    ),
    Control(
        "H67",
        "a pattern that is running goes on with the day that its rhythm has come to",
        "taperplanner/tapers/draft/rhythm.py",
        "day = origin.dated.step.index_on(first_day, origin.dated.first_day) + 1",
        "day = 1",
        "tests/tapers/test_revised_patterns.py",
    ),
    Control(
        "H67",
        "a pattern that was cut in its middle and stands elsewhere begins with no day by itself",
        "taperplanner/tapers/draft/rhythm.py",
        "if position == 1 and (",
        "if True or (",
        "tests/tapers/test_revised_patterns.py",
    ),
    Control(
        "H67",
        "days of a pattern that change places at a revision are asked about",
        "taperplanner/tapers/draft/pattern_problems.py",
        "if _same(signed) != _same(typed):",
        "if False:",
        "tests/tapers/test_revised_patterns.py",
    ),
    Control(
        "H67",
        "seven days of a pattern are not taken for the days of the week",
        "taperplanner/tapers/draft/revising.py",
        "return [_values(day) for day in typed.each_day], typed.pattern.is_by_weekday",
        "return [_values(day) for day in typed.each_day], False",
        "tests/tapers/test_revised_patterns.py",
    ),
    Control(
        "H67",
        "a carried pattern that gets other days is confirmed again",
        "taperplanner/tapers/draft/typed.py",
        "pattern=change(step.pattern), confirmed=False)",
        "pattern=change(step.pattern))",
        "tests/tapers/test_typed_patterns.py",
    ),
    Control(
        "H67",
        "another number of days takes nothing away that was typed",
        "taperplanner/tapers/draft/typed_pattern.py",
        "further=(*self.further, *blank)",
        "further=(*self.in_use, *blank)",
        "tests/tapers/test_typed_patterns.py",
    ),
    Control(
        "H67",
        "a row of a spreadsheet goes over no day of a pattern",
        "static/js/pasting.js",
        "if (!isNote && isPattern(start, 1)) {",
        "if (false) {",
        "tests/journeys/test_alternate_days.py -k spreadsheet",
    ),
)
