"""The patient's plans, on the patient's page."""

from __future__ import annotations

from datetime import date

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.patients.page import clinic_today
from taperplanner.patients.sections import Section

from .chain import answering, first_to_answer
from .lines import today_line
from .models import Plan, Version
from .signed import Tampered, load


def plans_section(request: ClinicRequest, patient: Patient) -> Section:
    """Each plan with its newest version, whether a draft is open, and what an open one says for today."""
    today = clinic_today(request)
    plans = list(patient.plans.newest_first().select_related("draft"))
    versions: dict[object, list[Version]] = {}
    for version in Version.objects.filter(plan__in=plans).order_by("number"):
        versions.setdefault(version.plan_id, []).append(version)
    rows = [_row(request, patient, plan, versions.get(plan.pk, []), today) for plan in plans]
    return Section("tapers/_plans_of_patient.html", {"rows": rows})


def _row(
    request: ClinicRequest, patient: Patient, plan: Plan, versions: list[Version], today: date
) -> dict[str, object]:
    is_followed = plan.is_open and bool(versions)
    return {
        "plan": plan,
        "version": versions[-1] if versions else None,
        "draft": getattr(plan, "draft", None),
        "today": _today(plan, versions, today) if is_followed and patient.archived_at is None else "",
        "may_be_checked": is_followed and versions[-1].signed_by_id != request.user.pk,
    }


def _today(plan: Plan, versions: list[Version], today: date) -> str:
    version = answering(versions, today) or first_to_answer(versions)
    version.plan = plan
    try:
        return today_line(load(version).schedule, today, plan.drug)
    except Tampered:
        return (
            "What is stored is not what was signed. Open the plan to see more, and follow the printed paper."
        )
