"""Of the dates that a clinic's own sheet has beside a row."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H59",
        "days that do not come to the sheet's last day are warned of",
        "taperplanner/tapers/draft/sheet_dates.py",
        "self.last is not None and self.end_of(days) != self.last",
        "False",
        "tests/tapers/test_sheet_dates.py",
    ),
    Control(
        "H59",
        "a step that begins on another day than the sheet says is warned of",
        "taperplanner/tapers/draft/sheet_dates.py",
        "if span[0] - dates.first != moved:",
        "if False:",
        "tests/tapers/test_sheet_dates.py",
    ),
    Control(
        "H59",
        "a date of the sheet that cannot be read is never let go",
        "taperplanner/tapers/draft/sheet_dates.py",
        "            wrong[key] = str(problem)\n",
        "",
        "tests/tapers/test_sheet_dates.py",
    ),
    Control(
        "H59",
        "a row of the sheet whose days nobody typed yet is no blank row",
        "taperplanner/tapers/draft/typed.py",
        "            self.sheet_first,\n            self.sheet_last,\n",
        "",
        "tests/tapers/test_sheet_dates.py",
    ),
    Control(
        "H59",
        "a table whose columns do not stand as here is shown before it goes in",
        "static/js/pasting.js",
        "const isAsHere = isNote || standsAsHere(pasted, inPlace);",
        "const isAsHere = true;",
        "tests/journeys/test_pasting.py -k sheet",
    ),
    Control(
        "H59",
        "a column that nobody chose goes nowhere",
        "static/js/paste_preview.js",
        "  if (wrong) {",
        "  if (false) {",
        "tests/journeys/test_pasting.py -k sheet",
    ),
)
