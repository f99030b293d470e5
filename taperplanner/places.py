"""Places that a room leaves open for rooms above it, so that no import points up.

sections: Registry[SectionOf] = Registry()      in the room below
sections.register(plans_section)                in the room above, from its `AppConfig.ready()`
for section_of in sections: …                   in the room below, in the order of registering
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    def __init__(self) -> None:
        self._entries: list[T] = []

    def register(self, entry: T) -> None:
        """Once per process; registering the same again changes nothing."""
        if entry not in self._entries:
            self._entries.append(entry)

    def __iter__(self) -> Iterator[T]:
        return iter(tuple(self._entries))
