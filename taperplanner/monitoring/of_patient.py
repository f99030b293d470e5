"""How it goes, on the patient's page."""

from __future__ import annotations

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.patients.page import clinic_today
from taperplanner.patients.sections import Section

from .lines import follow_up_lines
from .models import FollowUp


def monitoring_section(request: ClinicRequest, patient: Patient) -> Section:
    """For each plan, the newest first: what is due, and the ways to write down more."""
    today = clinic_today(request)
    open_ones: dict[object, list[FollowUp]] = {}
    follow_ups = FollowUp.objects.filter(plan__patient=patient).open().by_day()
    for follow_up in follow_ups.select_related("assigned_to", "settled_by"):
        open_ones.setdefault(follow_up.plan_id, []).append(follow_up)
    rows = [
        {"plan": plan, "follow_ups": follow_up_lines(open_ones.get(plan.pk, []), today)}
        for plan in patient.plans.newest_first()
    ]
    return Section("monitoring/_of_patient.html", {"rows": rows})
