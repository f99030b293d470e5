"""Of one paper for all open plans of a patient."""

from __future__ import annotations

from typing import Final

from .control import Control

JOINT: Final = "tests/handouts/test_joint.py"
STANDING: Final = "tests/handouts/test_joint_standing.py"
PAPER: Final = "tests/handouts/test_joint_paper.py"
PATTERNS: Final = "tests/handouts/test_joint_patterns.py"

CONTROLS = (
    Control(
        "H64",
        "an obstacle of any of the plans keeps the whole paper back",
        "taperplanner/handouts/printing/joint.py",
        "        obstacles.append((plan, _obstacles_of(job)))",
        "        obstacles.append((plan, ()))",
        JOINT,
    ),
    Control(
        "H64",
        "a plan without a signed version is not left out unsaid",
        "taperplanner/handouts/printing/joint.py",
        "(Obstacle(TAMPERED if version else NOT_SIGNED),)",
        "()",
        JOINT,
    ),
    Control(
        "H64",
        "the code answers for the worst of the versions",
        "taperplanner/handouts/copies/validity.py",
        "    for version in copy.versions:\n",
        "    for version in copy.versions[:1]:\n",
        STANDING,
    ),
    Control(
        "H64",
        "it is called back as soon as one of its versions is out of date",
        "taperplanner/handouts/models/copies.py",
        "one_is_over = is_over | models.Exists(_further().filter(is_over))",
        "one_is_over = is_over",
        STANDING,
    ),
    Control(
        "H64",
        "a further plan that is signed makes it incomplete",
        "taperplanner/handouts/copies/validity.py",
        "        found.append(CopyValidity(Kind.INCOMPLETE))",
        "        pass",
        STANDING,
    ),
    Control(
        "H64",
        "it begins on the first day from which all of it holds",
        "taperplanner/handouts/printing/earlier.py",
        "if any(one.number < version.number and one.first_day < version.first_day for one in signed):",
        "if False:",
        STANDING,
    ),
    Control(
        "H65",
        "each step names its medicine",
        "taperplanner/handouts/paper/joint/data.py",
        """{**step, "name": f"{paper.drug_name}: {step['name']}"}""",
        "step",
        PAPER,
    ),
    Control(
        "H65",
        "its STOP names the drug that stops",
        "taperplanner/handouts/paper/joint/day_by_day.py",
        't("STOP. Take no more {drug} from this day on.", drug=drug)',
        't("STOP. Take no more {drug} from this day on.", drug="")',
        PAPER,
    ),
    Control(
        "H65",
        "a medicine that is stayed on keeps its tablets beside the other",
        "taperplanner/handouts/paper/joint/day_by_day.py",
        "    if dated is not None:",
        "    if dated is not None and dated.covers(day):",
        PAPER,
    ),
    Control(
        "H65",
        "a night without a dose of a pattern that is stayed on says so",
        "taperplanner/handouts/paper/joint/day_by_day.py",
        "if dated and not dated.on(day).doses else",
        "if dated and dated.covers(day) and not dated.on(day).doses else",
        PATTERNS,
    ),
    Control(
        "H65",
        "pages of days say how a pattern goes on after them",
        "taperplanner/handouts/paper/joint/data.py",
        "has_steps = choice.laid_out_as is Layout.SCHEDULE",
        "has_steps = True",
        PATTERNS,
    ),
    Control(
        "H65",
        "in large print what is taken at one time stands below the name of its day",
        "templates/handouts/joint_checklist.typ",
        "strong(if at == 0 { day-name(day) } else { day.day })",
        "strong(if at == 0 { day-name(day) })",
        PAPER,
    ),
)
