"""What each user last chose to print, and the handouts of many patients in one file."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar, Final, Self

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from taperplanner.accounts.models import Clinic, User
from taperplanner.tapers.models import Plan

from ..paper.layouts import Layout
from .copies import LAYOUTS, PrintedHandout

CLAIM_LASTS: Final = timedelta(minutes=10)  # longer than any paper is waited for


class PrintChoice(models.Model):
    """How a user last printed, offered to them the next time. Language and letters are the patient's, so not kept."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="print_choice")
    layout = models.CharField(max_length=20, choices=LAYOUTS)

    def __str__(self) -> str:
        return self.layout


class ItemState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    PRINTED = "printed", "Printed"
    REFUSED = "refused", "Refused"


class PrintBatch(models.Model):
    """Handouts of many patients in one file, made a few at a time while somebody watches.

    Each is in the language and the letters of its own patient. `for_day`: the day whose papers were asked for,
    so that a version which begins on it is printed before; None: of today.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="print_batches")
    layout = models.CharField(max_length=20, choices=LAYOUTS)
    for_day = models.DateField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A fill lasts as long as staff type for one patient, so a pharmacy summary is printed alone.
            models.CheckConstraint(
                condition=~models.Q(layout=Layout.PHARMACY.value), name="batch_is_for_patients"
            ),
        ]

    def __str__(self) -> str:
        return f"batch {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("handouts:batch", args=[self.pk])


class BatchItemQuerySet(models.QuerySet["BatchItem"]):
    def in_state(self, state: ItemState) -> Self:
        return self.filter(state=state)

    def in_order(self) -> Self:
        return self.order_by("position")

    def claim_next(self) -> BatchItem | None:
        """The next that waits and that nobody else is printing, ready to be set, in a transaction of its own.

        A claim is given up after a time, so that what a server left unfinished is printed by the next who asks.
        """
        now = timezone.now()
        free = models.Q(claimed_at=None) | models.Q(claimed_at__lt=now - CLAIM_LASTS)
        with transaction.atomic():
            waiting = self.in_state(ItemState.WAITING).filter(free).in_order()
            item = waiting.select_for_update(skip_locked=True).first()
            if item is None:
                return None
            item.claimed_at, item.claim = now, uuid.uuid4()
            item.save(update_fields=["claimed_at", "claim"])
        item.plan = Plan.objects.select_related("patient__clinic").get(pk=item.plan_id)
        return item

    def give_back(self, item: BatchItem) -> None:
        """To be claimed again at once, unless somebody else has claimed it since."""
        self.in_state(ItemState.WAITING).filter(pk=item.pk, claim=item.claim).update(
            claimed_at=None, claim=None
        )


class BatchItem(models.Model):
    """One patient of a batch. `refusal`: why there is no copy, for the page. `claim`: of whoever is printing it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(PrintBatch, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.WAITING)
    refusal = models.CharField(max_length=500, blank=True)
    copy = models.OneToOneField(PrintedHandout, on_delete=models.PROTECT, null=True, related_name="+")
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)

    objects: ClassVar[BatchItemQuerySet] = BatchItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="batch_position_once"),
            models.UniqueConstraint(fields=["batch", "plan"], name="batch_plan_once"),
            models.CheckConstraint(
                condition=models.Q(state=ItemState.WAITING, copy=None, refusal="")
                | models.Q(state=ItemState.PRINTED, copy__isnull=False, refusal="")
                | (models.Q(state=ItemState.REFUSED, copy=None) & ~models.Q(refusal="")),
                name="batch_item_has_a_copy_or_a_refusal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.state}"
