"""The registry as a page and as a file. Both leave one event that says of which days, and whether with names."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.audit.log import record
from taperplanner.csv_files import csv_answer
from taperplanner.patients.restricted.rule import closed_to

from .forms import RegistryForm
from .reading import PlanLine, plans_in
from .reviews import review_counts
from .table import table_of, totals_of

MOST_ROWS = 200  # on the page; the file holds them all


@require_safe
@requires(Permission.SEE_REGISTRY)
def registry(request: ClinicRequest) -> HttpResponse:
    form = RegistryForm(request.GET or None)
    context = {"form": form, **(_found(request, form) if form.is_valid() else {})}
    return render(request, "registry/registry.html", context)


@require_safe
@requires(Permission.SEE_REGISTRY)
def registry_file(request: ClinicRequest) -> HttpResponse:
    """Without days that make sense, back to the page, which says so."""
    form = RegistryForm(request.GET or None)
    if not form.is_valid():
        return redirect(f"{reverse('registry:registry')}?{request.GET.urlencode()}")
    plans = plans_in(request.clinic, form.days)
    _record(request, "registry.exported", form, plans)
    name = f"registry-{form.days.first_day}-to-{form.days.last_day}"
    return csv_answer(_table(request, form, plans), name=name)


def _found(request: ClinicRequest, form: RegistryForm) -> dict[str, object]:
    """Of a valid form: the counts, and as many rows as the page shows."""
    plans = plans_in(request.clinic, form.days)
    shown = plans[:MOST_ROWS]
    head, *rows = _table(request, form, shown)
    _record(request, "registry.shown", form, shown)
    return {
        "totals": totals_of(plans, form.days),
        "reviews": review_counts(request.clinic, request.today),
        "head": head,
        "rows": [list(zip(head, row, strict=True)) for row in rows],
        "more": len(plans) - len(rows),
        "file": f"{reverse('registry:registry_file')}?{request.GET.urlencode()}",
    }


def _table(request: ClinicRequest, form: RegistryForm, plans: list[PlanLine]) -> list[list[str]]:
    """Plans of closed records are counted, and not named."""
    return table_of(plans, with_names=form.with_names, closed=_closed(request))


def _closed(request: ClinicRequest) -> set[UUID]:
    return set(closed_to(request.user).values_list("pk", flat=True))


def _record(request: ClinicRequest, action: str, form: RegistryForm, plans: list[PlanLine]) -> None:
    details: dict[str, object] = {
        "first_day": form.days.first_day.isoformat(),
        "last_day": form.days.last_day.isoformat(),
        "plans": len(plans),
    }
    if form.with_names:
        closed = _closed(request)
        named = (line.plan.patient_id for line in plans if line.plan.patient_id not in closed)
        details["patients"] = list(dict.fromkeys(patient_id.hex for patient_id in named))
    record(action, details=details, **request.stamp)
