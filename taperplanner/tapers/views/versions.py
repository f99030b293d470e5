"""Signed versions on screen: the one in force and later ones, and what is taken today."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.guidance.library import library

from ..decorators import with_version
from ..models import Plan, Version, checks_by_version, earlier_descriptions
from ..other_plans import other_plans_shown
from ..page import schedule_page
from ..schedule.course import Course, is_held
from ..sections import sections
from ..signed.content import course_for_page, verified_content
from ..wording.lines import ended_line
from ..wording.today import day_line, next_line
from ..wording.version_lines import VersionLines, version_lines


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_version
def version(request: ClinicRequest, version: Version) -> HttpResponse:
    """Raises: Tampered, which `@with_plan` answers."""
    course = course_for_page(version.plan)
    assert course is not None  # noqa: S101 - it holds this version
    [version] = [one for one in course.versions if one == version]
    schedule = verified_content(version).schedule
    checks = checks_by_version([version])[version.pk]
    shown = [version_lines(course, version, schedule, checks, request.today)]
    return _schedule_page(request, version.plan, course, shown, "tapers/version.html")


def course_page(request: ClinicRequest, plan: Plan, course: Course[Version]) -> HttpResponse:
    """The version in force, or the first that will be, and each later one."""
    today = request.today
    ahead = course.ahead(today)
    checks = checks_by_version([span.version for span in ahead])
    shown = [
        version_lines(course, span.version, span.schedule, checks[span.version.pk], today) for span in ahead
    ]
    return _schedule_page(request, plan, course, shown, "tapers/plan.html")


def _schedule_page(
    request: ClinicRequest, plan: Plan, course: Course[Version], shown: Sequence[VersionLines], template: str
) -> HttpResponse:
    today = request.today
    context = {
        "version": shown[0].version,
        "shown": shown,
        "versions": sorted(course.versions, key=attrgetter("number"), reverse=True),
        "draft": getattr(plan, "draft", None),
        "is_on_hold": is_held(course.on(today)),
        "today_line": day_line(course, today, plan.drug)
        if plan.is_open
        else ended_line(plan.get_state_display().lower(), today),
        "next_line": next_line(course, today, plan.drug) if plan.is_open else "",
        "earlier": earlier_descriptions(plan),
        "other_plans": other_plans_shown(plan, today),
        "requires_check": plan.is_open and request.clinic.requires_check,
        "sections": sections.of(request, plan),
        "irregular": library().beside_as_needed(plan.drug),
    }
    return schedule_page(request, plan, template, context)
