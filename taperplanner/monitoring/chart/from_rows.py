"""The facts of a chart, from what is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from taperplanner.accounts.models import Clinic
from taperplanner.doses import Dose
from taperplanner.rows_within import RowsWithin, has_any
from taperplanner.tapers.models import Plan, State, Version
from taperplanner.tapers.schedule.chain import spans
from taperplanner.tapers.schedule.reasons import Reason
from taperplanner.tapers.schedule.schedule import Schedule
from taperplanner.tapers.signed.content import Tampered, verified_contents
from taperplanner.tapers.signed.rows import read_versions

from ..check_ins.as_needed import taken_in_words
from ..check_ins.taken import TakenRun, merge_latest_wins
from ..danger import sign_in_words
from ..downtime.marks import paper_marks
from ..models import CheckIn, Emergency, ReportedRun, SymptomRating
from ..scales import ITEM_9_NOT_ASKED, PHQ9, SCALES, Scale, hides_item_9
from ..symptoms import HIGHEST_TOTAL, symptom_total
from .facts import (
    Band,
    ChartFacts,
    DrugDoses,
    Milestone,
    MilestoneKind,
    Planned,
    Point,
    Reported,
    symptoms_noted,
)
from .medicines import medicine_milestones
from .planned import planned_by

_MILESTONES: Final = {
    Reason.HOLD: MilestoneKind.HOLD,
    Reason.HOLD_ENDED: MilestoneKind.HOLD_ENDED,
    Reason.DAYS_CHANGED: MilestoneKind.DAYS_CHANGED,
}


@dataclass(frozen=True, slots=True)
class _Course:
    """One plan with its versions, what each says, and the day on which it ended, if it did."""

    plan: Plan
    versions: Sequence[Version]
    schedules: Mapping[UUID, Schedule]
    ended_on: date | None


def check_ins_of(plans: Sequence[Plan]) -> list[CheckIn]:
    """The valid ones, the oldest first, each with what was rated in it and what was said to be taken."""
    rows = CheckIn.objects.filter(plan__in=plans).valid().oldest_first()
    rated = RowsWithin(SymptomRating, "symptom", "severity", by="check_in")
    taken = RowsWithin(ReportedRun, "first_day", "last_day", "dose_nanograms", by="check_in")
    return list(rows.annotate(rated=rated, taken=taken))


def chart_facts(
    clinic: Clinic,
    plans: Sequence[Plan],
    *,
    today: date,
    beside: Sequence[Plan] = (),
    check_ins: Sequence[CheckIn] | None = None,
) -> ChartFacts:
    """Of all these plans, the doses of each drug by themselves.

    `beside`: further plans of the patient. One of them that is no longer what was signed is left out, and named.
    `check_ins`: of these plans and of others, if they are read already, by `check_ins_of`.
    Shape: one plan or more, `plan.patient` at hand. Raises: Tampered, of `plans`.
    """
    courses, left_out = _courses(clinic, plans, beside)
    shown = [course.plan for course in courses]
    if check_ins is None:
        check_ins = check_ins_of(shown)
    check_ins = [row for row in check_ins if row.plan_id in {plan.pk for plan in shown}]
    in_danger = [plan for plan in shown if has_any(plan.patient, Emergency)]
    emergencies = Emergency.objects.of_plans(in_danger).valid() if in_danger else Emergency.objects.none()
    has_several = len(courses) > 1
    milestones = [
        milestone for course in courses for milestone in _milestones(course, has_several=has_several)
    ]
    raised = [
        Milestone(row.day_at(clinic), MilestoneKind.EMERGENCY, "; ".join(map(sign_in_words, row.signs)))
        for row in emergencies.oldest_first().with_plan()
    ]
    drugs = [_doses(of_drug, check_ins, today) for of_drug in _by_drug(courses)]
    medicines = [
        milestone
        for doses in drugs
        for milestone in medicine_milestones(clinic, courses[0].plan.patient, doses, check_ins, today=today)
    ]
    raised += _as_needed(check_ins)
    return ChartFacts(
        drugs=tuple(drugs),
        milestones=tuple(sorted([*milestones, *raised, *medicines], key=lambda milestone: milestone.day)),
        bands=tuple(_bands(check_ins, {course.plan.pk: course.plan for course in courses})),
        today=today,
        left_out=tuple(left_out),
        typed_in_later=tuple(_typed_in_later(clinic, courses, check_ins)),
    )


def _typed_in_later(
    clinic: Clinic, courses: Sequence[_Course], check_ins: Sequence[CheckIn]
) -> Iterator[str]:
    """One sentence, if there are any; the contacts themselves say which form each was on."""
    marks = paper_marks(clinic, [course.plan for course in courses]) if check_ins else {}
    of = {one.plan.pk: f" of plan {one.plan.number}" if len(courses) > 1 else "" for one in courses}
    later = [f"{row.number}{of[row.plan_id]}" for row in check_ins if row.pk in marks]
    if later:
        yield f"Typed in later from down-time forms: check-in {', '.join(later)}."


def _as_needed(check_ins: Iterable[CheckIn]) -> Iterator[Milestone]:
    """What was said to be taken of it, on the last of its days: beside the daily doses, and no part of their line."""
    for row in check_ins:
        if row.as_needed_to is not None and (said := taken_in_words(row)):
            yield Milestone(row.as_needed_to, MilestoneKind.AS_NEEDED, said)


def _courses(
    clinic: Clinic, plans: Sequence[Plan], beside: Sequence[Plan]
) -> tuple[list[_Course], list[str]]:
    """In the order of the plans' numbers, and the names of those that are left out."""
    every = sorted([*plans, *beside], key=lambda plan: plan.number)
    read_versions(every)
    by_plan = {plan.pk: list(plan.versions.all()) for plan in every}
    contents = verified_contents([version for plan in every for version in by_plan[plan.pk]])
    found, left_out = [], []
    for plan in every:
        versions = by_plan[plan.pk]
        altered = next((version for version in versions if contents[version.pk] is None), None)
        if altered is not None and plan in plans:
            raise Tampered(altered)
        if altered is not None:
            left_out.append(f"Plan {plan.number}, {plan.drug}")
            continue
        schedules = {pk: content.schedule for pk, content in contents.items() if content is not None}
        found.append(_Course(plan, versions, schedules, plan.last_day(clinic)))
    return found, left_out


