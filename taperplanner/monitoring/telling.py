"""From what is stored to the story that the picture is drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from taperplanner.accounts.models import Clinic
from taperplanner.tapers.chain import spans
from taperplanner.tapers.models import Plan, State, Version
from taperplanner.tapers.reasons import Reason
from taperplanner.tapers.schedule import Ending, Schedule
from taperplanner.tapers.signed import Tampered, load_all

from .danger import sign_in_words
from .models import CheckIn, Emergency
from .scales import SCALES
from .story import Band, Mark, MarkKind, Planned, Point, Reported, Story, symptoms_noted
from .symptoms import HIGHEST_LOAD, load_of
from .taken import TakenRun, latest_word

_MARKED_AS: Final = {
    Reason.HOLD: MarkKind.HOLD,
    Reason.HOLD_ENDED: MarkKind.HOLD_ENDED,
    Reason.DAYS_CHANGED: MarkKind.DAYS_CHANGED,
}


@dataclass(frozen=True, slots=True)
class _Course:
    """One plan with its versions, and the day on which it ended, if it did."""

    plan: Plan
    versions: Sequence[Version]
    ended_on: date | None


def story_of(clinic: Clinic, plans: Sequence[Plan], *, today: date) -> Story:
    """Of plans that taper one drug: doses of two drugs never stand on one scale.

    Shape: one plan or more, `plan.patient` at hand. Raises: Tampered.
    """
    courses = _courses(clinic, plans)
    contents = load_all([version for course in courses for version in course.versions])
    schedules = {}
    for course in courses:
        for version in course.versions:
            content = contents[version.pk]
            if content is None:
                raise Tampered(version)
            schedules[version.pk] = content.schedule
    check_ins = list(
        CheckIn.objects.filter(plan__in=plans).standing().oldest_first().prefetch_related("ratings", "runs")
    )
    emergencies = Emergency.objects.filter(check_in__plan__in=plans).standing().oldest_first()
    marks = [mark for course in courses for mark in _marks(course)]
    raised = [
        Mark(row.check_in.happened_on, MarkKind.EMERGENCY, "; ".join(map(sign_in_words, row.signs)))
        for row in emergencies.select_related("check_in")
    ]
    return Story(
        drug=plans[0].drug,
        planned=tuple(run for course in courses for run in _planned(course, schedules)),
        reported=tuple(
            Reported(run.first_day, run.last_day, run.dose) for run in latest_word(map(_told, check_ins))
        ),
        marks=tuple(sorted([*marks, *raised], key=lambda mark: mark.day)),
        bands=tuple(_bands(check_ins)),
        today=today,
    )


def _courses(clinic: Clinic, plans: Sequence[Plan]) -> list[_Course]:
    found = []
    by_plan: dict[object, list[Version]] = {}
    for version in Version.objects.filter(plan__in=plans).order_by("number"):
        by_plan.setdefault(version.plan_id, []).append(version)
    for plan in plans:
        versions = by_plan.get(plan.pk, [])
        for version in versions:
            version.plan = plan
        found.append(_Course(plan, versions, clinic.day_of(plan.ended_at) if plan.ended_at else None))
    return found


def _planned(course: _Course, schedules: dict[UUID, Schedule]) -> Iterator[Planned]:
    """What was signed for each day, up to the day on which the plan was ended."""
    for version, first, until in spans(course.versions) if course.versions else ():
        if course.ended_on is not None:
            until = min(until or course.ended_on, course.ended_on)  # noqa: PLW2901 - cut short
        schedule = schedules[version.pk]
        runs = [(dated.step.dose, dated.first_day, dated.last_day) for dated in schedule.dated_steps()]
        open_run = (schedule.steps[-1].dose, schedule.day_after, None)
        for dose, begins, ends in [*runs, *([open_run] if schedule.ending is Ending.STAY else [])]:
            last = ends if until is None else min(ends or until, until)
            if begins >= first and (last is None or last >= begins):
                yield Planned(begins, last, dose, course.plan.number, version.number)


def _marks(course: _Course) -> Iterator[Mark]:
    for version in course.versions:
        if version.replaces:
            kind = _MARKED_AS.get(Reason(version.reason), MarkKind.REVISION)
            words = f"Version {version.number}: {Reason(version.reason).label}"
            yield Mark(version.first_day, kind, words)
    if course.ended_on is not None:
        yield Mark(course.ended_on, MarkKind.ENDED, State(course.plan.state).label)


def _told(check_in: CheckIn) -> list[TakenRun]:
    return [TakenRun(run.first_day, run.last_day, run.dose) for run in check_in.runs.all()]


def _bands(check_ins: Sequence[CheckIn]) -> Iterator[Band]:
    """Each that has a value somewhere. Of two contacts on one day the later one counts."""
    loads = {
        row.happened_on: load_of({rating.symptom: rating.severity for rating in row.ratings.all()})
        for row in check_ins
    }
    noted = _points(loads)
    if noted:
        yield symptoms_noted(noted, maximum=HIGHEST_LOAD)
    for scale in SCALES:
        totals = {
            row.happened_on: getattr(row, f"{scale.key}_total")
            for row in check_ins
            if getattr(row, f"{scale.key}_total") is not None
        }
        if totals:
            yield Band(scale.name, scale.highest, _points(totals))


def _points(values: dict[date, int | None]) -> tuple[Point, ...]:
    return tuple(Point(day, value) for day, value in sorted(values.items()) if value is not None)
