"""Places that a room leaves open for rooms above it, so that no import points up.

    sections: Sections[[ClinicRequest, Patient]] = Sections()      in the room below
    sections.register(plans_section)                               in the room above, from its `AppConfig.ready()`
    sections.of(request, patient)                                  in the room below, in the order of registering

A `Registry` holds anything; `Sections` hold functions that make a part of a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


class Registry(Generic[T]):
    def __init__(self) -> None:
        self._entries: list[T] = []

    def register(self, entry: T) -> None:
        """Once per process; registering the same again changes nothing."""
        if entry not in self._entries:
            self._entries.append(entry)

    def __iter__(self) -> Iterator[T]:
        return iter(tuple(self._entries))


@dataclass(frozen=True)
class Section:
    """A part of a page. Its template finds `context` under a name that the page gives it."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


class Sections(Registry[Callable[P, Section | None]]):
    def of(self, *args: P.args, **kwargs: P.kwargs) -> list[Section]:
        """Those that have something to say of it."""
        made = (make(*args, **kwargs) for make in self)
        return [section for section in made if section is not None]
