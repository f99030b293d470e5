"""Of what is sent: taken once, never believed saved when it is not, and answered however many ask."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H37",
        "the second post of a form makes nothing",
        "taperplanner/accounts/once.py",
        "        if not is_first:",
        "        if False:",
        "tests/test_sent_at_once.py -k dispensing_add",
    ),
    Control(
        "H37",
        "a form that makes something is refused without its key",
        "taperplanner/accounts/once.py",
        "        if not key_in(request):",
        "        if False:",
        "tests/test_once.py",
    ),
    Control(
        "H37",
        "a form that was gone back to and changed is not taken for the one before",
        "taperplanner/accounts/once.py",
        "    if sent.content != _digest(request):",
        "    if False:",
        "tests/test_once.py",
    ),
    Control(
        "H37",
        "a dispensing is taken once",
        "taperplanner/monitoring/supply/views.py",
        "@taken_once\n@with_plan\ndef dispensing_add",
        "@with_plan\ndef dispensing_add",
        "tests/test_once.py",
    ),
    Control(
        "H37",
        "a form that was refused gives its key back",
        "taperplanner/accounts/once.py",
        "            sent.release()",
        "            pass",
        "tests/test_once.py",
    ),
    Control(
        "H26",
        "what cannot be saved is never answered as anything else",
        "taperplanner/accounts/cannot_save.py",
        "            return cannot_save(request, reasons[0])\n",
        "            return response\n",
        "tests/accounts/test_no_room.py",
    ),
    Control(
        "H26",
        "sign-in does not blame too many tries for a full disk",
        "taperplanner/accounts/limits.py",
        "return added or bool(reasons)",
        "return added",
        "tests/accounts/test_no_room.py",
    ),
    Control(
        "H26",
        "an action whose event cannot be written is not done",
        "taperplanner/audit/log.py",
        "if connection.in_atomic_block or not",
        "if not",
        "tests/accounts/test_no_room.py",
    ),
    Control(
        "H27",
        "no more requests are at work than there are connections",
        "taperplanner/wsgi.py",
        "in health.PATHS else _SEATS:",
        "in health.PATHS else nullcontext():",
        "tests/accounts/test_connections.py",
    ),
    Control(
        "H27",
        "whoever watches over the server waits for no turn",
        "taperplanner/wsgi.py",
        "nullcontext() if environ",
        "_SEATS if environ",
        "tests/accounts/test_connections.py",
    ),
    Control(
        "H27",
        "idle connections do not stop the demo",
        "taperplanner/demo/serving.py",
        "        blocking_threads=THREADS,",
        "        blocking_threads=THREADS, backpressure=8,",
        "tests/demo/test_serving.py",
    ),
)
