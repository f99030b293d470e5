"""Which dates are plausible for a plan's records; any other needs a reason."""

from __future__ import annotations

from taperplanner.days import in_words
from taperplanner.far_days import QUARTER, Near
from taperplanner.tapers.models import Plan


def near_plan(plan: Plan) -> Near:
    """Not long before the plan: before it was opened, or before its first signed day if that is earlier.

    A first contact, or tablets of an earlier fill, may be recorded from a while before. What is after today
    is refused by the field itself.
    """
    opened_on = plan.opened_at.astimezone(plan.patient.clinic.zone).date()
    days = [opened_on, *plan.versions.values_list("first_day", flat=True)]
    words = "this plan was opened" if min(days) == opened_on else "the first day of this plan"
    return Near(f"{words}, {in_words(min(days))}", min(days), before=QUARTER)
