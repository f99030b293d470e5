"""Every note of a clinic by topic, ready to print: those in use, and those withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

from taperplanner.accounts.models import Clinic
from taperplanner.guidance.library import Topic
from taperplanner.guidance.vocabulary import TOPICS

from .models import ProtocolVersion


@dataclass(frozen=True)
class OnTopic:
    topic: Topic
    versions: tuple[ProtocolVersion, ...]


def by_topic(clinic: Clinic) -> list[OnTopic]:
    """One query. Topics in the order of the guidance; one without notes is not listed."""
    versions = list(ProtocolVersion.objects.newest_of(clinic))
    listed = [
        OnTopic(topic, tuple(version for version in versions if version.protocol.topic == topic.slug))
        for topic in TOPICS.values()
    ]
    return [each for each in listed if each.versions]
