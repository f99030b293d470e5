"""The clinic's people: who may sign in, and as what."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.saving import Attempt, Refused, bound_data

from .. import actions
from ..decorators import requires, with_user
from ..forms import UserForm
from ..http import ClinicRequest
from ..links import password_link_path
from ..models import User
from ..once import taken_once
from ..permissions import Permission, Role


@require_safe
@requires(Permission.MANAGE_CLINIC)
def users(request: ClinicRequest) -> HttpResponse:
    return render(request, "accounts/users.html", {"people": request.clinic.users.active_first()})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@taken_once
def user_add(request: ClinicRequest) -> HttpResponse:
    form = UserForm(bound_data(request))
    if form.is_valid():
        try:
            user = actions.add_user(
                clinic=request.clinic, **form.cleaned_data, by=request.user, at=request.now
            )
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"{user.name} is added. They need a link to set their password.")
            return redirect("accounts:user_password_link", user_id=user.pk)
    return render(request, "accounts/user_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_user
def user_edit(request: ClinicRequest, user: User) -> HttpResponse:
    form = UserForm(bound_data(request), initial=UserForm.values_of(user))
    attempt = Attempt(request, form, user, UserForm.values_of)
    if form.is_valid():
        with attempt:
            actions.edit_user(
                user=user, revision=attempt.revision, **form.cleaned_data, by=request.user, at=request.now
            )
            messages.success(request, f"{form.cleaned_data['name']}’s entry is saved.")
            gave_up_managing = user == request.user and Role.MANAGER not in form.cleaned_data["roles"]
            return redirect("/" if gave_up_managing else "accounts:users")
    context = {**attempt.context, "person": user, "uses_two_step": is_mfa_enabled(user)}
    return render(request, "accounts/user_edit.html", context, status=attempt.status)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_user
def user_deactivate(request: ClinicRequest, user: User) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.deactivate_user(user=user, by=request.user, at=request.now)
            messages.success(request, f"{user.name} is deactivated and can no longer sign in.")
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("accounts:users")
    return render(request, "accounts/user_deactivate.html", {"person": user})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_user
def user_reactivate(request: ClinicRequest, user: User) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.reactivate_user(user=user, by=request.user, at=request.now)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("accounts:users")
        messages.success(request, f"{user.name} is active again. They need a link to set a new password.")
        return redirect("accounts:user_password_link", user_id=user.pk)
    return render(request, "accounts/user_reactivate.html", {"person": user})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_user
def user_password_link(request: ClinicRequest, user: User) -> HttpResponse:
    """The link is in the answer to the POST and nowhere else: no redirect, no session, no log."""
    link = ""
    if request.method == "POST":
        try:
            user = actions.make_password_link(user=user, by=request.user, at=request.now)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("accounts:users")
        link = request.build_absolute_uri(password_link_path(user))
    return render(request, "accounts/user_password_link.html", {"person": user, "link": link})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_user
def user_two_step_off(request: ClinicRequest, user: User) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.turn_off_two_step(user=user, by=request.user, at=request.now)
            messages.success(request, f"{user.name} now signs in with the password alone.")
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("accounts:user_edit", user_id=user.pk)
    return render(request, "accounts/user_two_step_off.html", {"person": user})
