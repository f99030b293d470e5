"""Of a patient in a hospital or another facility: no paper for home meanwhile, and none before a provider has decided."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H107",
        "no paper is printed after a stay before a provider has decided",
        "taperplanner/stays/rule.py",
        "if self.end is not None and self.is_undecided(plan, versions):",
        "if False:",
        "tests/stays/test_papers.py",
    ),
    Control(
        "H107",
        "no paper for home is printed while the facility gives the medicine",
        "taperplanner/stays/rule.py",
        "self.stay.gives == Gives.FACILITY:",
        "self.stay.gives == '':",
        "tests/stays/test_papers.py",
    ),
    Control(
        "H107",
        "what was signed while the patient was away decides nothing",
        "taperplanner/stays/rule.py",
        "return bool(signed) and max(signed) <= self.end.recorded_at",
        "return bool(signed) and len(signed) == 1",
        "tests/stays/test_actions.py",
    ),
    Control(
        "H107",
        "a paper at home is doubtful meanwhile",
        "taperplanner/handouts/copies/validity.py",
        "if facts.is_away and may_be_followed else found",
        "if False and may_be_followed else found",
        "tests/stays/test_papers.py",
    ),
    Control(
        "H107",
        "whoever is away is marked beside each of their other rows",
        "taperplanner/worklist/page.py",
        "return with_stays(with_today(in_order, open_plans, query.today), open_plans)",
        "return with_today(in_order, open_plans, query.today)",
        "tests/stays/test_pages.py",
    ),
    Control(
        "H107",
        "a decision is made only of the end that was read",
        "taperplanner/stays/actions.py",
        "if end is None or now.end != end or not now.is_undecided(locked.pk, versions):",
        "if end is None:",
        "tests/stays/test_actions.py",
    ),
    Control(
        "H108",
        "the record says that a sudden stop can cause seizures",
        "templates/stays/ward_paper.typ",
        "(..data.suddenly, ..data.since)",
        "data.since",
        "tests/stays/test_ward_paper.py",
    ),
    Control(
        "H108",
        "of a plan that is not what was signed the record shows nothing",
        "taperplanner/stays/ward_paper/from_rows.py",
        "course = verified_course(plan)",
        "course = None",
        "tests/stays/test_ward_paper.py",
    ),
)
