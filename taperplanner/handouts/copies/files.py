"""What whoever opens a printed copy again is given: its file as it was printed, or its pages below what holds today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from taperplanner.tapers.signed.content import Tampered

from ..models import PaperFile, PrintedHandout
from ..paper.content import Handout, Mark
from ..paper.data import PaperData
from ..paper.language import Translator, moment_in_words
from ..printing.job import Job, PrintJob
from ..printing.joint import JointJob
from ..printing.may_print import TAMPERED
from ..printing.render import AddressOf, known_by, pdf_of, refusing, set_file_copy
from .public_answer import answer_of


def job_of(copy: PrintedHandout, today: date) -> Job:
    """The copy as it was printed, looked at today. `copy.version.plan.patient.clinic` must be at hand."""
    jobs = [
        PrintJob(version, copy.choice, at=copy.printed_at, today=today, sheet=copy.sheet)
        for version in copy.versions
    ]
    return JointJob(jobs) if copy.is_joint else jobs[0]


def file_of(copy: PrintedHandout) -> PaperFile | None:
    """None: the browser printed it, or it is from before files were stored."""
    return getattr(copy, "file", None)


def is_as_printed(copy: PrintedHandout, job: Job) -> bool:
    """It was printed today, and nothing that the paper says has changed since."""
    file = file_of(copy)
    return file is not None and file.fingerprint == job.fingerprint()


def pdf_of_copy(copy: PrintedHandout, job: Job, address_of: AddressOf) -> bytes:
    """Raises: AlteredFile, CannotSet, Tampered."""
    file = file_of(copy)
    if file is None:
        return set_again([(copy, job)], address_of)
    if is_as_printed(copy, job):
        return file.content
    return set_file_copy(file.content, mark_today(copy, job), job)


def set_again(copies: Iterable[tuple[PrintedHandout, Job]], address_of: AddressOf) -> bytes:
    """One file of them all. Raises: CannotSet, Tampered."""
    with refusing():
        return pdf_of([data_of_copy(copy, job, address_of) for copy, job in copies])


def page_of_copy(copy: PrintedHandout, job: PrintJob, address_of: AddressOf) -> Handout:
    """For the browser, which prints it on the day on which it was made."""
    is_new = job.clinic.day_of(copy.printed_at) == job.today
    return job.paper(known_by(copy.code, address_of), None if is_new else mark_today(copy, job))


def data_of_copy(copy: PrintedHandout, job: Job, address_of: AddressOf) -> PaperData:
    """Marked, unless it says what was printed today. Raises: Tampered, CannotLayOut."""
    mark = None if is_as_printed(copy, job) else mark_today(copy, job)
    return job.data(known_by(copy.code, address_of), mark)


def mark_today(copy: PrintedHandout, job: Job) -> Mark:
    """What holds of this copy today, for each page of what is only its file copy."""
    t = Translator(job.choice.language)
    moment = moment_in_words(copy.printed_at.astimezone(job.clinic.zone), t)
    if file_of(copy):
        about = t("File copy of what was printed on {moment}.", moment=moment)
    else:
        about = t(
            "File copy, made again: the file that was printed on {moment} was not stored.", moment=moment
        )
    mark = job.mark()
    if mark is not None:
        return Mark(mark.word, f"{about} {mark.sentence}")
    return Mark(t("FILE COPY"), f"{about} {answer_of(copy, job.today).title}.")


def no_longer_printable(jobs: Mapping[UUID, Job]) -> dict[UUID, str]:
    """Why these, of all, may not be printed again, by the copy's key."""
    reasons = {key: _why_not(job) for key, job in jobs.items()}
    return {key: why for key, why in reasons.items() if why}


def _why_not(job: Job) -> str:
    try:
        job.verify()
    except Tampered:
        return TAMPERED
    return job.why_not
