"""A signed version revised or held, and two versions side by side."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.saving import bound_data, saved, submit

from .. import actions
from ..decorators import with_course, with_plan
from ..forms.plans import ReviseForm
from ..models import Plan, Version
from ..page import schedule_page
from ..schedule.course import Course, default_comparison
from ..signed.content import verified_content
from ..wording.compare import compare as compare_schedules
from .drafts import draft_address, open_draft

CARRIED_OVER: Final = "The draft holds the steps that remain. Confirm or retype each of them."
TO_TYPE: Final = "Type the day from which the step changes, and how many days the step that is taken today goes on from that day."


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_DRAFT)
@taken_once
@with_course
def plan_revise(request: ClinicRequest, plan: Plan, course: Course[Version]) -> HttpResponse:
    form = ReviseForm(bound_data(request), today=request.today)
    start_revision = partial(actions.start_revision, plan=plan, **request.stamp)
    if submit(request, form, lambda: start_revision(**form.revision())).is_done:
        return saved(request, CARRIED_OVER, draft_address(plan))
    context = {"form": form, "spans": course.spans, "newest": course.newest}
    return schedule_page(request, plan, "tapers/plan_revise.html", context, is_folded=True)


@require_POST
@requires(Permission.EDIT_DRAFT)
@taken_once
@with_plan
def plan_hold(request: ClinicRequest, plan: Plan) -> HttpResponse:
    hold = partial(actions.start_hold, plan=plan, today=request.today, **request.stamp)
    return open_draft(request, plan, hold, message=TO_TYPE, anchor="#steps-0-days")


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_course
def compare(request: ClinicRequest, plan: Plan, course: Course[Version]) -> HttpResponse:
    """The two versions that the address names; without them, the one in force and the one before or after it."""
    versions = {str(version.number): version for version in plan.versions.newest_first()}
    left, right = _two_versions(request, versions, course)
    left.plan = right.plan = plan
    pairs = compare_schedules(verified_content(left).schedule, verified_content(right).schedule)
    context = {"pairs": pairs, "left": left, "right": right, "numbers": list(versions)}
    return schedule_page(request, plan, "tapers/compare.html", context)


def _two_versions(
    request: ClinicRequest, versions: dict[str, Version], course: Course[Version]
) -> tuple[Version, Version]:
    left, right = default_comparison(course, request.today)
    try:
        return (
            versions[request.GET.get("left", str(left.number))],
            versions[request.GET.get("right", str(right.number))],
        )
    except KeyError:
        raise Http404 from None
