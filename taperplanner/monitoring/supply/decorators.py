"""From the plan of the address to one of its dispensings."""

from __future__ import annotations

from taperplanner.accounts.decorators import Addressed, FromRow, ViewOf, row_of
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..models import Dispensing

_dispensing: FromRow[Dispensing, Plan] = row_of(
    lambda plan: plan.dispensings.select_related("product"), named="dispensing_number", parent="plan"
)


def with_dispensing(view: ViewOf[Dispensing]) -> Addressed:
    return with_plan(_dispensing(view))
