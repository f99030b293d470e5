"""Somebody's license, NPI and last day of work here; their leave, which a manager types or they themselves."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from taperplanner.saving import Submission, bound_data, press, saved, submit

from .. import actions
from ..actions.work import WITHDRAWN_ALREADY
from ..decorators import FromRow, requires, row_of, with_user
from ..http import ClinicRequest, edit_stamp
from ..models import Leave, User
from ..once import taken_once
from ..permissions import Permission
from ..work_forms import LeaveForm, WorkForm

SAVED: Final = "The leave was saved. What is theirs stands on the worklist on those days."
OWN_SAVED: Final = "Your leave was saved. What is yours stands on everybody’s worklist on those days."
WITHDRAWN: Final = "The leave is withdrawn."
_with_leave: FromRow[Leave, User] = row_of(
    lambda user: user.leaves, named="leave_id", parent="user", field="pk"
)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_user
def user_work(request: ClinicRequest, user: User) -> HttpResponse:
    form = WorkForm(bound_data(request), initial=WorkForm.values_of(user))
    change = partial(actions.type_work_details, user=user, **edit_stamp(request))
    sent = submit(request, form, lambda: change(typed=form.typed), row=user)
    if sent.is_done:
        return saved(request, f"What was typed of {user.name} was saved.", "accounts:user_work", user.pk)
    context = {**sent.context, "person": user, "history": user.work_details.newest_first()}
    return render(request, "accounts/user_work.html", context, status=sent.status)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@taken_once
@with_user
def user_leave(request: ClinicRequest, user: User) -> HttpResponse:
    sent = _typed(request, user)
    if sent.is_done:
        return saved(request, SAVED, "accounts:user_leave", user.pk)
    return render(request, "accounts/user_leave.html", {**_leaves(user), **sent.context})


@require_POST
@requires(Permission.MANAGE_CLINIC)
@with_user
@_with_leave
def leave_withdraw(request: ClinicRequest, leave: Leave) -> HttpResponse:
    withdraw = partial(actions.withdraw_leave, leave=leave, **request.stamp)
    return press(request, withdraw, done=WITHDRAWN, to=reverse("accounts:user_leave", args=[leave.user_id]))


@require_http_methods(["GET", "POST"])
@taken_once
def own_leave(request: ClinicRequest) -> HttpResponse:
    sent = _typed(request, request.user)
    if sent.is_done:
        return saved(request, OWN_SAVED, "accounts:own_leave")
    return render(request, "accounts/own_leave.html", {**_leaves(request.user), **sent.context})


@require_POST
def own_leave_withdraw(request: ClinicRequest) -> HttpResponse:
    withdraw = partial(actions.withdraw_leave, **request.stamp)
    return press(request, lambda: withdraw(leave=_own(request)), done=WITHDRAWN, to="accounts:own_leave")


def _own(request: ClinicRequest) -> Leave:
    """That the button names. Raises: CannotTypeLeave, where there is none such, or none any more."""
    handle = request.POST.get("leave", "")
    for leave in request.user.leaves.standing():
        if str(leave.pk) == handle:
            return leave
    raise actions.CannotTypeLeave(WITHDRAWN_ALREADY)


def _typed(request: ClinicRequest, user: User) -> Submission[Leave]:
    form = LeaveForm(bound_data(request))
    add = partial(actions.type_leave, user=user, **request.stamp)
    return submit(request, form, lambda: add(**form.cleaned_data), refused_at="last_day")


def _leaves(user: User) -> dict[str, Any]:
    return {"person": user, "leaves": user.leaves.newest_first()}
