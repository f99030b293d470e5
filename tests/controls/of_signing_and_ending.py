"""Of reasons given once for many warnings, text for another system, other open plans, and the day of an end."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H53",
        "a warning that nobody ticked is not answered by the shared reason",
        "taperplanner/tapers/forms/signature.py",
        "elif problem not in ticked and not own and reason_of(problem) not in self.errors:",
        "elif False:",
        "tests/tapers/test_shared_reasons.py",
    ),
    Control(
        "H53",
        "a warning has one reason, not two",
        "taperplanner/tapers/forms/signature.py",
        "if problem in ticked and own:",
        "if False:",
        "tests/tapers/test_shared_reasons.py",
    ),
    Control(
        "H54",
        "a field that is too short for the text is said to be",
        "taperplanner/handouts/copies/views/text.py",
        "len(text) <= field",
        "True",
        "tests/handouts/test_order_text.py",
    ),
    Control(
        "H54",
        "the text for another system has every amount",
        "taperplanner/tapers/wording/order_text.py",
        "            if dose.time is time\n",
        "            if dose.time is time and dose.product == 1\n",
        "tests/handouts/test_order_text.py",
    ),
    Control(
        "H54",
        "the text of a version that is replaced says so itself",
        "taperplanner/handouts/copies/views/text.py",
        "    if mark:\n",
        "    if False:\n",
        "tests/handouts/test_order_text.py",
    ),
    Control(
        "H55",
        "each page of a plan names the other open plan",
        "taperplanner/tapers/other_plans.py",
        "    if not others:\n",
        "    if True:\n",
        "tests/tapers/test_other_plans.py",
    ),
    Control(
        "H55",
        "another plan that was altered is not read as one",
        "taperplanner/tapers/other_plans.py",
        "        return OtherPlan(plan, TAMPERED, why_unread=TAMPERED)\n",
        "        return OtherPlan(plan, UNSIGNED, why_unread=UNSIGNED)\n",
        "tests/tapers/test_other_plans.py",
    ),
    Control(
        "H56",
        "the end of a plan asks until which day it was followed",
        "taperplanner/tapers/forms/plans.py",
        'if was_followed and "stopped_on" in data and not data["stopped_on"]:',
        "if False:",
        "tests/tapers/test_ending.py",
    ),
    Control(
        "H56",
        "the last day that was recorded counts, not that of the click",
        "taperplanner/tapers/models/plans.py",
        "return self.stopped_on or (",
        "return (",
        "tests/monitoring/test_supply.py",
    ),
)
