"""Of the checklist of symptoms: every sign of danger has its question, and what was not asked is not none."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H46",
        "each bullet that sends to 911 or 988 names its sign",
        "taperplanner/guidance/patient_files.py",
        "if len(signs) != len(items) or len(set(signs)) != len(signs):",
        "if False:",
        "tests/guidance/test_patient_files.py",
    ),
    Control(
        "H46",
        "the signs of the paper are the symptoms that are a danger",
        "taperplanner/monitoring/symptoms.py",
        '"Chest pain or passing out", CALL_911',
        '"Chest pain or passing out"',
        "tests/monitoring/test_paper_signs.py",
    ),
    Control(
        "H46",
        "a sign without its symptom fails the check",
        "taperplanner/monitoring/paper_signs.py",
        "sorted(on_paper - asked)",
        "sorted(on_paper & set())",
        "tests/monitoring/test_paper_signs.py",
    ),
    Control(
        "H46",
        "a tick for a block leaves its signs of danger open",
        "taperplanner/monitoring/check_ins/blocks.py",
        "if block.is_one_question and block.none_of in ticked",
        "if block.none_of in ticked",
        "tests/monitoring/test_asked_none_of_these.py",
    ),
    Control(
        "H46",
        "a PHQ-9 total without item 9 is asked about",
        "taperplanner/monitoring/check_ins/forms/check_in.py",
        "        self.ask_about_item_9(values)\n",
        "",
        "tests/monitoring/test_item_9.py",
    ),
    Control(
        "H46",
        "a PHQ-9 total that needs item 9 is a sign of danger",
        "taperplanner/monitoring/scales.py",
        "return total > sum(",
        "return total > 100 + sum(",
        "tests/monitoring/test_item_9.py",
    ),
    Control(
        "H47",
        "a sum of a shorter list is not one of the whole list",
        "taperplanner/monitoring/chart/facts.py",
        "return self.added > 0 or ",
        "return ",
        "tests/monitoring/test_not_asked.py",
    ),
    Control(
        "H47",
        "which symptoms were not asked is said",
        "taperplanner/monitoring/check_ins/lines.py",
        "if one.key not in rated)",
        "if one.key not in rated and not one.key)",
        "tests/monitoring/test_not_asked.py",
    ),
    Control(
        "H47",
        "the summary names each sign of danger, however mild",
        "taperplanner/monitoring/visit_summary/from_rows.py",
        "Severity.MILD if symptom.is_danger else Severity.MODERATE",
        "Severity.MODERATE",
        "tests/monitoring/test_not_asked.py",
    ),
    Control(
        "H47",
        "a total without item 9 says so",
        "taperplanner/monitoring/scales.py",
        "return bool(items or total is not None) and _item_9(items) is None",
        "return False",
        "tests/monitoring/test_item_9.py",
    ),
)
