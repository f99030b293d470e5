"""Of finding a patient: a name that only comes near is not taken for the one that was typed."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H96",
        "names that come near are shown only where nobody has the one that was typed",
        "taperplanner/patients/list_page.py",
        "near = None if is_found else names_near(",
        "near = names_near(",
        "tests/patients/test_near_names.py",
    ),
    Control(
        "H96",
        "what only comes near says so, and to check the birth date",
        "templates/patients/_near_names.html",
        "Nobody was found with exactly this name. Names that come near:",
        "Patients",
        "tests/patients/test_near_names.py",
    ),
)
