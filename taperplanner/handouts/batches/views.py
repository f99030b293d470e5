"""Handouts of many patients in one file: chosen, made while one watches, and who was left out and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import Addressed, requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.views import record_shown
from taperplanner.tapers.models import Plan
from taperplanner.tapers.signed import Tampered
from taperplanner.typesetting import CannotTypeset

from ..copies.forms import BatchForm, DayForm, remembered
from ..models import ItemState, PrintBatch, copies_of
from ..paper.day_by_day import CannotLayOut
from ..paper.layouts import Layout
from ..printing.files import file_of_copies, held_back
from . import actions
from .picking import Pick, offered, picked, unfinished

View = Callable[[ClinicRequest, PrintBatch], HttpResponse]


def with_batch(view: View) -> Addressed:
    @wraps(view)
    def found(request: ClinicRequest, batch_id: UUID) -> HttpResponse:
        return view(request, get_object_or_404(request.clinic.print_batches, pk=batch_id))

    return found


@require_http_methods(["GET", "POST"])
@requires(Permission.PRINT_HANDOUT)
@taken_once
def batch_add(request: ClinicRequest) -> HttpResponse:
    """A GET offers whose step changes on a day; a POST holds the plans that were picked, here or elsewhere."""
    sent, refusal = request.POST, ""
    day = DayForm(sent if "day" in sent else request.GET or None)
    ticked = picked(request.clinic, sent.getlist("plan"))
    picks = offered(request.clinic, day.chosen(), sent.getlist("offered") + sent.getlist("plan"))
    form = BatchForm(sent if "layout" in sent else None, initial={"layout": remembered(request.user).value})
    if form.is_valid():
        try:
            return redirect(_started(request, form, ticked, day.chosen()))
        except actions.CannotStartBatch as problem:
            refusal = str(problem)
    _shown(request, [pick.plan for pick in picks])
    context = {
        "day": day,
        "form": form,
        "picks": picks,
        "ticked": {pick.plan.pk for pick in (ticked if sent else picks)},
        "refusal": refusal,
        "unfinished": unfinished(request.clinic, request.user),
    }
    return render(request, "handouts/batch_add.html", context)


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_batch
def batch(request: ClinicRequest, batch: PrintBatch) -> HttpResponse:
    return render(request, "handouts/batch.html", _progress(request, batch))


@require_POST
@requires(Permission.PRINT_HANDOUT)
@with_batch
def batch_next(request: ClinicRequest, batch: PrintBatch) -> HttpResponse:
    """The next few. The page asks again by itself until none is left; without a script, by its button."""
    actions.print_next(batch=batch, by=request.user, at=request.now)
    if not request.htmx:
        return redirect(batch)
    return render(request, "handouts/_batch.html", _progress(request, batch))


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_batch
def batch_pdf(request: ClinicRequest, batch: PrintBatch) -> HttpResponse:
    every = list(copies_of(request.clinic).of_batch(batch))
    held = held_back(every, request.now)
    copies = [copy for copy in every if copy.pk not in held]
    if not copies:
        if every:
            messages.error(request, "Nothing of this batch may be printed any more. The reasons stand below.")
        else:
            messages.info(request, "Nothing of this batch is printed yet.")
        return redirect(batch)
    try:
        content = file_of_copies(copies, request)
    except (CannotTypeset, CannotLayOut, Tampered):
        messages.error(
            request, "One of these papers can no longer be printed. Open each patient's plan instead."
        )
        return redirect(batch)
    record_shown(request, [copy.version.plan.patient_id.hex for copy in copies])
    name = f'inline; filename="handouts-{batch.made_at:%Y-%m-%d}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


def _started(request: ClinicRequest, form: BatchForm, picks: list[Pick], for_day: date | None) -> PrintBatch:
    return actions.start_batch(
        clinic=request.clinic,
        plans=[pick.plan for pick in picks],
        for_day=for_day,
        layout=Layout(form.cleaned_data["layout"]),
        by=request.user,
        at=request.now,
    )


def _progress(request: ClinicRequest, batch: PrintBatch) -> dict[str, Any]:
    items = list(batch.items.in_order().select_related("plan__patient", "copy"))
    printed = [item for item in items if item.state == ItemState.PRINTED]
    refused = [item for item in items if item.state == ItemState.REFUSED]
    done = len(printed) + len(refused)
    _shown(request, [item.plan for item in printed + refused])
    is_done = done == len(items)
    held = held_back(copies_of(request.clinic).of_batch(batch), request.now) if is_done else {}
    return {
        "batch": batch,
        "total": len(items),
        "done": done,
        "printed": [(item, held.get(item.copy_id, "") if item.copy_id else "") for item in printed],
        "in_file": len(printed) - len(held),
        "refused": refused,
        "is_done": is_done,
    }


def _shown(request: ClinicRequest, plans: list[Plan]) -> None:
    if plans:
        record_shown(request, [plan.patient_id.hex for plan in plans])
