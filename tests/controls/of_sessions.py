"""Of signing in while others try, and of how long a session lasts."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H77",
        "a device that has signed in before has a count of its own",
        "taperplanner/accounts/attempts.py",
        "    elif device := device_of(request, email):",
        "    elif device := device_of(request, email)[:0]:",
        "tests/accounts/test_lock_outs.py -k knocks",
    ),
    Control(
        "H77",
        "a device is known only for whoever has signed in there",
        "taperplanner/accounts/devices.py",
        "if person in people else",
        "if people else",
        "tests/accounts/test_lock_outs.py -k whoever",
    ),
    Control(
        "H77",
        "a session ends after 12 hours, whatever is done in it",
        "taperplanner/accounts/middleware.py",
        "        if clinic_request.seconds_left <= 0:",
        "        if clinic_request.seconds_left <= -1e9:",
        "tests/accounts/test_session_ends.py -k twelve",
    ),
)
