"""What was dispensed to the patient. Never changed: a correction is another row that names it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.doses import Quantity
from taperplanner.tapers.models import Plan, Product


class DispensingQuerySet(AppendOnlyQuerySet["Dispensing"]):
    def standing(self) -> Self:
        """Without those that were corrected."""
        return self.filter(correction=None)

    def by_day(self) -> Self:
        return self.order_by("dispensed_on", "number")


class Dispensing(AppendOnly):
    """A quantity of zero stands in a correction only: it was not dispensed."""

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
