"""The patient's plans, on the patient's page."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.places import Section
from taperplanner.rows_within import knowing_of

from .models import Plan, Version
from .sections import hanging
from .signed.content import Tampered, verified_course_of
from .signed.rows import read_versions
from .wording.today import TAMPERED, day_line, next_line


def plans_of_patient(patient: Patient) -> list[Plan]:
    """The newest first, each with its draft, its versions and what was signed, and knowing what it has none of.

    Two queries for the first section that asks, and none for the others: the patient has them from then on.
    """
    plans = Plan.objects.newest_first().select_related("draft")
    prefetch_related_objects([patient], Prefetch("plans", knowing_of(plans, hanging, by="plan")))
    found = list(patient.plans.all())
    read_versions(found)
    return found


def plans_section(request: ClinicRequest, patient: Patient) -> Section:
    """Each plan with its versions in force and to come, whether a draft is open, and what is taken today."""
    today = request.today
    plans = plans_of_patient(patient)
    rows = [_row(request, patient, plan, list(plan.versions.all()), today) for plan in plans]
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
