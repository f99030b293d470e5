"""How the synthetic tapers go: follow-ups, check-ins, one emergency, reviews, and what was dispensed and counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from taperplanner.accounts.models import User
from taperplanner.doses import parse_quantity
from taperplanner.monitoring.check_ins.actions import record_check_in
from taperplanner.monitoring.check_ins.details import CheckInDetails
from taperplanner.monitoring.check_ins.taken import TakenRun, sum_of
from taperplanner.monitoring.emergencies.actions import answer_emergency
from taperplanner.monitoring.follow_ups.actions import (
    FollowUpDetails,
    add_follow_up,
    add_follow_ups_with_steps,
)
from taperplanner.monitoring.follow_ups.due import with_each_step
from taperplanner.monitoring.in_error.actions import mark_in_error
from taperplanner.monitoring.models import CheckIn, Dispensing, Emergency, FollowUp, PlanReview
from taperplanner.monitoring.reviews.actions import Considered, ReviewDetails, record_review
from taperplanner.monitoring.scales import GAD7, PHQ9, score_of
from taperplanner.monitoring.supply.actions import (
    CountDetails,
    DispensingDetails,
    record_count,
    record_dispensing,
)
from taperplanner.tapers.models import Plan
from taperplanner.tapers.signed.content import verified_course

CALM: Final = {
    "anxiety": 1,
    "irritability": 0,
    "tremor": 0,
    "insomnia": 1,
    "drowsiness": 1,
    "low_mood": 0,
    "memory": 1,
}
WORSE: Final = {
    "anxiety": 2,
    "irritability": 2,
    "tremor": 1,
    "insomnia": 3,
    "drowsiness": 1,
    "low_mood": 1,
    "memory": 1,
}


def follow_two_weeks(plan: Plan, *, provider: User, staff: User, at: datetime) -> None:
    """A plan that began 16 days ago: three contacts, one missed so far, tablets that run low after a refill
    that came late, a count below the books, and a dispensing that was another patient's."""
    today = plan.patient.clinic.day_of(at)
    first = today - timedelta(days=16)
    _with_steps(plan, provider, staff, at)
    overdue = today - timedelta(days=1)
    _follow_up(plan, overdue, "Phone call: sleep after the last reduction", staff, by=provider, at=at)
    _dispense(plan, 1, "20", first, by=staff, at=at)
    _dispense(plan, 1, "20", first + timedelta(days=11), by=staff, at=at)
    _dispense(plan, 2, "5", today - timedelta(days=2), by=staff, at=at)
    wrong = _dispense(plan, 2, "30", overdue, by=staff, at=at)
    mark_in_error(row=wrong, reason="Another patient’s: the same family name", by=staff, at=at)
    _count(plan, 1, "9", overdue, by=staff, at=at)
    _review(
        plan, first, overdue, provider, at,
        pdmp=("looked_at", "", "No other prescriber."),
        risk_benefit=("weighed", "", "Falls and memory on one side, anxiety on the other. She wants to go on."),
        cbt=("referred", f"{first - timedelta(days=40):%Y-%m}", "Waiting list of the community service."),
    )  # fmt: skip
    visit = _follow_up(plan, first, "Visit before the first reduction", provider, by=provider, at=at)
    _check_in(
        plan, first, "visit", CALM, by=provider, at=at, follow_up=visit,
        phq9=score_of(PHQ9, (0, 1, 1, 1, 0, 0, 1, 0, 0), None), gad7=score_of(GAD7, (1, 1, 1, 1, 0, 1, 0), None),
        systolic=124, diastolic=78, pulse=72, alcohol="no", opioids="no", new_medicines="no", decision="continue",
    )  # fmt: skip
    _check_in(
        plan, first + timedelta(days=7), "phone", CALM, by=staff, at=at,
        taken=(_run(plan, first, first + timedelta(days=6), "2", "0"),), decision="continue",
    )  # fmt: skip
    _check_in(
        plan, today, "visit", WORSE, by=provider, at=at,
        phq9=score_of(PHQ9, (), 9), gad7=score_of(GAD7, (), 12), systolic=138, diastolic=86, pulse=88,
        taken=(
            _run(plan, first + timedelta(days=7), first + timedelta(days=13), "2", "0"),
            _run(plan, first + timedelta(days=14), today - timedelta(days=1), "1", "1"),
        ),
        missed_or_extra="One evening dose taken late.", alcohol="yes", alcohol_note="1 glass of wine on Saturday",
        decision="continue", decision_note="Poor sleep since the reduction. Call again before the next step.",
    )  # fmt: skip


