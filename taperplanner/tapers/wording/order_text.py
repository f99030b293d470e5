"""The signed steps as one instruction, for the order field of another system. Pure."""

from __future__ import annotations

from taperplanner.days import short_span

from ..schedule.schedule import Schedule
from ..schedule.steps import DatedStep, Regimen, TimeOfDay
from .as_needed import as_order
from .lines import ending_line
from .patterns import days_of_round, first_dates
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
    text = f"Step {step.position}, {span} ({days_text(step.days)}), {_days(dated, schedule)}."
    return f"{text} Note: {step.note}" if step.note else text


def _days(dated: DatedStep, schedule: Schedule) -> str:
    """Each day of a pattern with its first date, in letters that every system keeps."""
    groups = dated.groups()
    if not dated.step.is_pattern:
        return f"{groups[0].regimen.dose} a day: {_taken(groups[0].regimen, schedule)}"
    kind = "by weekday" if dated.step.by_weekday else f"of {days_text(len(dated.step.regimens))}"
    each = ". ".join(
        f"On {days_of_round(dated, group)} ({first_dates(dated, group)}) {group.regimen.dose}:"
        f" {_taken(group.regimen, schedule)}"
        for group in groups
    )
    return f"a pattern {kind}, not the same each day. {each}"


def _taken(regimen: Regimen, schedule: Schedule) -> str:
    products, names = schedule.products, schedule.full_names
    at_times = [
        f"{time.value} "
        + " and ".join(
            f"{quantity_in_words(dose.quantity, products[dose.product])} ({dose.quantity.number}) of {names[dose.product]}"
            for dose in regimen.doses
            if dose.time is time
        )
        for time in TimeOfDay
        if any(dose.time is time for dose in regimen.doses)
    ]
    return "; ".join(at_times) or "nothing is taken on these days"
