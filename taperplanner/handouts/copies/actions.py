"""Printing a copy, and saying what became of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from taperplanner.accounts.models import User
from taperplanner.audit.log import record
from taperplanner.patients.actions import CannotKeepHowTheyRead, keep_how_they_read
from taperplanner.patients.models import Patient
from taperplanner.saving import Refused, next_number
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.signed import load

from ..models import CopyOutcome, Outcome, PrintChoice, PrintedHandout
from ..paper.codes import new_code
from ..paper.layouts import Choice
from ..printing.may_print import why_not_printed
from .validity import Kind, standing_of


class CannotPrint(Refused):
    """The message says why, for the page."""


@transaction.atomic
def print_handout(
    *, version: Version, choice: Choice, by: User, at: datetime, keep: bool = False
) -> PrintedHandout:
    """Make one copy known, and remember the layout for the user.

    `keep`: the language and the letters are the patient's from now on; nothing else changes them.
    `version.plan.patient.clinic` must be at hand. Raises: CannotPrint, Tampered.
    """
    if keep:
        _keep(version.plan.patient, choice, by=by, at=at)
    # Two who print at once take turns, and so do a print and a signature.
    plan = Plan.objects.select_for_update().get(pk=version.plan_id)
    clinic = version.plan.patient.clinic
    if reasons := why_not_printed(version, load(version), choice.language, clinic.day_of(at)):
        raise CannotPrint(" ".join(reasons))
    copy = PrintedHandout.objects.create(
        version=version,
        number=next_number(version.copies.all()),
        code=new_code(),
        layout=choice.layout.value,
        size=choice.size.value,
        language=choice.language.value,
        fill_days=choice.fill_days,
        sheet=clinic.paper_size,
        printed_by=by,
        printed_by_name=by.full_title,
        printed_at=at,
    )
    PrintChoice.objects.update_or_create(
        user=by,
        defaults={"layout": choice.layout.value},
    )
    record(
        "handout.printed",
        by=by,
        at=at,
        patient_id=plan.patient_id,
        subject=f"{plan}, {version}, {copy}",
        details={
            "layout": choice.layout.value,
            "size": choice.size.value,
            "language": choice.language.value,
        },
    )
    return copy


def _keep(patient: Patient, choice: Choice, *, by: User, at: datetime) -> None:
    language, size = choice.language.value, choice.size.value
    try:
        keep_how_they_read(patient=patient, language=language, letter_size=size, by=by, at=at)
    except CannotKeepHowTheyRead as refusal:
        raise CannotPrint(str(refusal)) from refusal


class CannotSayOutcome(Refused):
    """The message says why, for the page."""


@transaction.atomic
def say_outcome(*, copy: PrintedHandout, outcome: Outcome, by: User, at: datetime) -> CopyOutcome:
    """Only of a copy that must come back: one marked as collected while it was right would never be called back.

    `copy.version.plan.patient.clinic` must be at hand. Raises: CannotSayOutcome.
    """
    Plan.objects.select_for_update().get(pk=copy.version.plan_id)
    standing = standing_of(copy, copy.version.plan.patient.clinic.day_of(at))
    if standing.kind in {Kind.CURRENT, Kind.NOT_YET}:
        raise CannotSayOutcome("This copy may still be followed, so there is nothing to collect yet.")
    said = CopyOutcome.objects.create(
        copy=copy, outcome=outcome, said_by=by, said_by_name=by.full_title, said_at=at
    )
    version = copy.version
    record(
        "handout.outcome_said",
        by=by,
        at=at,
        patient_id=version.plan.patient_id,
        subject=f"{version.plan}, {version}, {copy}",
        details={"outcome": outcome.value},
    )
    return said
