"""Where entries are shown beside their own pages: each room above says it of its own pages.

shown.register(ShownAt("beside every schedule", topics=("withdrawal",)))     in the room, from `AppConfig.ready()`
where_shown(entry)                                                         what holds for every patient first
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from taperplanner.places import Registry

from .entries import Entry

ONLY_HERE: Final = "on the guidance pages only"


@dataclass(frozen=True)
class ShownAt:
    """`where`: goes on a line that begins "Shown". An entry stands there by its topic, by its name, or by its concerns."""

    where: str
    topics: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # as in an address: "stopping/never-abruptly"
    by_concern: bool = False

    def of(self, entry: Entry) -> str:
        """Nothing, where it does not stand. What states a pace stands nowhere but on the guidance pages."""
        if entry.only_on_guidance_page:
            return ""
        if entry.topic in self.topics or f"{entry.topic}/{entry.slug}" in self.names:
            return self.where
        return f"{self.where} ({_named(entry.concerns)})" if self.by_concern and entry.concerns else ""


shown: Registry[ShownAt] = Registry()


def where_shown(entry: Entry) -> tuple[str, ...]:
    """Beside the guidance pages, where every entry is. On paper stand patient texts that say the same."""
    everywhere_first = sorted(shown, key=lambda place: place.by_concern)
    places = [where for place in everywhere_first if (where := place.of(entry))]
    if entry.on_paper:
        places.append(f"on paper ({_named(entry.on_paper)})")
    return tuple(places) or (ONLY_HERE,)


def _named(keys: frozenset[str] | tuple[str, ...]) -> str:
    return ", ".join(key.replace("_", " ").replace("-", " ") for key in sorted(keys))
