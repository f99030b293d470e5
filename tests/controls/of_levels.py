"""Of medicines that change clonazepam's level: that they are known, shown, and marked on the timeline."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H43",
        "a medicine is of every class that an entry is about",
        "taperplanner/patients/concerns.py",
        "        found.append(_LEVELS[level])",
        "        pass",
        "tests/patients/test_concerns.py",
    ),
    Control(
        "H43",
        "valproate is known from the medication list",
        "taperplanner/patients/concerns.py",
        "alone := _ALONE.get(name)",
        'alone := _ALONE.get("")',
        "tests/patients/test_concerns.py",
    ),
    Control(
        "H43",
        "a row of the second axis names a drug, once, and its source",
        "taperplanner/patients/vocabulary/levels.py",
        '        refuse("level" not in source.supports',
        '        refuse("" not in source.key',
        "tests/patients/test_levels.py",
    ),
    Control(
        "H43",
        "the timeline marks when such a medicine was started or stopped",
        "taperplanner/monitoring/chart/from_rows.py",
        "[*milestones, *raised, *medicines]",
        "[*milestones, *raised]",
        "tests/monitoring/test_medicines_on_the_chart.py",
    ),
    Control(
        "H43",
        "a check-in that names such a medicine marks its day",
        "taperplanner/monitoring/chart/medicines.py",
        "        if first <= check_in.happened_on <= last:",
        "        if first > last:",
        "tests/monitoring/test_medicines_on_the_chart.py",
    ),
    Control(
        "H43",
        "a check-in's new medicines show what the sources say",
        "taperplanner/monitoring/check_ins/new_medicines.py",
        "if entries := entries_on(concerns, drug):",
        "if entries := entries_on((), drug):",
        "tests/monitoring/test_new_medicines.py",
    ),
    Control(
        "H44",
        "a date of which only a part is known is drawn at no day",
        "taperplanner/monitoring/chart/medicines.py",
        "    if earliest == latest:",
        "    if earliest <= latest:",
        "tests/monitoring/test_medicines_on_the_chart.py",
    ),
    Control(
        "H44",
        "the day on which a stop was written down is not taken for the stop",
        "taperplanner/patients/medications/level_changes.py",
        "        yield What.LISTED_AS_STOPPED,",
        "        yield What.STOPPED,",
        "tests/monitoring/test_medicines_on_the_chart.py",
    ),
)
