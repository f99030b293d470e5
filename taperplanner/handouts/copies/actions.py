"""Printing a copy, and recording its outcome."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Final

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.patients.actions import CannotSavePaperPreferences, save_paper_preferences
from taperplanner.patients.models import Patient
from taperplanner.releases import THIS_RELEASE
from taperplanner.saving import Refused, next_number
from taperplanner.tapers.models import Plan

from ..models import CopyOutcome, FurtherVersion, Outcome, PaperFile, PrintChoice, PrintedHandout
from ..paper.codes import new_code
from ..paper.layouts import Choice
from ..printing.job import Job
from ..printing.may_print import CannotPrint
from ..printing.render import SetPaper
from .validity import validity_of

CHANGED: Final = "The plan or the patient's record was changed while this paper was being made. Look at the preview, and print again."


@audited_transaction()
def print_handout(
    *, job: Job, paper: SetPaper | None, by: User, at: datetime, keep: bool = False
) -> PrintedHandout:
    """Write down one copy, with the file that was set for it, and remember the layout for the user.

    `paper`: none where the browser prints. Refused where the record no longer says what the paper says.
    `keep`: the language and the letters are the patient's from now on; nothing else changes them.
    Raises: CannotPrint, Tampered.
    """
    if keep:
        _keep(job.patient, job.choice, by=by, at=at)
    # Two who print at once take turns, and so do a print and a signature.
    plans = Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic")
    now = job.again(plans)
    if now.obstacles:
        raise CannotPrint(now.why_not)
    if paper and now.fingerprint() != paper.fingerprint:
        raise CannotPrint(CHANGED)
    copy = _copy_of(job, paper.code if paper else new_code(), by=by, at=at)
    details = {name: getattr(job.choice, name).value for name in ("layout", "size", "language")}
    if paper:
        details["sha256"] = _store(copy, paper).sha256
    _remember(by, copy.layout)
    patient_id, subject = job.patient.pk, copy.full_name
    record("handout.printed", by=by, at=at, patient_id=patient_id, subject=subject, details=details)
    return copy


def _copy_of(job: Job, code: str, *, by: User, at: datetime) -> PrintedHandout:
    """What stands on it beside its first version is written before it."""
    choice = job.choice
    copy = PrintedHandout(
        version=job.version,
        number=next_number(job.version.copies.all()),
        code=code,
        layout=choice.layout.value,
        size=choice.size.value,
        language=choice.language.value,
        fill_days=choice.fill_days,
        sheet=job.sheet,
        printed_by=by,
        printed_by_name=by.full_title,
        printed_at=at,
        release=THIS_RELEASE,
    )
    copy.further_versions = job.further_versions
    if copy.is_joint:
        FurtherVersion.objects.bulk_create(
            FurtherVersion(copy_id=copy.pk, version=version, position=position)
            for position, version in enumerate(copy.further_versions, 1)
        )
    copy.save(force_insert=True)
    return copy


def _store(copy: PrintedHandout, paper: SetPaper) -> PaperFile:
    return PaperFile.objects.create(
        copy=copy,
        pdf=paper.pdf,
        sha256=sha256(paper.pdf).hexdigest(),
        pages=paper.pages,
        fingerprint=paper.fingerprint,
    )


def _remember(user: User, layout: str) -> None:
    choices = [PrintChoice(user=user, layout=layout)]
    PrintChoice.objects.bulk_create(
        choices, update_conflicts=True, unique_fields=["user"], update_fields=["layout"]
    )


def _keep(patient: Patient, choice: Choice, *, by: User, at: datetime) -> None:
    language, size = choice.language.value, choice.size.value
    try:
        save_paper_preferences(patient=patient, language=language, letter_size=size, by=by, at=at)
    except CannotSavePaperPreferences as refusal:
        raise CannotPrint(str(refusal)) from refusal


class CannotRecordOutcome(Refused):
    """The message says why, for the page."""


@audited_transaction()
def record_outcome(*, copy: PrintedHandout, outcome: Outcome, by: User, at: datetime) -> CopyOutcome:
    """Refused while the copy is still valid; otherwise it would be missing from the recall list later.

    `copy.version.plan.patient.clinic` must be at hand. Raises: CannotRecordOutcome.
    """
    Plan.objects.select_for_update().get(pk=copy.version.plan_id)
    validity = validity_of(copy, copy.version.plan.patient.clinic.day_of(at))
    if validity.is_right:
        raise CannotRecordOutcome("This copy may still be followed, so there is nothing to collect yet.")
    recorded = CopyOutcome.objects.create(
        copy=copy, outcome=outcome, said_by=by, said_by_name=by.full_title, said_at=at
    )
    record(
        "handout.outcome_said",
        by=by,
        at=at,
        patient_id=copy.version.plan.patient_id,
        subject=copy.full_name,
        details={"outcome": outcome.value},
    )
    return recorded


@audited_transaction()
def report_altered_file(*, copy: PrintedHandout, by: User, at: datetime) -> None:
    """Somebody met a file whose bytes are no longer those that were printed."""
    patient_id = copy.version.plan.patient_id
    record("handout.file_altered", by=by, at=at, patient_id=patient_id, subject=copy.full_name)
