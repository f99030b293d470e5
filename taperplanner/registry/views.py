"""The registry as a page and as a file. Both leave one event that says of which days, and whether with names."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.audit.log import record

from .forms import RegistryForm
from .reading import PlanLine, lines_of
from .summary import as_csv, summary_of, table_of

MOST_ROWS = 200  # on the page; the file holds them all


@require_safe
@requires(Permission.SEE_REGISTRY)
def registry(request: ClinicRequest) -> HttpResponse:
    form = RegistryForm(request.GET or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        lines = lines_of(request.clinic, form.days)
        head, *rows = table_of(lines[:MOST_ROWS], with_names=form.with_names)
        context |= {
            "summary": summary_of(lines, form.days),
            "head": head,
            "rows": [list(zip(head, row, strict=True)) for row in rows],
            "more": len(lines) - len(rows),
            "file": f"{reverse('registry:registry_file')}?{request.GET.urlencode()}",
        }
        _record(request, "registry.shown", form, lines[:MOST_ROWS])
    return render(request, "registry/registry.html", context)


@require_safe
@requires(Permission.SEE_REGISTRY)
def registry_file(request: ClinicRequest) -> HttpResponse:
    """Without days that make sense, back to the page, which says so."""
    form = RegistryForm(request.GET or None)
    if not form.is_valid():
        return redirect(f"{reverse('registry:registry')}?{request.GET.urlencode()}")
    lines = lines_of(request.clinic, form.days)
    _record(request, "registry.exported", form, lines)
    name = f"registry-{form.days.first_day}-to-{form.days.last_day}.csv"
    # The mark at the front tells a spreadsheet that it is UTF-8.
    return HttpResponse(
        "\N{ZERO WIDTH NO-BREAK SPACE}" + as_csv(table_of(lines, with_names=form.with_names)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _record(request: ClinicRequest, action: str, form: RegistryForm, lines: list[PlanLine]) -> None:
    details: dict[str, object] = {
        "from": form.days.first_day.isoformat(),
        "to": form.days.last_day.isoformat(),
        "plans": len(lines),
    }
    if form.with_names:
        details["patients"] = list(dict.fromkeys(line.plan.patient_id.hex for line in lines))
    record(action, by=request.user, at=request.now, details=details)
