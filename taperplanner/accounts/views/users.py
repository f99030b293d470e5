"""The clinic's people: who may sign in, and as what."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.audit.log import record
from taperplanner.forms import PlainForm
from taperplanner.saving import bound_data, press, saved, submit

from .. import actions
from ..decorators import requires, with_user
from ..details import WorkTyped
from ..forms import UserForm
from ..http import ClinicRequest, edit_stamp
from ..links import password_link_path
from ..models import User
from ..once import taken_once
from ..permissions import Permission, Role
from ..signing_rights import is_first_password, open_reset, to_confirm, unapproved_reset, waiting_of
from ..still_missing import still_missing


@require_safe
@requires(Permission.MANAGE_CLINIC)
def users(request: ClinicRequest) -> HttpResponse:
    people = list(request.clinic.users.active_first().knowing_away(request.today))
    record("users.list_shown", **request.stamp, details={"users": [str(user.pk) for user in people]})
    waiting = waiting_of(request.clinic, request.now)
    missing = still_missing(request.clinic, people, waiting, request.today)
    return render(request, "accounts/users.html", {"people": people, "waiting": waiting, "missing": missing})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@taken_once
def user_add(request: ClinicRequest) -> HttpResponse:
    form = UserForm(bound_data(request))
    add = partial(actions.add_user, clinic=request.clinic, **request.stamp)
    sent = submit(request, form, lambda: add(**form.cleaned_data), refused_at="email")
    if user := sent.result:
        message = f"{user.name} was added. They need a link to set their password."
        return saved(request, message, "accounts:user_password_link", user.pk)
    return render(request, "accounts/user_add.html", sent.context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_user
def user_edit(request: ClinicRequest, user: User) -> HttpResponse:
    form = UserForm(bound_data(request), initial=UserForm.values_of(user))
    edit = partial(actions.edit_user, user=user, **edit_stamp(request))
    sent = submit(request, form, lambda: edit(**form.cleaned_data), row=user)
    if edited := sent.result:
        is_no_longer_manager = edited.pk == request.user.pk and Role.MANAGER not in edited.roles
        to = "/" if is_no_longer_manager else "accounts:users"
        return saved(request, f"The details of {edited.name} were saved.", to)
    context = {**sent.context, "person": user, **_access_of(user, request), **_work_of(user, request)}
    return render(request, "accounts/user_edit.html", context, status=sent.status)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_user
def user_deactivate(request: ClinicRequest, user: User) -> HttpResponse:
    if request.method == "POST":
        done = f"{user.name} was deactivated and can no longer sign in."
        deactivate = partial(actions.deactivate_user, user=user, **request.stamp)
        return press(request, deactivate, done=done, to="accounts:users")
    return render(request, "accounts/user_deactivate.html", {"person": user})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_user
def user_reactivate(request: ClinicRequest, user: User) -> HttpResponse:
    form = PlainForm(bound_data(request))
    if submit(request, form, lambda: actions.reactivate_user(user=user, **request.stamp)).is_done:
        message = f"{user.name} is active again. They need a link to set a new password."
        return saved(request, message, "accounts:user_password_link", user.pk)
    return render(request, "accounts/user_reactivate.html", {"person": user, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_user
def user_password_link(request: ClinicRequest, user: User) -> HttpResponse:
    """The link is in the answer to the POST and nowhere else: no redirect, no session, no log."""
    form = PlainForm(bound_data(request))
    sent = submit(request, form, lambda: actions.make_password_link(user=user, **request.stamp))
    link = request.build_absolute_uri(password_link_path(sent.result)) if sent.result else ""
    context = {"person": user, "link": link, "form": form, "needs_code": unapproved_reset(user, request.now)}
    return render(request, "accounts/user_password_link.html", context)


def _access_of(user: User, request: ClinicRequest) -> dict[str, bool]:
    return {
        "is_first_password": is_first_password(user),
        "has_open_reset": open_reset(user, request.now) is not None,
        "is_held": bool(to_confirm(user, request.now)),
    }


def _work_of(user: User, request: ClinicRequest) -> dict[str, Any]:
    leave = user.leaves.covering(request.today).order_by("-last_day").first()
    return {
        "work": WorkTyped.of(user),
        "has_left": user.has_left_by(request.today),
        "on_leave": leave.last_day if leave else None,
    }
