"""Of the day on which a paper begins, of what is in force on it, and of how its patient reads."""

from __future__ import annotations

from typing import Final

from .control import Control

PRINTING_DAYS: Final = "tests/handouts/test_printing_days.py"

CONTROLS: Final = (
    Control(
        "H35",
        "a day that is over is on no paper",
        "taperplanner/handouts/paper/remaining.py",
        "    first_day = max(today, schedule.first_day)",
        "    first_day = schedule.first_day",
        PRINTING_DAYS,
    ),
    Control(
        "H35",
        "the step that is running begins on the day of printing",
        "taperplanner/handouts/paper/remaining.py",
        "        left[0] = left[0].from_day(first_day)",
        "        pass",
        PRINTING_DAYS,
    ),
    Control(
        "H35",
        "what is over is said to be over",
        "taperplanner/handouts/paper/remaining.py",
        "    if left.over_since is None:",
        "    if left.over_since is None or left.over_since:",
        PRINTING_DAYS,
    ),
    Control(
        "H35",
        "a calendar shows a day that is over as over",
        "taperplanner/handouts/paper/day_by_day.py",
        'over = t("over") if day >= left.schedule.first_day else ""',
        'over = ""',
        PRINTING_DAYS,
    ),
    Control(
        "H35",
        "a card of a version that waits says what is in force",
        "taperplanner/handouts/printing/earlier.py",
        "    if version.first_day <= today:",
        "    if version.first_day <= today or version.first_day > today:",
        PRINTING_DAYS,
    ),
    Control(
        "H4",
        "an unknown code says not to stop suddenly",
        "taperplanner/handouts/copies/public_answer.py",
        """        t("Is it right? Then do not follow the paper. Ask the clinic that gave it to you."),
        t("Do not stop your medicine suddenly."),
""",
        """        t("Is it right? Then do not follow the paper. Ask the clinic that gave it to you."),
""",
        "tests/handouts/test_public.py",
    ),
    Control(
        "H21",
        "a batch prints in the language of each patient",
        "taperplanner/handouts/printing/presets.py",
        "    language = patient.paper_language or (last.language if last else Language.ENGLISH)",
        "    language = Language.ENGLISH",
        "tests/handouts/test_batches.py",
    ),
    Control(
        "H21",
        "how a patient reads changes only when somebody says so",
        "taperplanner/handouts/copies/actions.py",
        "    if keep:",
        "    if True:",
        "tests/handouts/test_printing.py",
    ),
)
