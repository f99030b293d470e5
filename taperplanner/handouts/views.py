"""The paper on screen, ready for the browser to print."""

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
from taperplanner.days import in_words, without_weekday
from taperplanner.patients.models import Patient
from taperplanner.patients.page import clinic_today, patient_page
from taperplanner.tapers.chain import replaced_by
from taperplanner.tapers.checking import check
from taperplanner.tapers.decorators import with_draft, with_version
from taperplanner.tapers.models import Draft, Version, VersionCheck
from taperplanner.tapers.names import printed_name
from taperplanner.tapers.signed import SignedContent, load
from taperplanner.tapers.typed import from_json

from .handout import DRAFT, Handout, Identity, Mark, Signature, make_handout, moment_in_words
from .reviewed import texts_that_stop_printing


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_version
def handout(request: ClinicRequest, version: Version) -> HttpResponse:
    content = load(version)
    check = version.checks.oldest_first().last()
    if request.clinic.requires_check and not (check and check.agrees):
        context = {"plan": version.plan, "version": version}
        return patient_page(request, version.plan.patient, "handouts/unchecked.html", context, status=409)
    paper = make_handout(
        schedule=content.schedule,
        identity=_identity(request, version.plan.patient),
        drug_name=content.drug_name,
        signature=_signature(request, content, check if check and check.agrees else None),
        mark=_mark(version),
        printed_at=timezone.localtime(),
    )
    if awaiting := texts_that_stop_printing(request.clinic, paper.texts, today=clinic_today(request)):
        unreviewed = {"version": version, "awaiting": awaiting}
        return patient_page(request, version.plan.patient, "handouts/unreviewed.html", unreviewed, status=409)
    return _page(request, paper, "handouts/handout.html", version.get_absolute_url())


@require_safe
@requires(Permission.EDIT_DRAFT)
@with_draft
def draft_preview(request: ClinicRequest, draft: Draft) -> HttpResponse:
    plan = draft.plan
    back = reverse("tapers:draft_edit", args=[plan.patient_id, plan.number])
    checked = check(plan, from_json(draft.content), today=clinic_today(request))
    schedule = checked.reading.schedule()
    if schedule is None or checked.blockers:
        messages.info(request, "The handout can be previewed once nothing is left to do before signing.")
        return redirect(back)
    paper = make_handout(
        schedule=schedule,
        identity=_identity(request, plan.patient),
        drug_name=printed_name(plan.drug),
        signature=None,
        mark=DRAFT,
        printed_at=timezone.localtime(),
    )
    return _page(request, paper, "handouts/draft_preview.html", back)


def _page(request: ClinicRequest, paper: Handout, template: str, back: str) -> HttpResponse:
    context = {"paper": paper, "who": paper.identity, "back": back, "paper_size": request.clinic.paper_size}
    return render(request, template, context)


def _mark(version: Version) -> Mark | None:
    """A paper that must not be followed says so across every page."""
    plan = version.plan
    if not plan.is_open:
        state = plan.get_state_display()
        return Mark(
            "ENDED", f"This plan has ended ({state.lower()}). Do not follow this paper. Ask the clinic."
        )
    replaced = replaced_by(version, plan.versions.all())
    if replaced is None:
        return None
    newer, day = replaced
    if day <= version.first_day:
        sentence = f"Replaced by version {newer.number} before it began. Do not follow this paper."
    else:
        sentence = f"Replaced by version {newer.number} from {in_words(day)} on. Do not follow this paper from that day."
    return Mark("REPLACED", f"{sentence} Ask the clinic for the new one.")


def _signature(request: ClinicRequest, content: SignedContent, check: VersionCheck | None) -> Signature:
    replaces = ""
    if content.replaces:
        day = in_words(content.schedule.first_day)
        replaces = f"Replaces version {content.replaces} from {day} on. Throw older papers away after that."
    signed_on = without_weekday(request.clinic.day_of(content.signed_at))
    checked = (
        f"Checked by {check.checked_by_name} on {moment_in_words(timezone.localtime(check.checked_at))}."
        if check
        else ""
    )
    return Signature(content.number, content.signed_by_name, signed_on, replaces, checked)


def _identity(request: ClinicRequest, patient: Patient) -> Identity:
    clinic = request.clinic
    return Identity(
        patient_name=patient.full_name,
        preferred_name=patient.preferred_name,
        date_of_birth=without_weekday(patient.date_of_birth),
        mrn=patient.mrn,
        clinic_name=clinic.name,
        clinic_address=clinic.address,
        clinic_phone=clinic.phone,
        after_hours_phone=clinic.after_hours_phone,
    )
