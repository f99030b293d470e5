"""Of a fault of an earlier release: whom it concerns is found, and nobody is told that such a paper is current."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H109",
        "a copy says which release made it",
        "taperplanner/handouts/copies/actions.py",
        "release=THIS_RELEASE,",
        "release=None,",
        "tests/recall",
    ),
    Control(
        "H109",
        "a schedule says which release it was signed with",
        "taperplanner/tapers/actions/signing.py",
        "release=THIS_RELEASE)",
        "release=None)",
        "tests/recall",
    ),
    Control(
        "H109",
        "what nobody has answered waits",
        "taperplanner/recall/affected.py",
        "filter(Q(answer=None) | Q(answer=Outcome.OPEN_AGAIN))",
        "filter(answer=Outcome.OPEN_AGAIN)",
        "tests/recall/test_recall.py",
    ),
    Control(
        "H110",
        "the code of a copy that waits does not say that it is current",
        "taperplanner/recall/apps.py",
        "        doubts.register(copies_in_doubt)\n",
        "",
        "tests/recall/test_recall.py",
    ),
)
