"""Of the day book: nobody who is due is missing from the worklist because a line was not written."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H100",
        "whatever is recorded of a patient derives their lines anew",
        "taperplanner/audit/log.py",
        "                        derive(waiting.events)\n",
        "                        pass\n",
        "tests/day_book",
    ),
    Control(
        "H100",
        "supply stands there from the first day on which it may be short, with the dose as needed too",
        "taperplanner/day_book/lines.py",
        "short |= {(first, one.needed_until) for first in first_days if first}",
        "short |= {(first, first) for first in first_days if first}",
        "tests/day_book",
    ),
    Control(
        "H100",
        "a change of a version that another replaces later stands there up to that day",
        "taperplanner/day_book/caseload.py",
        "(self.last_day is None or day <= self.last_day)",
        "self.last_day is None",
        "tests/day_book",
    ),
    Control(
        "H100",
        "the command writes what is missing",
        "taperplanner/day_book/writing.py",
        "                    for line in found.missing\n",
        "                    for line in ()\n",
        "tests/day_book",
    ),
    Control(
        "H100",
        "a database of before there was a day book has one after migrate",
        "taperplanner/day_book/rebuilding.py",
        "        for _ in rebuild():\n            pass\n",
        "        pass\n",
        "tests/day_book/test_day_book.py",
    ),
)
