"""From the address to a run of forms of the clinic, or from its plan to a hold that was asked for."""

from __future__ import annotations

from taperplanner.accounts.decorators import Addressed, FromClinic, FromRow, ViewOf, row_of, row_of_clinic
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..models import FormRun, HoldRequest

with_run: FromClinic[FormRun] = row_of_clinic(
    lambda clinic: clinic.form_runs, named="run_number", field="number"
)
_request: FromRow[HoldRequest, Plan] = row_of(
    lambda plan: plan.hold_requests.select_related("answer__version", "entered_later__form"),
    named="hold_number",
    parent="plan",
)


def with_hold_request(view: ViewOf[HoldRequest]) -> Addressed:
    return with_plan(_request(view))
