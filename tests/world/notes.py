"""Notes for any room's tests, written by the same actions as the pages use."""

from __future__ import annotations

from taperplanner.protocols.actions import add_protocol
from taperplanner.protocols.models import Protocol

from .universe import NOW, House

INDEX = "/clinic/protocols/"
TEXT = "Call the charge nurse first.\nThen the provider on call."


def add_note(
    house: House, *, topic: str = "withdrawal", title: str = "Whom to call", text: str = TEXT
) -> Protocol:
    return add_protocol(clinic=house.clinic, topic=topic, title=title, text=text, by=house.manager, at=NOW)
