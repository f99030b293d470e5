"""A clinic's own note beside a topic of the guidance, and every version of it."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from taperplanner.accounts.models import Clinic, User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.guidance.library import Topic
from taperplanner.guidance.vocabulary import TOPICS


class Protocol(models.Model):
    """One note of one clinic. `revision` is the number of its newest version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="protocols")
    topic = models.CharField(max_length=40)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["clinic", "topic"], name="protocol_beside_topic")]

    def __str__(self) -> str:
        return f"protocol on {self.topic}"

    def get_absolute_url(self) -> str:
        return reverse("protocols:protocol", args=[self.pk])

    @property
    def topic_of_guidance(self) -> Topic:
        return TOPICS[self.topic]


class ProtocolVersionQuerySet(AppendOnlyQuerySet["ProtocolVersion"]):
    def newest_first(self) -> Self:
        return self.order_by("-number")

    def newest_of(self, clinic: Clinic) -> Self:
        """What each of a clinic's notes says now, the withdrawn ones too, by title."""
        mine = self.filter(protocol__clinic=clinic, number=models.F("protocol__revision"))
        return mine.select_related("protocol").order_by("title", "id")

    def in_use(self) -> Self:
        return self.filter(withdrawn_because="")

    def on(self, topic: str) -> Self:
        return self.filter(protocol__topic=topic)


class ProtocolVersion(AppendOnly):
    """What a note says from a moment on. Replaces the version numbered one less. Withdrawn: no text."""

    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    text = models.TextField(max_length=4000, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    objects: ClassVar[ProtocolVersionQuerySet] = ProtocolVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["protocol", "number"], name="protocol_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(title=""), name="protocol_version_named"),
            models.CheckConstraint(
                condition=(Q(text="") & ~Q(withdrawn_because="")) | (~Q(text="") & Q(withdrawn_because="")),
                name="protocol_version_says_or_is_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def replaces(self) -> int:
        """The number of the version it replaced; 0 for the first."""
        return self.number - 1
