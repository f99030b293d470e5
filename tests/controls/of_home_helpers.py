"""Of who helps at home: nobody is told or printed without the patient's consent."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H104",
        "a paper that is printed after the consent was withdrawn names nobody",
        "taperplanner/patients/at_home/actions.py",
        "helper_on_paper=helper).update(helper_on_paper=None)",
        "helper_on_paper=helper).update(helper_on_paper=helper)",
        "tests/handouts/test_helper_on_paper.py",
    ),
    Control(
        "H104",
        "the paper names only whom the patient wants there",
        "taperplanner/patients/at_home/actions.py",
        "    if details.is_on_paper:\n        Patient",
        "    if details.name:\n        Patient",
        "tests/handouts/test_helper_on_paper.py",
    ),
    Control(
        "H104",
        "the summary for the pharmacy says nothing of who helps at home",
        "templates/handouts/pharmacy.typ",
        "for-patient: false",
        "for-patient: true",
        "tests/handouts/test_helper_on_paper.py",
    ),
    Control(
        "H104",
        "without a day of consent nothing but “nothing” is kept",
        "taperplanner/patients/at_home/actions.py",
        "details.may_be_told != MayBeTold.NOTHING",
        "details.may_be_told is None",
        "tests/patients/test_at_home.py",
    ),
)
