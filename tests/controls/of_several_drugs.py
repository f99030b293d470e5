"""Several plans of one patient: read before a signature, and drawn in one picture without being held against each other."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H62",
        "nothing is signed before what each other open plan says is ticked as read",
        "taperplanner/tapers/forms/signature.py",
        '                error_messages={"required": UNREAD},',
        "                required=False,",
        "tests/tapers/test_reading_back_other_plans.py -k ticked",
    ),
    Control(
        "H62",
        "what another plan says is asked about again in the transaction that signs",
        "taperplanner/tapers/draft/checking.py",
        "[*find_problems(parsed, context), *(_to_read(one) for one in beside)]",
        "find_problems(parsed, context)",
        "tests/tapers/test_reading_back_other_plans.py -k unread",
    ),
    Control(
        "H62",
        "another plan is read for the first day of the schedule too",
        "taperplanner/tapers/other_plans.py",
        "    if first_day is not None and first_day != today:",
        "    if False and first_day:",
        "tests/tapers/test_reading_back_other_plans.py -k first_day",
    ),
    Control(
        "H62",
        "a day of another plan is read from the version in force on it",
        "taperplanner/tapers/wording/day_sentences.py",
        "    taken = course.on(day)",
        "    taken = course.on(max(day, course.spans[-1].first_day))",
        "tests/tapers/test_reading_back_other_plans.py -k in_force",
    ),
    Control(
        "H63",
        "every open plan of the patient is in the picture",
        "taperplanner/monitoring/chart/of_patient.py",
        "[plan], beside=others,",
        "[plan], beside=others[:0],",
        "tests/monitoring/test_two_plans_on_the_chart.py -k both_stand",
    ),
    Control(
        "H63",
        "doses of two drugs are never on one scale",
        "taperplanner/monitoring/chart/from_rows.py",
        "found.setdefault(course.plan.drug.casefold(), [])",
        'found.setdefault("", [])',
        "tests/monitoring/test_two_plans_on_the_chart.py",
    ),
    Control(
        "H63",
        "the lines of two plans differ without colour",
        "taperplanner/monitoring/chart/panels.py",
        "PLAN_DASHES[number % len(PLAN_DASHES)]",
        "PLAN_DASHES[number * 0]",
        "tests/monitoring/test_two_plans_on_the_chart.py -k apart",
    ),
    Control(
        "H63",
        "each day of a pattern is drawn as it is",
        "taperplanner/monitoring/chart/planned.py",
        "lambda day: dated.on(day).dose",
        "lambda _: dated.on(first).dose",
        "tests/monitoring/test_planned_days.py",
    ),
)
