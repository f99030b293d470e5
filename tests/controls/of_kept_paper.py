"""Of what the patient was handed: the stored file of each copy."""

from __future__ import annotations

from typing import Final

from .control import Control

STORED: Final = "tests/handouts/test_stored_file.py"

CONTROLS: Final = (
    Control(
        "H42",
        "bytes that were changed are given to nobody",
        "taperplanner/handouts/models/copies.py",
        "        if sha256(content).hexdigest() != self.sha256:",
        "        if False:",
        STORED,
    ),
    Control(
        "H42",
        "a file is given again unmarked only while nothing about it changed",
        "taperplanner/handouts/copies/files.py",
        "    return file is not None and file.fingerprint == job.fingerprint()",
        "    return file is not None",
        STORED,
    ),
    Control(
        "H42",
        "a paper that is no longer right when it is set is not handed out",
        "taperplanner/handouts/copies/actions.py",
        "    if paper and now.fingerprint() != paper.fingerprint:",
        "    if False:",
        STORED,
    ),
    Control(
        "H42",
        "the day is part of what a paper says",
        "taperplanner/handouts/printing/job.py",
        '            "today": self.today.isoformat(),\n',
        "",
        STORED,
    ),
    Control(
        "H42",
        "what is printed has the code under which it is known",
        "taperplanner/handouts/copies/actions.py",
        "paper.code if paper else new_code()",
        "new_code()",
        STORED,
    ),
)
