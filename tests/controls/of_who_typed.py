"""Who typed in a draft, and one open plan for each drug."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H20",
        "whoever typed in the draft of a version cannot check it, as the version itself records",
        "taperplanner/tapers/signed/second_check.py",
        "    return str(user.pk) in version.typed_by",
        "    return False",
        "tests/tapers/test_checks.py -k typed",
    ),
    Control(
        "H20",
        "each save adds who typed to the draft",
        "taperplanner/tapers/actions/drafts.py",
        "    current.add_typist(by)\n",
        "",
        "tests/tapers/test_typists.py",
    ),
    Control(
        "H20",
        "the version takes over the typists of its draft",
        "taperplanner/tapers/actions/signing.py",
        "typed_by=one.typed_by",
        "typed_by=[]",
        "tests/tapers/test_typists.py",
    ),
    Control(
        "H10",
        "the database holds one open plan of a drug, whatever its letters",
        "taperplanner/tapers/migrations/0008_one_open_plan_per_drug_in_any_case.py",
        "'patient', Lower('drug'), condition",
        "'patient', 'drug', condition",
        "tests/tapers/test_typists.py",
    ),
)
