"""What somebody is typing of a check-in, until it is recorded."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models

from taperplanner.accounts.models import User
from taperplanner.audit.sitting import SITTING
from taperplanner.tapers.models import Plan


class CheckInDraftQuerySet(models.QuerySet["CheckInDraft"]):
    def typed_by(self, user: User) -> Self:
        return self.filter(typed_by=user)

    def of_form(self, form_key: str) -> Self:
        return self.filter(form_key=form_key)

    def for_lines(self) -> Self:
        """With who typed it, the first that was begun first."""
        return self.select_related("typed_by").order_by("begun_at", "id")


class CheckInDraft(models.Model):
    """Each person's own of a plan, and no check-in: nothing that counts or lists contacts reads it.

    `content`: what was typed, letter for letter, by the names of the form's fields. `form_key`: of the form that it will be
    recorded with (`accounts.once`). `page`: which of that person's pages saved it last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="check_in_drafts")
    typed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    form_key = models.CharField(max_length=32)
    page = models.CharField(max_length=32)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[CheckInDraftQuerySet] = CheckInDraftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "typed_by"], name="check_in_draft_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"draft of a check-in of {self.plan_id}"

    def is_of_sitting(self, at: datetime) -> bool:
        return at - self.saved_at < SITTING
