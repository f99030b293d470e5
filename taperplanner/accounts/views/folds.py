"""What somebody folds on a page is kept for them."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.http import require_POST

from taperplanner.foldable import Foldable

from ..http import ClinicRequest


@require_POST
def fold(request: ClinicRequest) -> HttpResponse:
    """For a script, which draws nothing of the answer."""
    panel = request.POST.get("panel", "")
    if panel not in {*Foldable}:
        return HttpResponseBadRequest("No panel has this name.", content_type="text/plain; charset=utf-8")
    request.user.fold(Foldable(panel), is_folded=bool(request.POST.get("is_folded")))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
