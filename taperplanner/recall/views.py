"""The notices that concern a patient, and what was done about what they concern."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.decorators import with_patient
from taperplanner.patients.models import Patient
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, saved, submit

from .actions import answer_notices
from .forms import AnswerForm
from .items import answer_lines, answered_items, waiting_items
from .notices import notices as of_this_release

SAID: Final = "What was done is recorded."


@require_http_methods(["GET", "POST"])
@requires(Permission.PRINT_HANDOUT)
@with_patient
def notices(request: ClinicRequest, patient: Patient) -> HttpResponse:
    waiting, answered = waiting_items(patient, request.today), answered_items(patient)
    form = AnswerForm(bound_data(request), patient=patient, waiting=waiting, answered=answered)
    answer = partial(answer_notices, patient=patient, **request.stamp)
    sent = submit(request, form, lambda: answer(**form.answer), refused_at="items")
    if sent.result:
        return saved(request, SAID, "recall:notices", patient.pk)
    named = {item.notice for item in [*waiting.values(), *answered.values()]}
    concerning = [notice for notice in of_this_release() if notice.key in named]
    context = sent.context | {"notices": concerning, "answers": answer_lines(patient)}
    return patient_page(request, patient, "recall/notices.html", context)
