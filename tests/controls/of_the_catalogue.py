"""Of what acts on a table beside the triggers, and of a paper's code in names and logs."""

from __future__ import annotations

from typing import Final

from .control import Control

CATALOGUE: Final = "tests/catalogue/test_catalogue.py"

CONTROLS: Final = (
    Control(
        "H74",
        "somebody else's trigger is found",
        "taperplanner/catalogue/on_sqlite.py",
        "            if name not in ours:",
        "            if False:",
        CATALOGUE,
    ),
    Control(
        "H74",
        "a view under a table's name is found",
        "taperplanner/catalogue/on_sqlite.py",
        '    if stored["view"]:',
        "    if False:",
        CATALOGUE,
    ),
    Control(
        "H74",
        "columns are compared",
        "taperplanner/catalogue/on_sqlite.py",
        '    yield from between(Kind.COLUMN, "a column", table, columns, has_columns)',
        "    pass",
        CATALOGUE,
    ),
    Control(
        "H74",
        "constraints are compared",
        "taperplanner/catalogue/on_sqlite.py",
        '    yield from between(Kind.CONSTRAINT, "a constraint", table, constraints, has_constraints)',
        "    pass",
        CATALOGUE,
    ),
    Control(
        "H74",
        "indexes are compared",
        "taperplanner/catalogue/on_sqlite.py",
        '    yield from between(Kind.CONSTRAINT, "an index", table, wanted, found)',
        "    pass",
        CATALOGUE,
    ),
    Control(
        "H74",
        "the check says what it could not compare",
        "taperplanner/catalogue/check.py",
        "        yield NOT_COMPARED",
        "        pass",
        CATALOGUE,
    ),
    Control(
        "H74",
        "a paper's file has no code in its name",
        "taperplanner/handouts/copies/views/copies.py",
        'inline; filename="handout-copy-{copy.number}.pdf"',
        'inline; filename="handout-{copy.written_code}.pdf"',
        "tests/handouts/test_file_names.py",
    ),
    Control(
        "H74",
        "a paper's code is written in no log",
        "taperplanner/accounts/logs.py",
        'return _CODE.sub("…", _PAPER.sub(r"\\1\\2…", text))',
        "return text",
        "tests/accounts/test_logs.py",
    ),
)
