"""One's own account: what others changed in how one gets in, and whether one knows of it."""

from __future__ import annotations

from typing import Final

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from taperplanner.saving import bound_data, press, saved, submit

from .. import actions
from ..http import ClinicRequest
from ..models import User
from ..notices import TELLS
from ..recovery_codes import has_recovery_codes
from ..sign_in_forms import RecoveryCodeForm
from ..signing_rights import changes_of, is_to_be_told, to_confirm, why_not_sign

THANKS: Final = "Thank you. You can read these changes again in the menu with your name."
REPORTED: Final = (
    "Your managers are told, and this account signs and checks nothing before a second manager has confirmed it. Change"
    " your password now, and speak to a manager."
)


@require_http_methods(["GET", "POST"])
def access(request: ClinicRequest) -> HttpResponse:
    if request.method == "POST":
        return _answered(request)
    user, changes = request.user, changes_of(request.user)
    context = {
        "changes": changes,
        "asks": any(is_to_be_told(change, user) for change in changes),
        "held": why_not_sign(user, request.now),
        "takes_code": _takes_code(user, request),
    }
    return render(request, "accounts/access.html", context)


def _answered(request: ClinicRequest) -> HttpResponse:
    is_mine = request.POST.get("answer") == "mine"
    answer = actions.acknowledge_changes if is_mine else actions.deny_changes
    request.session.pop(TELLS, None)
    done = THANKS if is_mine else REPORTED
    return press(
        request,
        lambda: answer(user=request.user, **request.stamp),
        done=done,
        to="/" if is_mine else request.path,
    )


@require_http_methods(["GET", "POST"])
def access_confirm(request: ClinicRequest) -> HttpResponse:
    form = RecoveryCodeForm(bound_data(request), is_allowed_to_try=_may_try(request))
    confirm = actions.confirm_with_code
    sent = submit(
        request,
        form,
        lambda: confirm(user=request.user, code=form.cleaned_data["code"], **request.stamp),
        refused_at="code",
    )
    if sent.is_done:
        return saved(request, "Your account is confirmed.", "accounts:access")
    return render(request, "accounts/access_confirm.html", sent.context)


def _may_try(request: ClinicRequest) -> bool:
    """With the rate limit of typing a password at sign-in."""
    return request.method != "POST" or bool(
        ratelimit.consume(request, action="reauthenticate", user=request.user)
    )


def _takes_code(user: User, request: ClinicRequest) -> bool:
    resets = [change for change in to_confirm(user, request.now) if change.is_reset]
    return bool(resets) and has_recovery_codes(user, before=min(change.asked_at for change in resets))
