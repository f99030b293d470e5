"""Places on the guidance pages that rooms above fill with a clinic's own texts, so that no import
points up. A room registers from its `AppConfig.ready()`; its template finds its `context` as `own`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from taperplanner.places import Registry


@dataclass(frozen=True)
class OwnTexts:
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


# Given the slug of a topic, or the words that are searched for.
OwnTextsOf = Callable[[HttpRequest, str], OwnTexts]

on_topic: Registry[OwnTextsOf] = Registry()
on_search: Registry[OwnTextsOf] = Registry()


def beside_topic(request: HttpRequest, topic: str) -> list[OwnTexts]:
    return [own(request, topic) for own in on_topic]


def found_by(request: HttpRequest, words: str) -> list[OwnTexts]:
    """Nothing is found by nothing."""
    return [own(request, words) for own in on_search] if words else []
