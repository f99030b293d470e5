"""Of what stands over and beside a schedule."""

from __future__ import annotations

from typing import Final

from .control import Control

TESTS: Final = "tests/tapers/test_beside_every_schedule.py"
CONTROLS: Final = (
    Control(
        "H49",
        "over each schedule stands that it is never stopped suddenly",
        "templates/tapers/base_schedule.html",
        '{% include "tapers/_band.html" with band=beside.band only %}',
        "",
        TESTS,
    ),
    Control(
        "H49",
        "the guidance stands on the pages where somebody types or signs",
        "templates/tapers/base_schedule.html",
        '{% include "tapers/_guidance_folded.html" %}',
        "",
        TESTS,
    ),
    Control(
        "H50",
        "what applies to the patient stands beside the schedule",
        "taperplanner/tapers/page.py",
        "_applying(request, plan.patient) if has_document else None",
        "None",
        TESTS,
    ),
    Control(
        "H50",
        "what is dangerous comes first",
        "taperplanner/tapers/beside.py",
        "return sorted(entries, key=lambda entry: place.get(entry.key, len(place)))",
        "return sorted(entries, key=lambda entry: -place.get(entry.key, len(place)))",
        "tests/tapers/test_beside.py",
    ),
    Control(
        "H23",
        "no guidance text states a pace in words",
        "taperplanner/guidance/wording.py",
        "if not may_state_pace and (pace := PACE_OF_STEPS.search(text)):",
        "if False and (pace := PACE_OF_STEPS.search(text)):",
        "tests/guidance/test_wording.py",
    ),
)
