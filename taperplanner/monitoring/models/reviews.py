"""What was considered at a review, and the day that was typed for the next one. Children are written first, the
review last; it never changes."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from taperplanner.accounts.models import User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.tapers.models import Plan


class PlanReviewQuerySet(AppendOnlyQuerySet["PlanReview"]):
    def valid(self) -> Self:
        """Without those that were corrected or entered in error."""
        return self.filter(correction=None, error=None)

    def newest_first(self) -> Self:
        return self.order_by("-reviewed_on", "-number")


class PlanReview(AppendOnly):
    """A correction is a review that refers to the one it corrects. `next_due_on`: typed, or not said."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    reviewed_on = models.DateField()
    next_due_on = models.DateField(null=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="correction")
    why_corrected = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects: ClassVar[PlanReviewQuerySet] = PlanReviewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="review_number_once_per_plan"),
            models.CheckConstraint(
                condition=Q(corrects=None, why_corrected="")
                | Q(corrects__isnull=False) & ~Q(why_corrected=""),
                name="review_corrected_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(next_due_on=None) | Q(next_due_on__gt=F("reviewed_on")),
                name="review_next_one_is_later",
            ),
        ]
        indexes = [models.Index(fields=["plan", "reviewed_on"], name="review_by_day")]

    def __str__(self) -> str:
        return f"review {self.number}"


class ReviewItem(AppendOnly):
    """One thing that was considered. `item`: a key of `reviews.items.ITEMS`; `answer`: one of its answers.

    `done_on`: a day, a month or a year, as `partial_days` writes it.
    """

    sealed_by = "review"

    review = models.ForeignKey(PlanReview, on_delete=models.PROTECT, related_name="items")
    item = models.CharField(max_length=40)
    answer = models.CharField(max_length=20)
    done_on = models.CharField(max_length=10)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="review_item_once"),
            models.CheckConstraint(
                condition=~Q(item="") & ~Q(answer="") & ~Q(done_on=""), name="review_item_says_what_and_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.answer}"
