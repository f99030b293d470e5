"""The paper on screen before it is printed: marked on every page, so that it is no copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.guidance.patient_texts import Language
from taperplanner.tapers.decorators import with_draft, with_version
from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.drug_names import printed_name
from taperplanner.tapers.models import Draft, Plan, Version
from taperplanner.tapers.page import beside_plan
from taperplanner.tapers.schedule.schedule import Schedule

from ...paper.content import DRAFT, Handout, make_handout
from ...paper.language import Translator
from ...printing.job import PrintJob
from ...printing.signed_paper import identity_of
from ..decorators import requires_printable


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_version
@requires_printable
def handout(request: ClinicRequest, job: PrintJob) -> HttpResponse:
    context = page_context(request, job.paper(), job.version.plan, job.version)
    return render(request, "handouts/handout.html", context)


@require_safe
@requires(Permission.EDIT_DRAFT)
@with_draft
def draft_preview(request: ClinicRequest, draft: Draft) -> HttpResponse:
    plan = draft.plan
    back = reverse("tapers:draft_edit", args=[plan.patient_id, plan.number])
    checked = check_draft(plan, from_json(draft.content), today=request.today)
    schedule = checked.parsed.schedule()
    if schedule is None or checked.blockers:
        messages.info(request, "The handout can be previewed once nothing is left to do before signing.")
        return redirect(back)
    context = page_context(request, _draft_paper(request, plan, schedule), plan)
    return render(request, "handouts/draft_preview.html", {**context, "back": back})


def _draft_paper(request: ClinicRequest, plan: Plan, schedule: Schedule) -> Handout:
    return make_handout(
        schedule=schedule,
        identity=identity_of(plan.patient, request.clinic, Translator(Language.ENGLISH)),
        drug_name=printed_name(plan.drug),
        signature=None,
        mark=DRAFT,
        printed_at=request.now.astimezone(request.clinic.zone),
    )


def page_context(
    request: ClinicRequest, paper: Handout, plan: Plan, version: Version | None = None
) -> dict[str, object]:
    """What `handouts/paper.html` takes."""
    return {
        "paper": paper,
        "who": paper.identity,
        "version": version,
        "paper_size": request.clinic.paper_size,
        "plan": plan,
        "patient": plan.patient,
        "beside": beside_plan(request, plan, is_folded=True),
    }
