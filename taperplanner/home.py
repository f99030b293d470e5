"""The first page: where each role begins its work. Who sees patients: at the worklist."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from .accounts.http import ClinicRequest
from .accounts.permissions import Permission
from .monitoring.worklist.page import worklist_page


@require_safe
def home(request: ClinicRequest) -> HttpResponse:
    if request.user.may(Permission.SEE_PATIENTS):
        return worklist_page(request)
    return redirect("accounts:users")
