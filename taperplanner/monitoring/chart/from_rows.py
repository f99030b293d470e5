"""The facts of a chart, from what is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from taperplanner.accounts.models import Clinic
from taperplanner.tapers.models import Plan, State, Version, versions_by_plan
from taperplanner.tapers.schedule.chain import spans
from taperplanner.tapers.schedule.reasons import Reason
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.signed.content import Tampered, verified_contents

from ..check_ins.as_needed import taken_in_words
from ..check_ins.taken import TakenRun, merge_latest_wins
from ..danger import sign_in_words
from ..models import CheckIn, Emergency
from ..scales import ITEM_9_NOT_ASKED, PHQ9, SCALES, Scale, hides_item_9
from ..symptoms import HIGHEST_TOTAL, symptom_total
from .facts import Band, ChartFacts, Milestone, MilestoneKind, Planned, Point, Reported, symptoms_noted
from .medicines import medicine_milestones

_MILESTONES: Final = {
    Reason.HOLD: MilestoneKind.HOLD,
    Reason.HOLD_ENDED: MilestoneKind.HOLD_ENDED,
    Reason.DAYS_CHANGED: MilestoneKind.DAYS_CHANGED,
}


@dataclass(frozen=True, slots=True)
class _Course:
    """One plan with its versions, and the day on which it ended, if it did."""

    plan: Plan
    versions: Sequence[Version]
    ended_on: date | None


def chart_facts(clinic: Clinic, plans: Sequence[Plan], *, today: date) -> ChartFacts:
    """Of plans that taper one drug: doses of two drugs never share a scale.

    Shape: one plan or more, `plan.patient` at hand. Raises: Tampered.
    """
    courses = _courses(clinic, plans)
    contents = verified_contents([version for course in courses for version in course.versions])
    schedules = {}
    for course in courses:
        for version in course.versions:
            content = contents[version.pk]
            if content is None:
                raise Tampered(version)
            schedules[version.pk] = content.schedule
    check_ins = list(
        CheckIn.objects.filter(plan__in=plans).valid().oldest_first().prefetch_related("ratings", "runs")
    )
    emergencies = Emergency.objects.of_plans(plans).valid().oldest_first().with_plan()
    milestones = [milestone for course in courses for milestone in _milestones(course)]
    raised = [
        Milestone(row.day_at(clinic), MilestoneKind.EMERGENCY, "; ".join(map(sign_in_words, row.signs)))
        for row in emergencies
    ]
    planned = tuple(run for course in courses for run in _planned(course, schedules))
    raised += _as_needed(check_ins)
    medicines = medicine_milestones(clinic, plans[0], planned, check_ins, today=today)
    return ChartFacts(
        drug=plans[0].drug,
        planned=planned,
        reported=tuple(
            Reported(run.first_day, run.last_day, run.dose)
            for run in merge_latest_wins(map(reported_runs, check_ins))
        ),
        milestones=tuple(sorted([*milestones, *raised, *medicines], key=lambda milestone: milestone.day)),
        bands=tuple(_bands(check_ins)),
        today=today,
    )


def _as_needed(check_ins: Iterable[CheckIn]) -> Iterator[Milestone]:
    """What was said to be taken of it, on the last of its days: beside the daily doses, and no part of their line."""
    for row in check_ins:
        if row.as_needed_to is not None and (said := taken_in_words(row)):
            yield Milestone(row.as_needed_to, MilestoneKind.AS_NEEDED, said)


def _courses(clinic: Clinic, plans: Sequence[Plan]) -> list[_Course]:
    found = []
    by_plan = versions_by_plan(plans)
    for plan in plans:
        versions = by_plan[plan.pk]
        for version in versions:
            version.plan = plan
        found.append(_Course(plan, versions, plan.last_day(clinic)))
    return found


def _planned(course: _Course, schedules: dict[UUID, Schedule]) -> Iterator[Planned]:
    """What was signed for each day, up to the last day on which the plan was followed."""
    for version, first, until in spans(course.versions) if course.versions else ():
        if course.ended_on is not None:
            until = min(until or course.ended_on, course.ended_on)  # noqa: PLW2901 - cut short
        schedule = schedules[version.pk]
        runs = [
            (dated.step.every_day.dose, dated.first_day, dated.last_day) for dated in schedule.dated_steps()
        ]
        open_run = (schedule.steps[-1].every_day.dose, schedule.day_after, None)
        for dose, begins, ends in [*runs, *([open_run] if schedule.ending is Ending.STAY else [])]:
            last = ends if until is None else min(ends or until, until)
            if begins >= first and (last is None or last >= begins):
                yield Planned(begins, last, dose, course.plan.number, version.number)


def _milestones(course: _Course) -> Iterator[Milestone]:
    for version in course.versions:
        if version.replaces:
            kind = _MILESTONES.get(Reason(version.reason), MilestoneKind.REVISION)
            words = f"Version {version.number}: {Reason(version.reason).label}"
            yield Milestone(version.first_day, kind, words)
    if course.ended_on is not None:
        yield Milestone(course.ended_on, MilestoneKind.ENDED, State(course.plan.state).label)


def reported_runs(check_in: CheckIn) -> list[TakenRun]:
    return [TakenRun(run.first_day, run.last_day, run.dose) for run in check_in.runs.all()]


def _bands(check_ins: Sequence[CheckIn]) -> Iterator[Band]:
    """Each that has a value somewhere. Each contact has its own, also where two are of one day."""
    days = Counter(row.happened_on for row in check_ins)
    notes = {row.pk: f"check-in {row.number}" if days[row.happened_on] > 1 else "" for row in check_ins}
    summed = ((row, symptom_total(_rated(row), row.symptoms_listed)) for row in check_ins)
    noted = tuple(
        Point(row.happened_on, total.total, total.asked, total.listed, notes[row.pk], total.added)
        for row, total in summed
        if total is not None
    )
    if noted:
        yield symptoms_noted(noted, maximum=HIGHEST_TOTAL)
    for scale in SCALES:
        totals = ((row, getattr(row, f"{scale.key}_total")) for row in check_ins)
        points = tuple(
            Point(row.happened_on, total, note=_note(row, scale, notes[row.pk]))
            for row, total in totals
            if total is not None
        )
        if points:
            yield Band(scale.name, scale.highest, points)


def _note(check_in: CheckIn, scale: Scale, note: str) -> str:
    hides = scale is PHQ9 and hides_item_9(check_in.phq9_items, check_in.phq9_total)
    return ", ".join(filter(None, (note, ITEM_9_NOT_ASKED if hides else "")))


def _rated(check_in: CheckIn) -> dict[str, int]:
    return {rating.symptom: rating.severity for rating in check_in.ratings.all()}
