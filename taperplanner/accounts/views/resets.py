"""Resets of somebody else's access, and the confirmation of an account, as managers see them."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.saving import bound_data, press, saved, submit

from .. import actions
from ..access_changes import AccessChange, AccessChangeQuerySet
from ..decorators import requires, row_of, with_user
from ..forms import ResetForm
from ..http import ClinicRequest
from ..models import User
from ..permissions import Permission
from ..recovery_codes import has_recovery_codes
from ..signing_rights import changes_of, is_first_password, open_reset, to_confirm
from ..vouching import why_not_vouch


def _changes(user: User) -> AccessChangeQuerySet:
    changes: AccessChangeQuerySet = user.access_changes.with_steps()
    return changes


with_change = row_of(_changes, named="change_id", parent="user", field="pk")


@require_safe
@requires(Permission.MANAGE_CLINIC)
@with_user
def user_access(request: ClinicRequest, user: User) -> HttpResponse:
    waiting = open_reset(user, request.now)
    context = {
        "person": user,
        "changes": changes_of(user),
        "open": waiting,
        "takes_code": waiting is not None and has_recovery_codes(user, before=waiting.asked_at),
        "has_no_password": is_first_password(user),
        **_to_confirm(request, user),
    }
    return render(request, "accounts/user_access.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_user
def user_reset(request: ClinicRequest, user: User) -> HttpResponse:
    form = ResetForm(bound_data(request), uses_two_step=is_mfa_enabled(user))
    ask = partial(actions.ask_reset, user=user, **request.stamp)
    sent = submit(request, form, lambda: ask(kind=form.cleaned_data["kind"]), refused_at="kind")
    if sent.is_done:
        message = "The reset is asked for. Nothing changes before it is approved."
        return saved(request, message, "accounts:user_access", user.pk)
    return render(request, "accounts/user_reset.html", {**sent.context, "person": user})


@require_POST
@requires(Permission.MANAGE_CLINIC)
@with_user
@with_change
def reset_approve(request: ClinicRequest, change: AccessChange) -> HttpResponse:
    approve = partial(actions.approve_reset, change=change, **request.stamp)
    return press(request, approve, done="The reset is approved.", to=_page_of(change.user))


@require_POST
@requires(Permission.MANAGE_CLINIC)
@with_user
@with_change
def reset_withdraw(request: ClinicRequest, change: AccessChange) -> HttpResponse:
    withdraw = partial(actions.withdraw_reset, change=change, **request.stamp)
    return press(request, withdraw, done="The reset will not be done.", to=_page_of(change.user))


@require_POST
@requires(Permission.MANAGE_CLINIC)
@with_user
def user_confirm(request: ClinicRequest, user: User) -> HttpResponse:
    confirm = partial(actions.confirm_access, user=user, **request.stamp)
    return press(request, confirm, done=f"You confirmed the account of {user.name}.", to=_page_of(user))


def _page_of(user: User) -> str:
    return reverse("accounts:user_access", args=[user.pk])


def _to_confirm(request: ClinicRequest, user: User) -> dict[str, Any]:
    held = to_confirm(user, request.now)
    refusals = [why_not_vouch(request.user, change, request.now) for change in held]
    return {"held": held, "why_not_confirm": "" if "" in refusals else next(iter(refusals), "")}
