"""The independent check of a version by a second person, before it is printed."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from taperplanner.accounts.client_address import client_address
from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.accounts.signing_rights import why_not_sign
from taperplanner.saving import bound_data, submit

from .. import actions
from ..decorators import with_version
from ..forms.check import CheckForm
from ..models import Version, VersionCheck
from ..page import schedule_page
from ..signed.content import verified_content
from ..signed.second_check import why_not_independent


@require_http_methods(["GET", "POST"])
@requires(Permission.CHECK_VERSION)
@taken_once
@with_version
def version_check(request: ClinicRequest, version: Version) -> HttpResponse:
    if request.method == "GET" and (refusal := _why_not(request, version)):
        messages.error(request, refusal)
        return redirect(version)
    schedule = verified_content(version).schedule
    form = CheckForm(bound_data(request), request=request, version=version, schedule=schedule)
    if options := form.options():
        return options
    sent = submit(request, form, partial(_check, request, version, form))
    return _checked(request, sent.result) if sent.result else _check_page(request, version, form)


def _check_page(request: ClinicRequest, version: Version, form: CheckForm) -> HttpResponse:
    for name in form.refusals():
        why, address = f"wrong {name}", client_address(request)
        actions.refuse_to_check(version=version, why=why, address=address, **request.stamp)
    context = {"version": version, "form": form}
    return schedule_page(request, version.plan, "tapers/version_check.html", context, is_folded=True)


def _why_not(request: ClinicRequest, version: Version) -> str:
    return why_not_sign(request.user, request.now) or why_not_independent(version, request.user)


def _check(request: ClinicRequest, version: Version, form: CheckForm) -> VersionCheck:
    return actions.check_version(
        version=version,
        typed=form.typed(),
        typed_as_needed=form.typed_as_needed(),
        proof=form.proof,
        **request.stamp,
    )


def _checked(request: ClinicRequest, check: VersionCheck) -> HttpResponse:
    if check.agrees:
        messages.success(request, "Every daily dose agrees. The version can be printed.")
    else:
        messages.error(request, "Not every daily dose agrees. The differences are listed below.")
    return redirect(check.version)
