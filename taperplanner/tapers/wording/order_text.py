"""The signed steps as one instruction, for the order field of another system. Pure."""

from __future__ import annotations

from taperplanner.days import short_span

from ..schedule.schedule import Schedule
from ..schedule.steps import DatedStep, TimeOfDay
from .as_needed import as_order
from .lines import ending_line
from .words import days_text, quantity_in_words


def order_text(schedule: Schedule, drug_name: str) -> str:
    """Every step with its dates, daily dose, each amount in words and in digits, and its note; then the ending, and
    the dose as needed.

    "clonazepam. Step 1, Mon, Mar 2, 2026 to Sun, Mar 15, 2026 (14 days), 2 mg a day: morning one tablet (1) of
    clonazepam 1 mg tablet; … Stop. From Monday, March 16, 2026 on: none." No fraction is one character such as ½,
    which other systems lose.
    """
    steps = " ".join(_step(dated, schedule) for dated in schedule.dated_steps())
    text = f"{drug_name}. {steps} {ending_line(schedule)}"
    needed = as_order(schedule)
    return f"{text} {needed}" if needed else text


def _step(dated: DatedStep, schedule: Schedule) -> str:
    step = dated.step
    span = short_span(dated.first_day, dated.last_day)
    text = f"Step {step.position}, {span} ({days_text(step.days)}), {step.every_day.dose} a day: {_taken(dated, schedule)}."
    return f"{text} Note: {step.note}" if step.note else text


def _taken(dated: DatedStep, schedule: Schedule) -> str:
    products, names = schedule.products, schedule.full_names
    at_times = [
        f"{time.value} "
        + " and ".join(
            f"{quantity_in_words(dose.quantity, products[dose.product])} ({dose.quantity.number}) of {names[dose.product]}"
            for dose in dated.step.every_day.doses
            if dose.time is time
        )
        for time in TimeOfDay
        if any(dose.time is time for dose in dated.step.every_day.doses)
    ]
    return "; ".join(at_times) or "nothing is taken on these days"
