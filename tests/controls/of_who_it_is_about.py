"""Of the patient's age and safety facts."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H45",
        "the age brings what the sources say of it",
        "taperplanner/patients/applies.py",
        "    found = _of_age(born, today)\n",
        "    found = []\n",
        "tests/patients/test_applies.py",
    ),
    Control(
        "H45",
        "an age begins on the birthday",
        "taperplanner/patients/ages.py",
        "years >= OLDER_FROM_YEARS",
        "years > OLDER_FROM_YEARS",
        "tests/patients/test_ages.py",
    ),
    Control(
        "H45",
        "an entry about some patients says which",
        "taperplanner/guidance/content/clonazepam/special-populations/older-adults.md",
        'concerns = ["age_65_or_more"]',
        "concerns = []",
        "tests/patients/test_safety_facts.py",
    ),
    Control(
        "H45",
        "a fact that was never asked is a gap",
        "taperplanner/patients/safety.py",
        "for fact in Fact if fact.value not in known)",
        "for fact in Fact if False)",
        "tests/monitoring/test_facts_never_asked.py",
    ),
)
