"""Of a clock that cannot be relied on, and of the order that no clock changes."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H101",
        "more than a minute is a difference",
        "taperplanner/clock/rule.py",
        "    if abs(ahead) <= LIMIT:",
        "    if abs(ahead) <= 60 * LIMIT:",
        "tests/clock/test_rule.py",
    ),
    Control(
        "H101",
        "nothing is signed before a manager has looked",
        "taperplanner/accounts/signing_rights.py",
        "    if nobody := why_nobody_signs(user):",
        '    if nobody := "":',
        "tests/clock/test_signing.py",
    ),
    Control(
        "H101",
        "every page says it",
        "templates/base.html",
        "    {% if clock_sentences %}",
        "    {% if False %}",
        "tests/clock/test_signing.py -k every_page",
    ),
    Control(
        "H101",
        "the clock is compared again once somebody has looked",
        "taperplanner/clock/views.py",
        "    if WATCH.look().differences or ",
        "    if ",
        "tests/clock/test_signing.py -k still_stands",
    ),
    Control(
        "H101",
        "what was found after the page was opened is not looked at with it",
        "taperplanner/clock/actions.py",
        ".standing().up_to(up_to).by_number()",
        ".standing().by_number()",
        "tests/clock/test_signing.py -k after_the_page",
    ),
    Control(
        "H101",
        "a jump keeps from signing at once",
        "taperplanner/clock/standing.py",
        '    return JUST_NOW if WATCH.has_jumped() else ""',
        '    return ""',
        "tests/clock/test_signing.py -k jump",
    ),
    Control(
        "H101",
        "an answer repeats what was asked",
        "taperplanner/clock/sntp.py",
        "    if origin != int.from_bytes(nonce):",
        "    if False:",
        "tests/clock/test_sntp.py",
    ),
    Control(
        "H101",
        "a server that does not know the time is not believed",
        "taperplanner/clock/sntp.py",
        "    if flags >> 6 == _UNSYNCHRONISED or ",
        "    if ",
        "tests/clock/test_sntp.py",
    ),
    Control(
        "H102",
        "an event that is dated before the one before it is said",
        "taperplanner/audit/order.py",
        "    if before is None or before - at <= UNSAID:",
        "    if before is None or before:",
        "tests/audit/test_order.py",
    ),
    Control(
        "H102",
        "the newest event is the one with the highest number",
        "taperplanner/audit/chain.py",
        "AND number IS NOT NULL ORDER BY number DESC LIMIT 1",
        "AND number IS NOT NULL ORDER BY at DESC LIMIT 1",
        "tests/audit/test_order.py",
    ),
)
