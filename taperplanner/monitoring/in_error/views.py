"""A record that should never have been made is marked so, with a reason."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, saved, submit

from .about import about
from .actions import Record, mark_in_error
from .decorators import with_record
from .forms import InErrorForm


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_record
def entered_in_error(request: ClinicRequest, row: Record) -> HttpResponse:
    plan, form = row.plan, InErrorForm(bound_data(request))
    mark = partial(mark_in_error, row=row, **request.stamp)
    if submit(request, form, lambda: mark(reason=form.cleaned_data["reason"])).is_done:
        message = "It was marked as entered in error, and stays readable."
        return saved(request, message, "monitoring:progress", plan.patient_id, plan.number)
    context = {"form": form, "plan": plan, "about": about(row), "error": getattr(row, "error", None)}
    return patient_page(request, plan.patient, "monitoring/entered_in_error.html", context)
