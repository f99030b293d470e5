"""Of the chain of events."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H72",
        "an event is sealed over the one before it",
        "taperplanner/audit/chain.py",
        "canonical([mac_before, content_of(",
        'canonical(["", content_of(',
        "tests/audit/test_ways_around.py",
    ),
    Control(
        "H72",
        "an event is read back with its seal",
        "taperplanner/audit/verify/chains.py",
        'mac_of(event, before.mac, key), event.mac or ""',
        'event.mac or "", event.mac or ""',
        "tests/audit/test_ways_around.py",
    ),
    Control(
        "H72",
        "a row that never changes is named by an event",
        "taperplanner/inserted_once.py",
        "        born.append(leaf_of(self, self.sealed_by))",
        "        del born",
        "tests/audit/test_chain.py",
    ),
    Control(
        "H72",
        "a row that no event names is found",
        "taperplanner/audit/verify/loose.py",
        'yield Finding(chain_id, f"{said(key)} is told of by no event{_of(model)}.")',
        "continue",
        "tests/audit/test_ways_around.py",
    ),
    Control(
        "H73",
        "a head is compared with the chain",
        "taperplanner/audit/verify/evidence.py",
        "        if mac is None:",
        "        if mac is None and False:",
        "tests/audit/test_ways_around.py",
    ),
    Control(
        "H73",
        "a head is signed",
        "taperplanner/audit/heads.py",
        "if key is None or not hmac.compare_digest(head.signed_with(key), head.signature):",
        "if key is None:",
        "tests/audit/test_ways_around.py",
    ),
)
