"""Reviews: all of a plan on one page, recorded, and corrected by another one."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, saved, submit
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..models import PlanReview
from ..near import near_plan
from . import actions
from .decorators import with_review
from .forms import CorrectReviewForm, ReviewForm
from .latest import state_of
from .lines import next_in_words, review_line, standing_of

F = TypeVar("F", bound=ReviewForm)


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_plan
def reviews(request: ClinicRequest, plan: Plan) -> HttpResponse:
    rows = plan.reviews.newest_first().select_related("corrects", "correction", "error")
    lines = [review_line(row) for row in rows.prefetch_related("items")]
    context = {"plan": plan, "reviews": lines, "standing": standing_of(plan, request.today)}
    return patient_page(request, plan.patient, "monitoring/reviews.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_plan
def review_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    form = _form(request, plan, ReviewForm)
    add = partial(actions.record_review, plan=plan, **request.stamp)
    if submit(request, form, lambda: add(details=form.details)).is_done:
        return _to_progress(request, plan, "The review was recorded.")
    return patient_page(request, plan.patient, "monitoring/review_add.html", {"form": form, "plan": plan})


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_review
def review_correct(request: ClinicRequest, review: PlanReview) -> HttpResponse:
    plan, form = review.plan, _form(request, review.plan, CorrectReviewForm, review)
    correct = partial(actions.correct_review, review=review, **request.stamp)
    if submit(request, form, lambda: correct(details=form.details, why=form.cleaned_data["why"])).is_done:
        return _to_progress(request, plan, "The correction was recorded. The earlier record stays readable.")
    context = {"form": form, "plan": plan, "review": review_line(review)}
    return patient_page(request, plan.patient, "monitoring/review_correct.html", context)


def _form(request: ClinicRequest, plan: Plan, kind: type[F], review: PlanReview | None = None) -> F:
    data, state, initial = bound_data(request), state_of(plan), dict[str, Any]()
    if review is not None:
        state, initial = state.without(review), CorrectReviewForm.values_of(review)
    return kind(data, initial=initial, state=state, today=request.today, near=near_plan(plan))


def _to_progress(request: ClinicRequest, plan: Plan, message: str) -> HttpResponse:
    """What was typed may be of an earlier day than what stands, so the day that stands is said."""
    stands = next_in_words(state_of(plan), request.today)
    return saved(request, f"{message} {stands}", "monitoring:progress", plan.patient_id, plan.number)
