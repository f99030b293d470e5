"""A flag is written on a page of the patient; “Seen” and “Done” are pressed there, on the page of all their flags, and
on the worklist."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.decorators import unless_archived, with_patient
from taperplanner.patients.models import Patient
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, press, saved, submit

from .actions import finish_flag, see_flag, write_flag
from .decorators import with_flag
from .forms import FlagForm
from .lines import flags_page
from .models import Flag
from .readers import colleagues_of

WRITTEN: Final = "The flag for {name} was written. It stands on their list until it is done."
SEEN: Final = "The flag is marked as seen. It stays on your list until you press “Done”."
DONE: Final = "The flag is done. It stays readable among the patient’s flags."

# Of the address of a page: which part of it somebody was at.
OF_ALL: Final = ("page",)
OF_WORKLIST: Final = ("provider", "only", "after")


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_patient
def flags(request: ClinicRequest, patient: Patient) -> HttpResponse:
    page = flags_page(request, patient)
    back = f"?from=flags&page={page.number}"
    return patient_page(request, patient, "flags/flags.html", {"page": page, "back": back})


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_PATIENTS)
@taken_once
@with_patient
@unless_archived
def flag_add(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = FlagForm(bound_data(request), colleagues=colleagues_of(patient, request.user, request.today))
    write = partial(write_flag, patient=patient, **request.stamp)
    sent = submit(
        request,
        form,
        lambda: write(to=form.chosen, sentence=form.cleaned_data["sentence"]),
        refused_at="to",
    )
    if sent.result:
        return saved(request, WRITTEN.format(name=sent.result.for_name), patient)
    return patient_page(request, patient, "flags/flag_add.html", sent.context)


@require_POST
@requires(Permission.SEE_PATIENTS)
@with_flag
def flag_seen(request: ClinicRequest, flag: Flag) -> HttpResponse:
    return press(request, partial(see_flag, flag=flag, **request.stamp), done=SEEN, to=_back(request, flag))


@require_POST
@requires(Permission.SEE_PATIENTS)
@with_flag
def flag_done(request: ClinicRequest, flag: Flag) -> HttpResponse:
    return press(
        request, partial(finish_flag, flag=flag, **request.stamp), done=DONE, to=_back(request, flag)
    )


def _back(request: ClinicRequest, flag: Flag) -> Any:
    """To the page on which it was pressed, and the part of it."""
    part_of = {"flags": OF_ALL, "worklist": OF_WORKLIST}.get(request.GET.get("from", ""))
    if part_of is None:
        return flag.patient
    to = reverse("flags:flags", args=[flag.patient_id]) if part_of == OF_ALL else settings.LOGIN_REDIRECT_URL
    part = urlencode({name: request.GET[name] for name in part_of if request.GET.get(name)})
    return f"{to}{part and '?'}{part}"