def _by_drug(courses: Sequence[_Course]) -> list[list[_Course]]:
    found: dict[str, list[_Course]] = {}
    for course in courses:
        found.setdefault(course.plan.drug.casefold(), []).append(course)
    return list(found.values())


def _doses(courses: Sequence[_Course], check_ins: Sequence[CheckIn], today: date) -> DrugDoses:
    """Of the plans of one drug, and of the check-ins that were made for them."""
    plans = {course.plan.pk for course in courses}
    theirs = [check_in for check_in in check_ins if check_in.plan_id in plans]
    return DrugDoses(
        drug=courses[0].plan.drug,
        planned=tuple(run for course in courses for run in _planned(course, today)),
        reported=tuple(
            Reported(run.first_day, run.last_day, run.dose)
            for run in merge_latest_wins(map(reported_runs, theirs))
        ),
    )


def _planned(course: _Course, today: date) -> Iterator[Planned]:
    """What was signed for each day, up to the last day on which the plan was followed."""
    for version, _, until in spans(course.versions) if course.versions else ():
        if course.ended_on is not None:
            until = min(until or course.ended_on, course.ended_on)  # noqa: PLW2901 - cut short
        yield from planned_by(
            course.schedules[version.pk],
            until=until,
            today=today,
            plan=course.plan.number,
            version=version.number,
        )


def _milestones(course: _Course, *, has_several: bool) -> Iterator[Milestone]:
    """`has_several`: the picture is of more than this plan, so that its marks say whose they are."""
    whose = f"Plan {course.plan.number}" if has_several else ""
    for version in course.versions:
        if version.replaces:
            kind = _MILESTONES.get(Reason(version.reason), MilestoneKind.REVISION)
            of = f"{whose}, version" if whose else "Version"
            words = f"{of} {version.number}: {Reason(version.reason).label}"
            yield Milestone(version.first_day, kind, words, name=_mark(whose, kind))
    if course.ended_on is not None:
        state = State(course.plan.state).label
        words = f"{whose}: {state}" if whose else state
        yield Milestone(course.ended_on, MilestoneKind.ENDED, words, name=_mark(whose, MilestoneKind.ENDED))


def _mark(whose: str, kind: MilestoneKind) -> str:
    return f"{whose}: {kind.label.lower()}" if whose else ""


def reported_runs(check_in: CheckIn) -> list[TakenRun]:
    """`check_in` as `check_ins_of` reads it."""
    return [
        TakenRun(date.fromisoformat(first), date.fromisoformat(last), Dose(dose))
        for first, last, dose in sorted(vars(check_in)["taken"] or ())
    ]


def _bands(check_ins: Sequence[CheckIn], plans: Mapping[UUID, Plan]) -> Iterator[Band]:
    """Each that has a value somewhere. Each contact has its own, also where two are of one day."""
    days = Counter(row.happened_on for row in check_ins)
    of = {pk: f" of plan {plan.number}" if len(plans) > 1 else "" for pk, plan in plans.items()}
    notes = {
        row.pk: f"check-in {row.number}{of[row.plan_id]}" if days[row.happened_on] > 1 else ""
        for row in check_ins
    }
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
    return dict(vars(check_in)["rated"] or ())
