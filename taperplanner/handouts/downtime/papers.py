"""A clinic's current papers, to read from while Taper Planner cannot be reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from taperplanner.accounts.models import Clinic
from taperplanner.guidance.patient_texts import Language
from taperplanner.tapers.models import Version
from taperplanner.tapers.schedule.chain import spans
from taperplanner.tapers.signed.content import Tampered
from taperplanner.typesetting import CannotTypeset

from ..batches.picking import open_plans
from ..paper.content import Mark
from ..paper.data import PaperData
from ..paper.day_by_day import CannotLayOut
from ..paper.language import Translator, moment_in_words
from ..printing.job import PrintJob
from ..printing.render import pdf_of


@dataclass(frozen=True, slots=True)
class DownTimePapers:
    """`content`: one PDF of these versions' schedules. `refused`: a sentence for each that is not in it.

    `restricted`: of restricted records, which lie in a file of their own, for those who treat them.
    """

    versions: tuple[Version, ...]
    content: bytes
    refused: tuple[str, ...]
    restricted: bool = False


def down_time_papers(clinic: Clinic, at: datetime, *, restricted: bool = False) -> DownTimePapers:
    """Of every version that holds today or later, each page marked as no copy to hand out. Of records that are restricted
    now, or of those that are not."""
    versions, papers, refused = [], [], []
    for version in _that_hold(clinic, at, restricted=restricted):
        try:
            paper = _paper(version, clinic, at)
            pdf_of([paper])  # one that cannot be set must not keep the others away
        except (CannotLayOut, CannotTypeset) as problem:
            refused.append(f"{_name(version)}: {problem}")
        except Tampered:
            refused.append(f"{_name(version)}: what is stored is not what was signed.")
        else:
            versions.append(version)
            papers.append(paper)
    content = pdf_of(papers) if papers else b""
    return DownTimePapers(tuple(versions), content, tuple(refused), restricted)


def _that_hold(clinic: Clinic, at: datetime, *, restricted: bool) -> Iterator[Version]:
    """By the patients' names; also the version that holds until a newer one begins."""
    today = clinic.day_of(at)
    for plan in open_plans(clinic).filter(patient__restriction__isnull=not restricted):
        versions = list(plan.versions.newest_first())
        for version, _, last in spans(versions) if versions else ():
            if last is None or last >= today:
                version.plan = plan
                yield version


def _paper(version: Version, clinic: Clinic, at: datetime) -> PaperData:
    """Whatever else stands in the way of a copy to hand out: this is read when nothing else is there."""
    t, job = Translator(Language.ENGLISH), PrintJob(version, at=at)
    sentence = (
        f"Down-time copy, written on {moment_in_words(at.astimezone(clinic.zone), t)}, for the clinic to read from"
        " while Taper Planner cannot be reached. Not to hand out: a newer version may hold."
    )
    if version.plan.patient.restriction_id:
        sentence = f"Restricted record: for those who treat this patient, and nobody else. {sentence}"
    if away := " ".join(job.whereabouts.why_no_paper(version.plan_id, job.versions)):
        sentence = f"{sentence} {away}"
    if (today := job.mark()) is not None:
        sentence = f"{sentence} {today.sentence}"
    return job.data(mark=Mark("DOWN-TIME", sentence))


def _name(version: Version) -> str:
    """Without the patient's name: this goes into a log."""
    return f"patient {version.plan.patient_id}, {version.plan}, {version}"
