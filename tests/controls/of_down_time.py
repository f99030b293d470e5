"""Of down time: what was written on paper comes back once, to whom it is of, and changes no schedule."""

from __future__ import annotations

from typing import Final

from .control import Control

TYPED_IN: Final = "tests/monitoring/test_down_time.py"
FORMS: Final = "tests/handouts/test_downtime_forms.py"
ACTIONS: Final = "taperplanner/monitoring/downtime/actions.py"

CONTROLS: Final = (
    Control(
        "H27",
        "a check-in that was on paper says so on its page",
        "taperplanner/monitoring/check_ins/views.py",
        "mark_of(check_in, request.clinic)",
        '""',
        TYPED_IN,
    ),
    Control(
        "H88",
        "a code is taken once, with a sentence",
        ACTIONS,
        "    if entered is not None:",
        "    if False:",
        TYPED_IN,
    ),
    Control(
        "H88",
        "another patient's form is refused",
        ACTIONS,
        "    if form.plan_id is not None and form.plan_id != plan.pk:",
        "    if False:",
        TYPED_IN,
    ),
    Control(
        "H88",
        "nothing happened before its form was written",
        ACTIONS,
        "    if day < written:",
        "    if False:",
        TYPED_IN,
    ),
    Control(
        "H88",
        "a sign that is misread is no other form's code",
        "taperplanner/typed_codes.py",
        "if not digits or _weighed(digits) % len(ALPHABET):",
        "if not digits:",
        "tests/test_typed_codes.py",
    ),
    Control(
        "H88",
        "what is left of a file that was used is listed",
        "taperplanner/monitoring/downtime/waiting.py",
        "        if form.position not in settled\n",
        "        if False\n",
        TYPED_IN,
    ),
    Control(
        "H27",
        "the papers are encrypted where there is a key",
        "taperplanner/handouts/downtime/folder.py",
        "    key = first_of(project.BACKUP_KEYS)\n",
        "    key = None\n",
        "tests/handouts/test_downtime.py",
    ),
    Control(
        "H89",
        "a form offers no number",
        "templates/handouts/blank_forms.typ",
        'blank("How many, written in figures and in words", lines: 2)',
        'choices("How many", ("28", "56"))',
        FORMS,
    ),
    Control(
        "H89",
        "only a hold that was signed answers a request",
        "taperplanner/monitoring/downtime/holds.py",
        ", reason=Reason.HOLD",
        "",
        "tests/monitoring/test_holds_asked_for.py",
    ),
)
