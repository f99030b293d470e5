"""Of a flag to a colleague: one that nobody reads is on somebody's list, and a closed record's is on nobody else's."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H97",
        "a flag for somebody who is away is for any provider",
        "taperplanner/flags/readers.py",
        ".away_on(today).values",
        ".none().values",
        "tests/flags",
    ),
    Control(
        "H97",
        "a flag for somebody to whom the record was closed is for any provider who may open it",
        "taperplanner/flags/readers.py",
        "| sees_none | is_closed)",
        "| sees_none)",
        "tests/flags/test_flags_of_restricted_records.py",
    ),
    Control(
        "H97",
        "whoever wrote a flag that nobody has seen is told from the next day on",
        "taperplanner/worklist/flags.py",
        ".open().unseen()",
        ".open().none()",
        "tests/flags",
    ),
    Control(
        "H97",
        "a flag is done only by whom it is for, or by whoever wrote it",
        "taperplanner/flags/actions.py",
        "if flag.written_by_id != by.pk and not is_to_read(flag, by, _today(by, at)):",
        "if False:",
        "tests/flags",
    ),
    Control(
        "H97",
        "the page says that a flag calls nobody",
        "templates/flags/flag_add.html",
        "A flag calls nobody.",
        "",
        "tests/flags",
    ),
    Control(
        "H80",
        "a flag about a record that is closed to who asks stands on no list of theirs",
        "taperplanner/worklist/flags.py",
        'open_to(to_be_read_by(rows, query.user, query.today), query.user, patient="patient")',
        "to_be_read_by(rows, query.user, query.today)",
        "tests/flags/test_flags_of_restricted_records.py",
    ),
)
