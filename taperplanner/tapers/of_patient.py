"""The patient's plans, on the patient's page."""

from __future__ import annotations

from datetime import date

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.places import Section

from .models import Plan, Version, versions_by_plan
from .signed.content import Tampered, verified_course_of
from .wording.today import TAMPERED, day_line, next_line


def plans_section(request: ClinicRequest, patient: Patient) -> Section:
    """Each plan with its versions in force and to come, whether a draft is open, and what is taken today."""
    today = request.today
    plans = list(patient.plans.newest_first().select_related("draft"))
    versions = versions_by_plan(plans)
    rows = [_row(request, patient, plan, versions[plan.pk], today) for plan in plans]
    has_several_open = sum(plan.is_open for plan in plans) > 1
    return Section("tapers/_plans_of_patient.html", {"rows": rows, "has_several_open": has_several_open})


def _row(
    request: ClinicRequest, patient: Patient, plan: Plan, versions: list[Version], today: date
) -> dict[str, object]:
    is_followed = plan.is_open and patient.archived_at is None
    row: dict[str, object] = {
        "plan": plan,
        "draft": getattr(plan, "draft", None),
        "signed": bool(versions),
        "versions": [],
        "to_check": [],
        "today": "",
        "next": "",
    }
    try:
        course = verified_course_of(plan, versions)
    except Tampered:
        return row | {"today": TAMPERED if is_followed else ""}
    if course is None:
        return row
    shown = [span.version for span in course.ahead(today)]
    return row | {
        "versions": shown,
        "to_check": [one for one in shown if one.signed_by_id != request.user.pk] if plan.is_open else [],
        "today": day_line(course, today, plan.drug) if is_followed else "",
        "next": next_line(course, today, plan.drug) if is_followed else "",
    }
