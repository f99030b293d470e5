"""A clinic's own notes where guidance stands: on a topic's page, in a search, beside a schedule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest

from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.models import Clinic
from taperplanner.guidance.wording import DOSE, PACE_OF_STEPS, SPANISH_DOSE
from taperplanner.places import Section

from .models import ProtocolVersion, ProtocolVersionQuerySet


@dataclass(frozen=True)
class Note:
    version: ProtocolVersion
    is_shown: bool  # else only its title, with a link to where it may be read

    @property
    def topic_title(self) -> str:
        return self.version.protocol.topic_of_guidance.title


def beside_topic(request: HttpRequest, topic: str) -> Section:
    versions = _in_use(_clinic(request)).on(topic)
    return Section("protocols/_on_topic.html", {"notes": _whole(versions), "topic": topic})


def found(request: HttpRequest, words: str) -> Section:
    """Notes in use in which every word occurs, in any case. A clinic has few: they are read in memory."""
    wanted = words.casefold().split()
    versions = [
        version
        for version in _in_use(_clinic(request))
        if all(word in f"{version.title} {version.text}".casefold() for word in wanted)
    ]
    return Section("protocols/_found.html", {"notes": _whole(versions), "query": words})


def beside_schedule(clinic: Clinic, topics: Iterable[str]) -> list[Note]:
    """Those on the topics. One that states a dose or a pace shows its title there, never the text (H23)."""
    versions = _in_use(clinic).filter(protocol__topic__in=list(topics))
    return [Note(version, is_shown=not _states_a_pace(version)) for version in versions]


def _whole(versions: Iterable[ProtocolVersion]) -> list[Note]:
    return [Note(version, is_shown=True) for version in versions]


def _in_use(clinic: Clinic) -> ProtocolVersionQuerySet:
    return ProtocolVersion.objects.newest_of(clinic).in_use()


def _clinic(request: HttpRequest) -> Clinic:
    return cast(ClinicRequest, request).clinic


def _states_a_pace(version: ProtocolVersion) -> bool:
    text = " ".join(f"{version.title}. {version.text}".split())
    return any(rule.search(text) for rule in (DOSE, SPANISH_DOSE, PACE_OF_STEPS))