def follow_an_emergency(plan: Plan, *, staff: User, provider: User, at: datetime) -> None:
    """A plan that began 2 days ago. What was done is written down; a provider has not closed it yet."""
    today = plan.patient.clinic.day_of(at)
    _dispense(plan, 1, "28", today - timedelta(days=2), by=staff, at=at)
    check_in = _check_in(
        plan, today, "phone", {"confusion": 2, "drowsiness": 3, "slow_breathing": 1}, by=staff, at=at,
        taken=(_run(plan, today - timedelta(days=2), today - timedelta(days=1), "2", "0"),), decision="emergency",
        decision_note="His daughter called: sleepy and mixed up since this morning.",
    )  # fmt: skip
    emergency = Emergency.objects.get(check_in=check_in)
    done = "Told his daughter to call 911 and stay with him. Ambulance confirmed. Dr. Provider informed."
    answer_emergency(emergency=emergency, done=done, by=staff, at=at)
    _follow_up(plan, today + timedelta(days=1), "Call the hospital and the family", provider, by=staff, at=at)
    wrong = _review(plan, today, None, staff, at, naloxone=("has_it", "", ""))
    mark_in_error(row=wrong, reason="Another patient’s", by=staff, at=at)
    _review(
        plan, today - timedelta(days=2), today + timedelta(days=5), provider, at,
        pdmp=("looked_at", "", "No other prescriber."),
        risk_benefit=("weighed", "", "Breathing disease on one side, panic on the other."),
        naloxone=("not_needed", "", "No opioid."),
        cbt=("declined", "", ""),
        level_of_care=("considered", "", "Outpatient, as long as his daughter is with him."),
        psychiatric_care=("not_needed", "", ""),
    )  # fmt: skip


def follow_from_the_start(plan: Plan, *, provider: User, at: datetime) -> None:
    """A plan that begins in 3 days."""
    today = plan.patient.clinic.day_of(at)
    begins = today + timedelta(days=3)
    _follow_up(plan, begins, "Visit: first day of the plan, show the syringe", provider, by=provider, at=at)


def _with_steps(plan: Plan, provider: User, staff: User, at: datetime) -> None:
    course = verified_course(plan)
    assert course is not None  # noqa: S101 - the demo signed one
    today = plan.patient.clinic.day_of(at)
    add_follow_ups_with_steps(
        version=course.newest,
        steps=list(with_each_step(course, offset_days=5, today=today)),
        details=FollowUpDetails("Phone call: how the new step goes", staff),
        by=provider,
        at=at,
    )


def _follow_up(plan: Plan, day: date, purpose: str, who: User, *, by: User, at: datetime) -> FollowUp:
    return add_follow_up(plan=plan, due_on=day, details=FollowUpDetails(purpose, who), by=by, at=at)


def _check_in(
    plan: Plan,
    day: date,
    contact: str,
    ratings: dict[str, int],
    *,
    by: User,
    at: datetime,
    follow_up: FollowUp | None = None,
    **given: Any,
) -> CheckIn:
    details = CheckInDetails(happened_on=day, contact=contact, ratings=ratings, **given)
    return record_check_in(plan=plan, details=details, follow_up=follow_up, by=by, at=at)


def _review(
    plan: Plan,
    day: date,
    next_due_on: date | None,
    by: User,
    at: datetime,
    **considered: tuple[str, str, str],
) -> PlanReview:
    """`considered`: answer, on which day (empty: the review's), and note."""
    said = {
        key: Considered(answer, done_on or day.isoformat(), note)
        for key, (answer, done_on, note) in considered.items()
    }
    return record_review(plan=plan, details=ReviewDetails(day, said, next_due_on), by=by, at=at)


def _dispense(plan: Plan, product: int, quantity: str, day: date, *, by: User, at: datetime) -> Dispensing:
    details = DispensingDetails(plan.products.get(number=product), parse_quantity(quantity), day)
    return record_dispensing(plan=plan, details=details, by=by, at=at)


def _count(plan: Plan, product: int, left: str, day: date, *, by: User, at: datetime) -> None:
    details = CountDetails(
        product=plan.products.get(number=product),
        counted_on=day,
        is_after_doses=False,
        left=parse_quantity(left),
    )
    record_count(plan=plan, details=details, by=by, at=at)


def _run(plan: Plan, first: date, last: date, *taken: str) -> TakenRun:
    """`taken`: how much of each of the plan's products a day, in their order."""
    products = [product.as_data() for product in plan.products.by_number()]
    told = list(zip(products, map(parse_quantity, taken), strict=True))
    return TakenRun(first, last, sum_of(told), tuple((one.number, quantity) for one, quantity in told))
