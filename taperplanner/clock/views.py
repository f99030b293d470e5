"""A manager's page: which differences stand, that they have looked, and what was said of earlier ones."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.saving import bound_data, revision_in, submit

from .actions import look_at_clock
from .forms import LookForm
from .page import page_of
from .watch import WATCH

AGREES: Final = "What you wrote is recorded. The clock was compared again and agrees, so plans can be signed."
STILL: Final = (
    "What you wrote is recorded. The clock was compared again and still differs, so nothing can be signed."
    " Have it set right, then look again."
)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@taken_once
def differences(request: ClinicRequest) -> HttpResponse:
    form = LookForm(bound_data(request))
    look = partial(look_at_clock, clinic=request.clinic, up_to=revision_in(request), **request.stamp)
    sent = submit(request, form, lambda: look(sentence=form.cleaned_data["sentence"]), refused_at="sentence")
    if sent.is_done:
        return _compared_again(request)
    return render(request, "clock/differences.html", sent.context | page_of(request.clinic))


def _compared_again(request: ClinicRequest) -> HttpResponse:
    if WATCH.look().differences or request.clinic.clock_differences.standing().exists():
        messages.error(request, STILL)
    else:
        messages.success(request, AGREES)
    return redirect("clock:differences")
