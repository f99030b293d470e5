"""Of allergies: what a package names is said, where nothing is found nobody says that there is nothing."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H103",
        "a page of a schedule says where a package names something of the list",
        "templates/tapers/base_schedule.html",
        '{% include "tapers/_packages.html" %}',
        "",
        "tests/tapers/test_excipients.py",
    ),
    Control(
        "H103",
        "nothing found is explained",
        "templates/tapers/_packages.html",
        "Only words that are the same are found",
        "Nothing was found",
        "tests/tapers/test_excipients.py",
    ),
    Control(
        "H103",
        "none known holds only while the list is the one that the patient was asked about",
        "taperplanner/patients/allergies/listing.py",
        "is_current = review is not None and review.list_revision == revision",
        "is_current = review is not None",
        "tests/patients/allergies",
    ),
)
