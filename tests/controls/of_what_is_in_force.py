"""Controls of the newest version being taken for the one in force."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H33",
        "a hold starts from the step that is in force today",
        "taperplanner/tapers/draft/revising.py",
        "running, *later = _remaining(course, today)",
        "running, *later = _remaining(course, course.newest.first_day)",
        "tests/tapers/test_in_force.py",
    ),
    Control(
        "H33",
        "the days of a step that a waiting version cuts short are left to type",
        "taperplanner/tapers/schedule/course.py",
        "return self.last_day in {None, self.dated.last_day}",
        "return True",
        "tests/tapers/test_in_force.py",
    ),
    Control(
        "H33",
        "the sign page says what changes today",
        "taperplanner/tapers/wording/effect.py",
        '    if was.on(taken.day).dose != becomes.on(taken.day).dose:\n        return f": from {before} to {after}."\n',
        "",
        "tests/tapers/test_effect.py",
    ),
    Control(
        "H33",
        "past days that are answered anew are named",
        "taperplanner/tapers/draft/revision_problems.py",
        'return f"{said} It changes the schedule of days that are over. {days}"',
        "return said",
        "tests/tapers/test_effect.py",
    ),
    Control(
        "H33",
        "the plan page shows the version in force",
        "taperplanner/tapers/views/versions.py",
        "ahead = course.ahead(today)",
        "ahead = course.spans[-1:]",
        "tests/tapers/test_in_force.py",
    ),
    Control(
        "H33",
        "a paper whose version never began is not followed",
        "taperplanner/handouts/copies/validity.py",
        "if first is not None and first <= max(today, version.first_day):",
        "if first is not None and first <= today:",
        "tests/handouts/test_standing.py",
    ),
    Control(
        "H33",
        "a card whose step is over is not followed up to a version that waits",
        "taperplanner/handouts/copies/validity.py",
        "if over is not None and over <= today:",
        "if over is not None and over <= today and first is None:",
        "tests/handouts/test_standing.py",
    ),
    Control(
        "H10",
        "of two versions that begin on one day the newer answers",
        "taperplanner/tapers/schedule/chain.py",
        "if until is not None and version.first_day > until:",
        "if until is not None and version.first_day >= until:",
        "tests/tapers/test_chain.py",
    ),
)
