"""The paper on screen before it is printed: marked on every page, so that it is no copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.guidance.patient_texts import Language
from taperplanner.tapers.checking import check
from taperplanner.tapers.decorators import with_draft, with_version
from taperplanner.tapers.models import Draft, Version
from taperplanner.tapers.names import printed_name
from taperplanner.tapers.signed import load
from taperplanner.tapers.typed import from_json

from ...paper.content import DRAFT, Handout, make_handout
from ...paper.language import Say
from ...printing.from_version import identity_of, paper_of
from ..decorators import once_checked


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_version
@once_checked
def handout(request: ClinicRequest, version: Version) -> HttpResponse:
    paper = paper_of(version, load(version), clinic=request.clinic, at=request.now)
    return render(request, "handouts/handout.html", page_context(request, paper, version))


@require_safe
@requires(Permission.EDIT_DRAFT)
@with_draft
def draft_preview(request: ClinicRequest, draft: Draft) -> HttpResponse:
    plan = draft.plan
    back = reverse("tapers:draft_edit", args=[plan.patient_id, plan.number])
    checked = check(plan, from_json(draft.content), today=request.today)
    schedule = checked.reading.schedule()
    if schedule is None or checked.blockers:
        messages.info(request, "The handout can be previewed once nothing is left to do before signing.")
        return redirect(back)
    paper = make_handout(
        schedule=schedule,
        identity=identity_of(plan.patient, request.clinic, Say(Language.ENGLISH)),
        drug_name=printed_name(plan.drug),
        signature=None,
        mark=DRAFT,
        printed_at=timezone.localtime(),
    )
    return render(request, "handouts/draft_preview.html", {**page_context(request, paper), "back": back})


def page_context(request: ClinicRequest, paper: Handout, version: Version | None = None) -> dict[str, object]:
    """What `handouts/paper.html` takes."""
    return {
        "paper": paper,
        "who": paper.identity,
        "version": version,
        "paper_size": request.clinic.paper_size,
    }
