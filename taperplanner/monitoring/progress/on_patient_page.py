"""The progress of every plan, on the patient's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from taperplanner.accounts.http import ClinicRequest
from taperplanner.guidance.library import Entry, library
from taperplanner.patients.models import Patient
from taperplanner.places import Section
from taperplanner.rows_within import has_any
from taperplanner.tapers.models import Plan
from taperplanner.tapers.of_patient import plans_of_patient

from ..chart.from_rows import check_ins_of
from ..chart.of_patient import chart_of_patient
from ..check_ins.drafts.begun import begun_lines
from ..follow_ups.lines import follow_up_lines
from ..models import CheckIn, CheckInDraft, FollowUp


def monitoring_section(request: ClinicRequest, patient: Patient) -> Section:
    """For each plan, the newest first: what is due; and one chart of the open ones."""
    today, plans = request.today, plans_of_patient(patient)
    check_ins = check_ins_of([plan for plan in plans if has_any(plan, CheckIn)])
    last = {row.plan_id: row.happened_on for row in check_ins}  # the oldest first
    open_ones: dict[object, list[FollowUp]] = {}
    if followed := [plan for plan in plans if has_any(plan, FollowUp)]:
        follow_ups = FollowUp.objects.filter(plan__in=followed).open().by_day()
        for follow_up in follow_ups.select_related("assigned_to", "settled_by", "error"):
            open_ones.setdefault(follow_up.plan_id, []).append(follow_up)
    drafts: dict[object, list[CheckInDraft]] = {}
    if begun := [plan for plan in plans if has_any(plan, CheckInDraft)]:
        for draft in CheckInDraft.objects.filter(plan__in=begun).for_lines():
            drafts.setdefault(draft.plan_id, []).append(draft)
    context = {
        "rows": [
            _row(plan, last.get(plan.pk), open_ones.get(plan.pk, []), today)
            | {"begun": begun_lines(drafts.get(plan.pk, []), request.user, today)}
            for plan in plans
        ],
        "chart": chart_of_patient(patient, plans, check_ins, today=today),
        "bands": _bands(plans),
    }
    return Section("monitoring/_of_patient.html", context)


def _row(
    plan: Plan, last_check_in_on: date | None, follow_ups: list[FollowUp], today: date
) -> dict[str, object]:
    """What is due by today, and the next that is due later; the plan's own page has them all."""
    late = sum(row.due_on <= today for row in follow_ups)
    shown = follow_ups[: late + 1]
    return {
        "plan": plan,
        "last_check_in_on": last_check_in_on,
        "follow_ups": follow_up_lines(shown, today),
        "more": len(follow_ups) - len(shown),
    }


def _bands(plans: Sequence[Plan]) -> list[Entry]:
    """What is true of every schedule of a drug, of each drug that one of these plans is for."""
    drugs = dict.fromkeys(plan.drug.casefold() for plan in plans)
    return [band for drug in drugs if (band := library().over_schedules(drug))]
