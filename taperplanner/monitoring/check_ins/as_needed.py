"""What was taken of the dose as needed since the last contact: asked beside the daily doses, and never added to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import HTML, Div
from django import forms

from taperplanner.days import short_span
from taperplanner.fields import PastDayField, WholeNumberField

from ..models import AsNeededAnswer, AsNeededCounted, CheckIn

ANSWER: Final = "as_needed_answer"
TIMES: Final = "as_needed_times"
COUNTED: Final = "as_needed_counted"
FROM: Final = "as_needed_from"
TO: Final = "as_needed_to"
# The page that asked says so: what was typed there does not fall away where the plan would not ask it any more.
WAS_ASKED: Final = "as_needed_was_asked"
# What has one name in the form, in the details and in the check-in.
AS_NEEDED: Final = (ANSWER, TIMES, COUNTED, FROM, TO)
MOST_TIMES: Final = 999
WRONG_TIMES: Final = "Enter how many times as a whole number."


def needed_fields() -> dict[str, forms.Field]:
    return {
        ANSWER: forms.ChoiceField(
            label="The dose as needed, since the last contact",
            choices=[("", "Not asked"), *AsNeededAnswer.choices],
            widget=forms.RadioSelect,
            required=False,
        ),
        TIMES: WholeNumberField(lowest=1, highest=MOST_TIMES, label="How many times", wrong=WRONG_TIMES),
        COUNTED: forms.ChoiceField(
            label="Counted",
            choices=[("", "Choose"), *AsNeededCounted.choices],
            required=False,
        ),
        FROM: PastDayField(label="First of these days"),
        TO: PastDayField(label="Last of these days"),
        WAS_ASKED: forms.BooleanField(widget=forms.HiddenInput, required=False, initial=True),
    }


def needed_rows() -> list[Any]:
    return [
        HTML('<p class="mb-1">Beside the daily doses. It is never added to them.</p>'),
        InlineRadios(ANSWER),
        Div(TIMES, COUNTED, FROM, TO, WAS_ASKED, css_class="as-needed-taken"),
    ]


def has_needed(values: Mapping[str, Any]) -> bool:
    """Whether a check-in that is corrected says something of it."""
    return any(values.get(name) for name in AS_NEEDED)


def wrong_needed(data: Mapping[str, Any]) -> dict[str, str]:
    """A sentence for each field that does not go with the answer."""
    answer = data.get(ANSWER)
    typed = [name for name in AS_NEEDED[1:] if data.get(name)]
    if answer != AsNeededAnswer.TAKEN:
        return {typed[0]: "Choose that it was taken, or clear this."} if typed else {}
    missing = {
        TIMES: "Enter how many times it was taken.",
        COUNTED: "Choose whether this is of each day, or of all of these days.",
        FROM: "Enter the first of these days.",
        TO: "Enter the last of these days.",
    }
    wrong = {name: said for name, said in missing.items() if not data.get(name)}
    if data.get(FROM) and data.get(TO) and data[FROM] > data[TO]:
        wrong[TO] = "The last day is before the first. Check both."
    return wrong


def needed_pairs(check_in: CheckIn) -> Iterator[tuple[str, str]]:
    """Nothing where it was not asked."""
    if check_in.as_needed_answer == AsNeededAnswer.NONE:
        yield "As needed", "none was taken"
    if check_in.as_needed_answer == AsNeededAnswer.TAKEN:
        yield "As needed, beside the daily doses", taken_in_words(check_in)


def taken_in_words(check_in: CheckIn) -> str:
    """ "taken 3 times in all, Mon, Mar 2, 2026 to Sun, Mar 15, 2026"; empty where none was."""
    times, first, last = check_in.as_needed_times, check_in.as_needed_from, check_in.as_needed_to
    if times is None or first is None or last is None:
        return ""
    how = "on each day" if check_in.as_needed_counted == AsNeededCounted.EACH_DAY else "in all"
    return f"taken {times} {'time' if times == 1 else 'times'} {how}, {short_span(first, last)}"
