"""The form of a review. Nothing is filled in: what is left alone is not recorded, and no day is offered."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Div, Field, Layout
from django import forms

from taperplanner.days import in_words
from taperplanner.far_days import QUARTER, Near
from taperplanner.fields import DayField, PartialDayField, PastDayField, TextField, set_today
from taperplanner.forms import AsksAboutFarDays, PlainForm

from ..guard import GUARD
from ..models import PlanReview
from .actions import Considered, ReviewDetails
from .items import ITEMS, Item
from .latest import State
from .lines import said_of

# Their day and note are hidden while nothing is typed in them: the style sheet asks whether the placeholder shows.
BLANK: Final = {"placeholder": " ", "autocomplete": "off"}
ON_ANOTHER_DAY: Final = "A day, a month or a year. Leave it empty if it was on the day of this review."


class ItemFields(Div):  # type: ignore[misc]
    """One item: its answers, then its day and note, which are shown once there is an answer."""

    template = "monitoring/_review_item.html"

    def __init__(self, item: Item, so_far: str) -> None:
        more = Div(Field(_on(item)), Field(_note(item)), css_class="review-more")
        super().__init__(InlineRadios(item.key), more)
        self.item, self.so_far = item, so_far


class ReviewForm(AsksAboutFarDays, PlainForm):
    left_alone, elsewhere = "Nothing new", "So far"
    reviewed_on = PastDayField(
        label="Date of this review", missing="Enter the date of this review, for example 11/23/2026."
    )
    next_due_on = DayField(label="The next review is due on", required=False)

    def __init__(
        self, *args: Any, state: State, today: date, near: Near | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = [item for key, item in ITEMS.items() if item in state.items or key in self.initial]
        for item in self.items:
            self.fields[item.key] = forms.ChoiceField(
                label=item.label,
                choices=[("", self.left_alone), *item.answers],
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[_on(item)] = PartialDayField(
                label="When, if on another day",
                required=False,
                help_text=ON_ANOTHER_DAY,
                widget=forms.TextInput(attrs=BLANK),
            )
            self.fields[_note(item)] = TextField(
                max_length=500, label="Note", widget=forms.Textarea(attrs={"rows": 2, **BLANK})
            )
        self.fields["next_due_on"].help_text = _what_stands(state)
        set_today(self, today)
        self.helper.layout = self._layout(state)
        self.ask_about_far_days({"reviewed_on": near, "next_due_on": Near("today", today, after=QUARTER)})

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        for item in self.items:
            is_more = data.get(_on(item)) or data.get(_note(item))
            if is_more and not data.get(item.key) and item.key not in self.errors:
                self.add_error(item.key, "Choose an answer to go with it, or take the date and the note out.")
        reviewed_on, next_due_on = data.get("reviewed_on"), data.get("next_due_on")
        if reviewed_on and next_due_on and next_due_on <= reviewed_on:
            self.add_error("next_due_on", "This is not after the date of this review. Check the two dates.")
        return data

    @property
    def details(self) -> ReviewDetails:
        data = self.cleaned_data
        day: date = data["reviewed_on"]
        return ReviewDetails(
            reviewed_on=day,
            considered={
                item.key: Considered(data[item.key], data[_on(item)] or day.isoformat(), data[_note(item)])
                for item in self.items
                if data[item.key]
            },
            next_due_on=data["next_due_on"],
            far_days=self.far_days,
        )

    def _layout(self, state: State) -> Layout:
        asked = (ItemFields(item, self._so_far(item, state)) for item in self.items)
        return Layout(
            GUARD, *self._first(), "reviewed_on", *asked, Div("next_due_on", css_class="review-next")
        )

    def _so_far(self, item: Item, state: State) -> str:
        row = state.latest.get(item.key)
        return f"{self.elsewhere}: {said_of(row) if row else 'not recorded'}."

    def _first(self) -> tuple[str, ...]:
        return ()


class CorrectReviewForm(ReviewForm):
    """`state`: without the review that is corrected."""

    left_alone, elsewhere = "Not recorded here", "In other reviews"
    why = TextField(max_length=300, label="What was wrong", missing="Write what was wrong.")

    def _first(self) -> tuple[str, ...]:
        return ("why",)

    @staticmethod
    def values_of(review: PlanReview) -> dict[str, Any]:
        """`items` fetched before."""
        values: dict[str, Any] = {"reviewed_on": review.reviewed_on, "next_due_on": review.next_due_on}
        for row in review.items.all():
            is_same_day = row.done_on == review.reviewed_on.isoformat()
            on = "" if is_same_day else row.done_on
            values |= {row.item: row.answer, f"{row.item}_on": on, f"{row.item}_note": row.note}
        return values


def _on(item: Item) -> str:
    return f"{item.key}_on"


def _note(item: Item) -> str:
    return f"{item.key}_note"


def _what_stands(state: State) -> str:
    """What follows from leaving the field empty."""
    if state.due_on is None:
        return "You choose the day. Left empty, no date is recorded."
    return f"You choose the day. Left empty, {in_words(state.due_on)} stays."
