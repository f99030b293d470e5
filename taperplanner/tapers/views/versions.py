"""A signed version on screen: its schedule, today's line, and the guidance beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.guidance.library import library
from taperplanner.patients.page import clinic_today, patient_page
from taperplanner.protocols.beside import beside_schedule

from ..chain import answering, first_to_answer, replaced_by
from ..decorators import with_version
from ..lines import ended_line, ending_line, needed_lines, step_lines, today_line
from ..models import Version
from ..sections import sections_of
from ..signed import load


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_version
def version(request: ClinicRequest, version: Version) -> HttpResponse:
    return schedule_page(request, version, "tapers/version.html")


def schedule_page(request: ClinicRequest, version: Version, template: str) -> HttpResponse:
    """Raises: Tampered, which `@with_plan` answers."""
    plan, today = version.plan, clinic_today(request)
    versions = list(plan.versions.newest_first())
    for one in versions:
        one.plan = plan
    current = answering(versions, today)
    schedule = load(version).schedule
    todays = current or first_to_answer(versions)
    today_schedule = schedule if todays == version else load(todays).schedule
    is_current = plan.is_open and current == version
    checks = list(version.checks.oldest_first())
    context = {
        "plan": plan,
        "version": version,
        "versions": versions,
        "newest": versions[0],
        "replaced": replaced_by(version, versions),
        "current": current,
        "draft": getattr(plan, "draft", None),
        "lines": step_lines(schedule, today if is_current else None),
        "today_line": today_line(today_schedule, today, plan.drug)
        if plan.is_open
        else ended_line(plan.get_state_display().lower(), today),
        "ending_line": ending_line(schedule),
        "needed": needed_lines(schedule),
        "checks": checks,
        "earlier": plan.earlier_descriptions.newest_first(),
        "awaits_check": plan.is_open and request.clinic.requires_check and not (checks and checks[-1].agrees),
        "differing": checks[-1] if checks and not checks[-1].agrees else None,
        "sections": sections_of(request, plan),
        **guidance_context(plan.drug),
        "notes": beside_schedule(request.clinic, ("withdrawal", "monitoring")),
    }
    return patient_page(request, plan.patient, template, context)


def guidance_context(drug: str) -> dict[str, Any]:
    """What stands beside a schedule. Another drug has no reference document, and the page says so."""
    sources = library()
    return {
        "has_guidance": sources.has_drug(drug),
        "withdrawal": sources.topic("withdrawal", drug=drug, beside=True),
        "monitoring": sources.topic("monitoring", drug=drug, beside=True),
    }
