"""Where one is signed in."""

from __future__ import annotations

from typing import Final

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from taperplanner.saving import press

from .. import actions
from ..http import ClinicRequest
from ..sessions_of import open_sessions

ENDED: Final = "It is ended. Whoever used it must sign in again."
ALL_ENDED: Final = "You are signed in only here now."


@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def own_sessions(request: ClinicRequest) -> HttpResponse:
    if request.method == "POST":
        return _ended(request)
    found = open_sessions(request.user, this=request.session.session_key, at=request.now)
    has_others = any(not one.is_this_one for one in found)
    return render(request, "accounts/own_sessions.html", {"sessions": found, "has_others": has_others})


def _ended(request: ClinicRequest) -> HttpResponse:
    user, this = request.user, request.session.session_key
    handle = request.POST.get("session", "")
    if handle == "others":
        end_all = actions.end_other_sessions
        return press(
            request,
            lambda: end_all(user=user, this=this, **request.stamp),
            done=ALL_ENDED,
            to=request.path,
        )
    end = actions.end_own_session
    return press(
        request,
        lambda: end(user=user, handle=handle, this=this, **request.stamp),
        done=ENDED,
        to=request.path,
    )
