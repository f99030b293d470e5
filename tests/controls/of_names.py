"""Of the names of medicines: which one it is, and the codes of those on the market."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H51",
        "a word for a group of medicines is kept only by a tick",
        "taperplanner/patients/medications/which.py",
        "if self.groups and not cleaned.get(self._keeps):",
        "if False:",
        "tests/patients/test_groups.py",
    ),
    Control(
        "H51",
        "what may sedate is not filed as something that does not",
        "taperplanner/patients/medications/actions.py",
        "[group for group in groups_in(details.name) if group.may_sedate]",
        "[]",
        "tests/patients/test_groups.py",
    ),
    Control(
        "H51",
        "a check-in asks which new medicine it is",
        "taperplanner/monitoring/check_ins/forms/since.py",
        "MedicinesField if name == NEW_MEDICINES else TextField",
        "TextField",
        "tests/patients/test_groups.py",
    ),
    Control(
        "H51",
        "a word that the tick was not given for is asked about",
        "taperplanner/patients/medications/which.py",
        '"-".join(["which", *(group.found.replace(" ", "-") for group in self.groups)])',
        '"which-benzos"',
        "tests/patients/test_groups.py",
    ),
)
