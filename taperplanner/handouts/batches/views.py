"""Handouts of many patients in one file: chosen, made while one watches, and who was left out and why."""

from __future__ import annotations

from collections.abc import Callable
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
from taperplanner.patients.restricted.rule import open_to
from taperplanner.patients.views import record_shown
from taperplanner.saving import submit
from taperplanner.tapers.models import Plan

from ..copies.files import no_longer_printable
from ..models import ItemState, PrintBatch
from ..paper.layouts import Layout
from ..printing.presets import remembered
from ..printing.render import address_of
from . import actions
from .file import NoFile, batch_file, jobs_of
from .forms import BatchForm, DayForm
from .picking import offered, picked, unfinished
from .printing import print_next

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
    offer = Offer(request)
    if request.method == "POST":
        sent = submit(request, offer.form, lambda: _started(request, offer))
        if sent.result is not None:
            return redirect(sent.result)
    _record_shown(request, [pick.plan for pick in offer.picks])
    return render(request, "handouts/batch_add.html", offer.context)


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
    done = print_next(batch=batch, address_of=address_of(request), **request.stamp)
    if not request.htmx:
        return redirect(batch)
    return render(request, "handouts/_batch.html", {**_progress(request, batch), "others_print": not done})


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_batch
def batch_pdf(request: ClinicRequest, batch: PrintBatch) -> HttpResponse:
    """One file of all that may still be printed."""
    try:
        copies, content = batch_file(batch, request.user, request.today, address_of(request))
    except NoFile as problem:
        messages.error(request, str(problem))
        return redirect(batch)
    _record_shown(request, [copy.version.plan for copy in copies])
    name = f'inline; filename="handouts-{batch.made_at:%Y-%m-%d}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


class Offer:
    """Who may be picked for a batch, and who is: what the page that starts one shows and sends."""

    def __init__(self, request: ClinicRequest) -> None:
        sent = request.POST
        self.day = DayForm(sent if "day" in sent else request.GET or None)
        self.ticked = picked(request.user, sent.getlist("plan"))
        self.picks = offered(request.user, self.day.chosen(), sent.getlist("offered") + sent.getlist("plan"))
        self.form = BatchForm(
            sent if "layout" in sent else None, initial={"layout": remembered(request.user).value}
        )
        ticked = self.ticked if sent else self.picks
        self.context = {
            "day": self.day,
            "form": self.form,
            "picks": self.picks,
            "ticked": {pick.plan.pk for pick in ticked},
            "unfinished": unfinished(request.clinic, request.user),
        }


def _started(request: ClinicRequest, offer: Offer) -> PrintBatch:
    return actions.start_batch(
        clinic=request.clinic,
        plans=[pick.plan for pick in offer.ticked],
        for_day=offer.day.chosen(),
        layout=Layout(offer.form.cleaned_data["layout"]),
        **request.stamp,
    )


def _progress(request: ClinicRequest, batch: PrintBatch) -> dict[str, Any]:
    every = batch.items.in_order()
    items = list(
        open_to(every, request.user, patient="plan__patient").select_related("plan__patient", "copy")
    )
    closed = every.count() - len(items)
    printed = [item for item in items if item.state == ItemState.PRINTED]
    refused = [item for item in items if item.state == ItemState.REFUSED]
    done = len(printed) + len(refused)
    _record_shown(request, [item.plan for item in printed + refused])
    is_done = done == len(items)
    left_out = no_longer_printable(jobs_of(batch, request.user, request.today)) if is_done else {}
    return {
        "batch": batch,
        "total": len(items),
        "done": done,
        "printed": [(item, left_out.get(item.copy_id, "") if item.copy_id else "") for item in printed],
        "in_file": len(printed) - len(left_out),
        "refused": refused,
        "closed": closed,
        "is_done": is_done,
    }


def _record_shown(request: ClinicRequest, plans: list[Plan]) -> None:
    if plans:
        record_shown(request, [plan.patient_id.hex for plan in plans])
