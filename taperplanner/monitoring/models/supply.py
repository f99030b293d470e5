"""What was dispensed to the patient, and what was counted at home. Never changed: a correction is another
row that refers to it, and what should never have been recorded is marked as entered in error."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.doses import Quantity, total_quantity
from taperplanner.tapers.models import Plan, Product


class DispensingQuerySet(AppendOnlyQuerySet["Dispensing"]):
    def valid(self) -> Self:
        """Without those that were corrected or entered in error."""
        return self.filter(correction=None, error=None)

    def by_day(self) -> Self:
        return self.order_by("dispensed_on", "number")


class Dispensing(AppendOnly):
    """A quantity of zero is found in earlier corrections only: nothing was dispensed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="dispensings")
    number = models.PositiveIntegerField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="dispensings")
    quantity_thousandths = models.IntegerField()
    dispensed_on = models.DateField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="correction")
    why_corrected = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects: ClassVar[DispensingQuerySet] = DispensingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="dispensing_number_once_per_plan"),
            models.CheckConstraint(
                condition=Q(corrects=None, why_corrected="", quantity_thousandths__gt=0)
                | (Q(corrects__isnull=False, quantity_thousandths__gte=0) & ~Q(why_corrected="")),
                name="dispensing_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"dispensing {self.number}"

    @property
    def quantity(self) -> Quantity:
        return Quantity(self.quantity_thousandths)


class HomeCountQuerySet(AppendOnlyQuerySet["HomeCount"]):
    def valid(self) -> Self:
        """Without those that were entered in error."""
        return self.filter(error=None)

    def by_day(self) -> Self:
        return self.order_by("counted_on", "number")


class HomeCount(AppendOnly):
    """How much of a product was left at home on a day, and what is known to be gone, with the reason.

    `is_after_doses`: all of that day's doses had been taken by then.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="home_counts")
    number = models.PositiveIntegerField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="home_counts")
    counted_on = models.DateField()
    is_after_doses = models.BooleanField()
    left_thousandths = models.IntegerField()
    lost_thousandths = models.IntegerField(default=0)
    returned_thousandths = models.IntegerField(default=0)
    destroyed_thousandths = models.IntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects: ClassVar[HomeCountQuerySet] = HomeCountQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="home_count_number_once_per_plan"),
            models.CheckConstraint(
                condition=Q(
                    left_thousandths__gte=0,
                    lost_thousandths__gte=0,
                    returned_thousandths__gte=0,
                    destroyed_thousandths__gte=0,
                ),
                name="home_count_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(lost_thousandths=0, returned_thousandths=0, destroyed_thousandths=0)
                | ~Q(reason=""),
                name="home_count_gone_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"count {self.number}"

    @property
    def left(self) -> Quantity:
        return Quantity(self.left_thousandths)

    @property
    def lost(self) -> Quantity:
        return Quantity(self.lost_thousandths)

    @property
    def returned(self) -> Quantity:
        return Quantity(self.returned_thousandths)

    @property
    def destroyed(self) -> Quantity:
        return Quantity(self.destroyed_thousandths)

    @property
    def gone(self) -> Quantity:
        return total_quantity((self.lost, self.returned, self.destroyed))


class ShortfallNote(AppendOnly):
    """Explains why less was left than expected. It covers the counts recorded before it."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="shortfall_notes")
    text = models.CharField(max_length=500)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="shortfall_note_says_something")]

    def __str__(self) -> str:
        return f"note on {self.product_id}"
