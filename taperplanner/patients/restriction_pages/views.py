"""Who may open a record; opening one in an emergency; and what managers review of that."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import FromClinic, requires, row_of_clinic
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.audit.log import record
from taperplanner.saving import bound_data, press, saved, submit

from ..decorators import with_patient, with_patient_closed_or_not
from ..models import EmergencyAccess, Patient
from ..page import patient_page
from ..restricted import actions
from ..restricted.forms import EmergencyForm, LiftForm, RestrictForm, ReviewForm, kept_in
from ..restricted.opening import access_in, begun, refusal_page
from ..restricted.rule import is_open_to
from .reviews import accesses_of, row_of, rows_for

with_access: FromClinic[EmergencyAccess] = row_of_clinic(
    accesses_of, named="access_id", parent="patient.clinic"
)


@require_http_methods(["GET", "POST"])
@requires(Permission.RESTRICT_PATIENTS)
@taken_once
@with_patient
def patient_restrict(request: ClinicRequest, patient: Patient) -> HttpResponse:
    initial = RestrictForm.values_of(patient, request.user)
    form = RestrictForm(bound_data(request), clinic=request.clinic, initial=initial)
    restrict = partial(actions.restrict_patient, patient=patient, **request.stamp)
    if submit(request, form, lambda: restrict(**form.chosen)).is_done:
        return saved(request, "This record is restricted to the people you chose.", patient)
    context = {"form": form, "past": patient.restrictions.order_by("-said_at", "-pk")}
    return patient_page(request, patient, "patients/patient_restrict.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RESTRICT_PATIENTS)
@taken_once
@with_patient
def restriction_lift(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = LiftForm(bound_data(request))
    lift = partial(actions.lift_restriction, patient=patient, **request.stamp)
    if submit(request, form, lambda: lift(**form.cleaned_data)).is_done:
        return saved(request, "This record is not restricted any more.", patient)
    return patient_page(request, patient, "patients/restriction_lift.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_PATIENTS)
@taken_once
@with_patient_closed_or_not
def emergency_access(request: ClinicRequest, patient: Patient) -> HttpResponse:
    if is_open_to(patient, request.user) or access_in(request, patient):
        return redirect(patient)
    form = EmergencyForm(bound_data(request), initial=kept_in(patient.get_absolute_url(), []))
    begin = partial(actions.begin_emergency_access, patient=patient, **request.stamp)
    sent = submit(request, form, lambda: begin(reason=form.cleaned_data["reason"]), refused_at="reason")
    if sent.result:
        return begun(request, form, sent.result)
    return refusal_page(request, patient, form, sent.status)


@require_POST
@requires(Permission.SEE_PATIENTS)
@with_patient_closed_or_not
def emergency_access_end(request: ClinicRequest, patient: Patient) -> HttpResponse:
    end = partial(actions.end_emergency_access, access=access_in(request, patient), **request.stamp)
    return press(request, end, done="Your emergency access was ended.", to="patients:index")


@require_safe
@requires(Permission.MANAGE_CLINIC)
def emergency_accesses(request: ClinicRequest) -> HttpResponse:
    rows = rows_for(request.user)
    ids = list(dict.fromkeys(row.access.patient_id.hex for row in rows))
    record("emergency_accesses.shown", **request.stamp, details={"patients": ids})
    return render(request, "patients/emergency_accesses.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@taken_once
@with_access
def emergency_access_review(request: ClinicRequest, access: EmergencyAccess) -> HttpResponse:
    form = ReviewForm(bound_data(request))
    review = partial(actions.review_emergency_access, access=access, **request.stamp)
    if submit(request, form, lambda: review(**form.cleaned_data)).is_done:
        return saved(request, "The review was recorded.", "patients:emergency_accesses")
    record("emergency_accesses.shown", **request.stamp, details={"patients": [access.patient_id.hex]})
    context = {"form": form, "row": row_of(access, request.user)}
    return render(request, "patients/emergency_access_review.html", context)
