"""The page of a draft of more steps than a schedule may have: what was typed, as text, to be copied; no table of cells."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse

from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import repeatable
from taperplanner.patients.page import patient_page
from taperplanner.saving import note_refusal

from ..draft.too_many import TooManySteps, as_sheet
from ..draft.typed import TypedDraft
from ..models import Draft

_NOT_TYPED: Final = frozenset({"do", "revision"})


def too_many_to_save(request: ClinicRequest, draft: Draft, refusal: TooManySteps) -> HttpResponse:
    """Nothing is saved; a page that saves by itself keeps what is in its cells, and says why."""
    note_refusal(request, refusal)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if request.htmx:
        text = f"Not saved: {refusal}"
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
    others = [
        value
        for name, value in repeatable(request)
        if value and name not in _NOT_TYPED and not name.startswith("steps-")
    ]
    return _page(request, draft, refusal.typed, {"refusal": refusal, "others": others}, status)


def too_many_to_show(request: ClinicRequest, draft: Draft, typed: TypedDraft) -> HttpResponse:
    """A draft that was saved before its size was looked at."""
    others = [typed.first_day, typed.explanation]
    return _page(request, draft, typed, {"others": list(filter(None, others))}, HTTPStatus.OK)


def _page(
    request: ClinicRequest, draft: Draft, typed: TypedDraft, context: dict[str, Any], status: HTTPStatus
) -> HttpResponse:
    stands = {"plan": draft.plan, "sheet": as_sheet(typed), "steps": len(typed.steps), **context}
    return patient_page(request, draft.plan.patient, "tapers/too_many_steps.html", stands, status=status)
