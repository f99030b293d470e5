"""What somebody typed from a package. No part of what is signed: it is read beside a schedule, and never changes it."""

from __future__ import annotations

from typing import ClassVar, Final, Self

from django.db import models

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet

from .plans import Product

LONGEST: Final = 1000


class ExcipientsQuerySet(AppendOnlyQuerySet["Excipients"]):
    def newest_first(self) -> Self:
        return self.order_by("-number")


class Excipients(AppendOnly):
    """The newest of a product holds. An empty text takes back what was typed before."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="excipients")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=LONGEST, blank=True)
    typed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    typed_by_name = models.CharField(max_length=200)
    typed_at = models.DateTimeField()

    objects: ClassVar[ExcipientsQuerySet] = ExcipientsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="excipients_number_once_per_product"),
        ]

    def __str__(self) -> str:
        return f"excipients {self.number}"
