"""The progress of every plan, on the patient's page."""

from __future__ import annotations

from datetime import date

from taperplanner.accounts.http import ClinicRequest
from taperplanner.guidance.library import library
from taperplanner.patients.models import Patient
from taperplanner.places import Section
from taperplanner.tapers.models import Plan
from taperplanner.tapers.signed.content import Tampered

from ..chart.from_rows import chart_facts
from ..chart.page import Chart, chart_of
from ..follow_ups.lines import follow_up_lines
from ..models import FollowUp


def monitoring_section(request: ClinicRequest, patient: Patient) -> Section:
    """For each plan, the newest first: what is due; and one chart over them."""
    today = request.today
    open_ones: dict[object, list[FollowUp]] = {}
    follow_ups = FollowUp.objects.filter(plan__patient=patient).open().by_day()
    for follow_up in follow_ups.select_related("assigned_to", "settled_by", "error"):
        open_ones.setdefault(follow_up.plan_id, []).append(follow_up)
    plans = list(patient.plans.newest_first())
    context = {
        "rows": [_row(plan, open_ones.get(plan.pk, []), today) for plan in plans],
        "chart": _chart(request, patient, plans, today),
        "band": library().over_schedules(plans[0].drug) if plans else None,
    }
    return Section("monitoring/_of_patient.html", context)


def _row(plan: Plan, follow_ups: list[FollowUp], today: date) -> dict[str, object]:
    """What is due by today, and the next that is due later; the plan's own page has them all."""
    late = sum(row.due_on <= today for row in follow_ups)
    shown = follow_ups[: late + 1]
    return {
        "plan": plan,
        "follow_ups": follow_up_lines(shown, today),
        "more": len(follow_ups) - len(shown),
    }


def _chart(request: ClinicRequest, patient: Patient, plans: list[Plan], today: date) -> Chart | None:
    """Over all plans of the drug whose plan is the newest. None: no plan, or not what was signed."""
    same = [plan for plan in plans if plan.drug.casefold() == plans[0].drug.casefold()]
    for plan in same:
        plan.patient = patient
    try:
        return chart_of(chart_facts(request.clinic, same[::-1], today=today)) if same else None
    except Tampered:
        return None
