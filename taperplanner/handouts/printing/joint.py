"""One paper of all open plans of a patient: set from the jobs of its versions, and refused with any one of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final, Self

from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Plan, PlanQuerySet, Version, versions_by_plan
from taperplanner.tapers.schedule.chain import spans
from taperplanner.tapers.signed.content import Tampered, verified_contents

from ..models import plans_with_a_version
from ..paper.content import Copy, Mark
from ..paper.data import PaperData
from ..paper.joint.data import joint_data
from ..paper.language import Translator
from ..paper.layouts import Choice
from .earlier import joint_first_day
from .job import Job, PrintJob, digest_of
from .may_print import TAMPERED, CannotPrint, Obstacle
from .signed_paper import joint_mark, preview_mark

NOT_SIGNED: Final = (
    "No version of it is signed, so a paper of all plans would leave it out. Sign it, or end the plan."
)
IN_DOUBT: Final = "The newest independent check of it found differences. A provider settles them first."
ONLY_ONE: Final = (
    "This patient has one open plan or none. Print a paper of all plans where there are two or more."
)


class JointJob(Job):
    """`jobs`: of each version, in the order of their plans. Every one is for the same patient, moment and choice."""

    def __init__(self, jobs: Sequence[PrintJob]) -> None:
        first = jobs[0]
        self.jobs = tuple(jobs)
        self.version, self.further_versions = first.version, tuple(job.version for job in jobs[1:])
        self.choice, self.at, self.today, self.sheet = first.choice, first.at, first.today, first.sheet
        self.patient, self.clinic = first.patient, first.clinic

    def verify(self) -> None:
        for job in self.jobs:
            job.verify()

    def chosen(self, choice: Choice) -> Self:
        return type(self)([job.chosen(choice) for job in self.jobs])

    def again(self, plans: PlanQuerySet) -> Self:
        """Of the plans that are open now, whichever they are."""
        open_now = list(plans.open().filter(patient=self.patient.pk).order_by("number"))
        found = joint_paper(open_now, self.choice, at=self.at, day=self.begins)
        if found.job is None:
            raise CannotPrint(found.why_not)
        return type(self)(found.job.jobs)

    @cached_property
    def begins(self) -> date:
        return joint_first_day([(job.version, job.versions) for job in self.jobs], self.at)

    @property
    def days(self) -> list[date]:
        """Those to come on which a version takes over from an older one: another paper can be asked for from each."""
        later = (span for job in self.jobs for span in spans(job.versions)[1:])
        return sorted({first_day for _, first_day, _ in later if first_day > self.today})

    @cached_property
    def obstacles(self) -> tuple[Obstacle, ...]:
        return tuple(_of_all([(job.version.plan, _obstacles_of(job)) for job in self.jobs]))

    def mark(self) -> Mark | None:
        t = Translator(self.choice.language)
        return joint_mark([(job.version.drug_name, job.mark()) for job in self.jobs], t)

    def data(self, copy: Copy | None = None, mark: Mark | None = None) -> PaperData:
        t = Translator(self.choice.language)
        mark = mark or self.mark() or (None if copy else preview_mark(t))
        papers = [(job.paper(copy, mark, self.begins), job.content.schedule) for job in self.jobs]
        printed_on = self.clinic.day_of(self.at)
        return joint_data(papers, self.choice, sheet=self.sheet, printed_on=printed_on)

    def fingerprint(self) -> str:
        on_it = {job.version.plan_id for job in self.jobs}
        beside = {
            "versions": [str(job.version.pk) for job in self.jobs],
            "each": [job.fingerprint() for job in self.jobs],
            "not on it": sorted(map(str, plans_with_a_version({self.patient.pk})[self.patient.pk] - on_it)),
        }
        return digest_of(json.dumps(beside, sort_keys=True))


@dataclass(frozen=True, slots=True)
class JointPaper:
    """What the open plans come to. `job`: None where one of them has nothing that could be printed."""

    job: JointJob | None
    obstacles: tuple[Obstacle, ...]

    @property
    def why_not(self) -> str:
        return " ".join(obstacle.sentence for obstacle in self.obstacles)


def open_plans_of(patient: Patient) -> list[Plan]:
    """By number. `patient.clinic` must be at hand."""
    plans = list(patient.plans.open().order_by("number"))
    for plan in plans:
        plan.patient = patient
    return plans


def are_too_few(plans: Sequence[Plan]) -> bool:
    """One plan has a paper of its own."""
    return len(plans) < 2  # noqa: PLR2004


def joint_paper(
    plans: Sequence[Plan], choice: Choice | None = None, *, at: datetime, day: date | None = None
) -> JointPaper:
    """`plans`: all open ones, with their patient and its clinic. `day`: the version in force on it is printed of each, or
    the first that will be; today's without one."""
    if are_too_few(plans):
        return JointPaper(None, (Obstacle(ONLY_ONE),))
    today = plans[0].patient.clinic.day_of(at)
    versions = versions_by_plan(plans)
    wanted = {plan.pk: _wanted(plan, versions[plan.pk], max(day or today, today)) for plan in plans}
    found = [version for version in wanted.values() if version]
    contents = verified_contents(found)
    jobs: list[PrintJob] = []
    obstacles: list[tuple[Plan, tuple[Obstacle, ...]]] = []
    for plan in plans:
        version = wanted[plan.pk]
        content = contents[version.pk] if version else None
        if version is None or content is None:
            obstacles.append((plan, (Obstacle(TAMPERED if version else NOT_SIGNED),)))
            continue
        job = PrintJob(version, choice, at=at)
        job.content, job.versions = content, versions[plan.pk]
        jobs.append(job)
        obstacles.append((plan, _obstacles_of(job)))
    is_whole = len(jobs) == len(plans)
    return JointPaper(JointJob(jobs) if is_whole else None, tuple(_of_all(obstacles)))


def _wanted(plan: Plan, versions: Sequence[Version], day: date) -> Version | None:
    """In force on this day, or the first that will be."""
    for version, _, last_day in spans(versions) if versions else ():
        if last_day is None or last_day >= day:
            version.plan = plan
            return version
    return None


def _obstacles_of(job: PrintJob) -> tuple[Obstacle, ...]:
    """Also what makes the paper doubtful the moment it is printed."""
    try:
        _ = job.content
    except Tampered:
        return (Obstacle(TAMPERED),)
    check = job.newest_check
    if check and not check.agrees and not any(obstacle.needs_check for obstacle in job.obstacles):
        return (*job.obstacles, Obstacle(IN_DOUBT))
    return job.obstacles


def _of_all(each: Sequence[tuple[Plan, Iterable[Obstacle]]]) -> Iterator[Obstacle]:
    """What stands in the way of every plan alike is said once; else which plan it is of."""
    found = [(plan, obstacle) for plan, obstacles in each for obstacle in obstacles]
    said = [obstacle.sentence for _, obstacle in found]
    for plan, obstacle in found:
        if said.count(obstacle.sentence) < len(each):
            yield replace(obstacle, sentence=f"Plan {plan.number} ({plan.drug}): {obstacle.sentence}")
        elif plan is each[0][0]:
            alike = [one for _, one in found if one.sentence == obstacle.sentence]
            texts = dict.fromkeys(text for one in alike for text in one.texts)
            yield replace(obstacle, texts=tuple(texts))
