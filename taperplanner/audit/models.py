"""The audit log's one table."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.row_digests import Leaf

from .sentences import sentence_of


class EventQuerySet(AppendOnlyQuerySet["Event"]):
    def of_clinic(self, clinic_id: UUID) -> Self:
        return self.filter(clinic_id=clinic_id)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-id")

    def before(self, at: datetime, pk: UUID) -> Self:
        """What follows in the order of `newest_first`. The first clause lets an index start there."""
        return self.filter(at__lte=at).filter(models.Q(at__lt=at) | models.Q(id__lt=pk))

    def chained(self) -> Self:
        return self.filter(number__isnull=False)

    def with_time_before(self) -> Self:
        """Each knows when the one before it in its chain is dated, as `at_before`. None of the first."""
        before = Event.objects.filter(
            chain_id=models.OuterRef("chain_id"), number=models.OuterRef("number") - 1
        )
        return self.annotate(at_before=models.Subquery(before.values("at")[:1]))

    def actions(self) -> list[str]:
        """Each distinct action: one index lookup each, instead of reading every event."""
        found: list[str] = []
        later = self.order_by("action").values_list("action", flat=True)
        while (action := later.first()) is not None:
            found.append(action)
            later = later.filter(action__gt=action)
        return found


class Event(AppendOnly):
    """Something that was done. Ids are plain values: an event outlives the rows it names.

    `number`: its place in the chain of its clinic (`chain.py`). None: of before there was a chain.
    Shape of `rows`: [["tapers.version", primary key, digest]], what was written with it and never changes.
    """

    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    clinic_id = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True)
    user_name = models.CharField(max_length=200, blank=True)
    patient_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    chain_id = models.UUIDField(null=True)
    number = models.PositiveBigIntegerField(null=True)
    rows = models.JSONField(null=True)
    key_name = models.CharField(max_length=40, null=True)
    mac = models.CharField(max_length=64, null=True)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        # Each way the manager's page asks, newest first, read straight off an index.
        indexes = [
            models.Index(fields=["clinic_id", "at", "id"], name="event_clinic_at"),
            models.Index(fields=["clinic_id", "action", "at", "id"], name="event_action_at"),
            models.Index(fields=["user_id", "at", "id"], name="event_user_at"),
            models.Index(fields=["patient_id", "at", "id"], name="event_patient_at"),
        ]
        constraints = [
            # No fork: an event has one before it, and no two have the same.
            models.UniqueConstraint(
                fields=["chain_id", "number"],
                condition=models.Q(number__isnull=False),
                name="event_number_once_per_chain",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}".strip()

    @classmethod
    def births(cls) -> list[Leaf]:
        """No event names another: the chain holds them."""
        return []

    @property
    def sentence(self) -> str:
        """What was done, in plain words: "Opened the schedule page"."""
        return sentence_of(self.action, self.subject, self.details)
