"""Of a pattern: that none of its days is said, checked or counted for all of them."""

from __future__ import annotations

from typing import Final

from .control import Control

WORDING: Final = "taperplanner/tapers/wording"
TESTS: Final = "tests/tapers"

CONTROLS: Final = (
    Control(
        "H68",
        "a pattern is not said as a daily dose",
        f"{WORDING}/patterns.py",
        'return f"{place_of(dated, day)}, {regimen.dose} today: {_taken(regimen, products, names)}"',
        "return one_line(regimen, products, names)",
        f"{TESTS}/test_pattern_words.py",
    ),
    Control(
        "H68",
        "no day is named that the step does not have",
        f"{WORDING}/patterns.py",
        "if dated.days < 2 * length:",
        "if False:",
        f"{TESTS}/test_pattern_words.py",
    ),
    Control(
        "H68",
        "the line that is marked as today is that of today's regimen",
        f"{WORDING}/lines.py",
        " and dated.covers(today) and dated.on(today) == regimen,",
        " and dated.covers(today),",
        f"{TESTS}/test_pattern_words.py",
    ),
    Control(
        "H68",
        "the second person types each day of a pattern",
        f"{WORDING}/to_check.py",
        "range(length if is_stayed_on else min(length, dated.days))",
        "range(1)",
        f"{TESTS}/test_pattern_pages.py",
    ),
    Control(
        "H68",
        "the same days in another rhythm are a change",
        f"{WORDING}/compare.py",
        "    if not is_in_step(one, two, left, right):",
        "    if False:",
        f"{TESTS}/test_compare.py",
    ),
    Control(
        "H68",
        "a dose that stays today only is not said to stay",
        f"{WORDING}/effect.py",
        "    if any(one.dose != other.dose for one, other in pairs):",
        "    if False:",
        f"{TESTS}/test_effect.py",
    ),
    Control(
        "H68",
        "what is needed is counted day by day of the pattern",
        "taperplanner/monitoring/supply/needs.py",
        "return self.in_turn[(day - self.first_day).days % len(self.in_turn)]",
        "return self.in_turn[0]",
        "tests/monitoring/test_books.py",
    ),
)
