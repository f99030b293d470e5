"""Follow-ups and what else happens along a taper, for any room's tests, by the pages' own actions."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse

from taperplanner.accounts.models import User
from taperplanner.doses import Dose, Quantity, parse_quantity
from taperplanner.monitoring.check_ins.actions import record_check_in
from taperplanner.monitoring.check_ins.details import CheckInDetails
from taperplanner.monitoring.check_ins.taken import TakenRun
from taperplanner.monitoring.emergencies.actions import answer_emergency, raise_emergency
from taperplanner.monitoring.follow_ups import actions
from taperplanner.monitoring.follow_ups.due import with_each_step
from taperplanner.monitoring.in_error.actions import Record, mark_in_error
from taperplanner.monitoring.models import (
    CheckIn,
    Dispensing,
    Emergency,
    EnteredInError,
    FollowUp,
    HomeCount,
    PatientNote,
    PlanReview,
    ReviewInError,
)
from taperplanner.monitoring.notes.actions import mark_note_in_error, write_note
from taperplanner.monitoring.reviews.actions import Considered, ReviewDetails, record_review
from taperplanner.monitoring.supply.actions import (
    CountDetails,
    DispensingDetails,
    explain_shortfall,
    record_count,
    record_dispensing,
)
from taperplanner.monitoring.supply.questions import AsksFirst
from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.signed.content import verified_course

from .plans import TODAY
from .universe import NOW, House

FORM_KEY = "0123456789abcdef0123456789abcdef"


def details(house: House, purpose: str = "Phone call: sleep and mood") -> actions.FollowUpDetails:
    return actions.FollowUpDetails(purpose, house.staff)


def add_follow_up(
    plan: Plan,
    house: House,
    due_on: date = TODAY + timedelta(days=3),
    *,
    by: User | None = None,
    at: datetime = NOW,
) -> FollowUp:
    return actions.add_follow_up(
        plan=plan, due_on=due_on, details=details(house), by=by or house.staff, at=at
    )


def add_with_steps(
    version: Version, house: House, offset_days: int, today: date = TODAY, at: datetime = NOW
) -> list[FollowUp]:
    course = verified_course(version.plan)
    assert course is not None
    steps = list(with_each_step(course, offset_days=offset_days, today=today))
    return actions.add_follow_ups_with_steps(
        version=course.newest, steps=steps, details=details(house), by=house.provider, at=at
    )


def check_in_details(**given: Any) -> CheckInDetails:
    return CheckInDetails(**({"happened_on": TODAY, "contact": "phone"} | given))


def check_in(
    plan: Plan, house: House, *, by: User | None = None, at: datetime = NOW, **given: Any
) -> CheckIn:
    """`given`: fields of CheckInDetails, and `follow_up`."""
    follow_up = given.pop("follow_up", None)
    return record_check_in(
        plan=plan, details=check_in_details(**given), follow_up=follow_up, by=by or house.staff, at=at
    )


def emergency_of(plan: Plan, house: House, at: datetime = NOW) -> Emergency:
    return check_in(plan, house, ratings={"seizure": 3}, at=at).emergency


def record_dispensing_of(
    plan: Plan, house: House, quantity: str = "28", *, product: int = 2, day: date = TODAY, at: datetime = NOW
) -> Dispensing:
    """The 0.5 mg tablet, unless told."""
    given = DispensingDetails(plan.products.get(number=product), parse_quantity(quantity), day)
    try:
        return record_dispensing(plan=plan, details=given, by=house.staff, at=at)
    except AsksFirst as asked:
        sure = replace(given, answered={question.key for question in asked.questions})
        return record_dispensing(plan=plan, details=sure, by=house.staff, at=at)


def count_at_home(
    plan: Plan,
    house: House,
    left: str,
    *,
    product: int = 2,
    day: date = TODAY,
    at: datetime = NOW,
    **given: Any,
) -> HomeCount:
    """The 0.5 mg tablet, before that day's doses, unless told."""
    details = CountDetails(
        product=plan.products.get(number=product),
        counted_on=day,
        left=parse_quantity(left),
        **({"is_after_doses": False} | given),
    )
    try:
        return record_count(plan=plan, details=details, by=house.staff, at=at)
    except AsksFirst as asked:
        sure = replace(details, answered={question.key for question in asked.questions})
        return record_count(plan=plan, details=sure, by=house.staff, at=at)


def review(
    plan: Plan,
    house: House,
    *,
    day: date = TODAY,
    next_due_on: date | None = None,
    at: datetime = NOW,
    **considered: str | Considered,
) -> PlanReview:
    """`considered`: an answer, given on the day of the review; or all that is said of the item."""
    said = {
        key: one if isinstance(one, Considered) else Considered(one, day.isoformat())
        for key, one in considered.items()
    }
    details = ReviewDetails(day, said, next_due_on)
    return record_review(plan=plan, details=details, by=house.staff, at=at)


def in_error(
    row: Record, house: House, reason: str = "Another patient's", at: datetime = NOW
) -> EnteredInError | ReviewInError:
    return mark_in_error(row=row, reason=reason, by=house.staff, at=at)


def note_on(
    patient: Patient, house: House, text: str = "Rings back in the afternoon.", at: datetime = NOW
) -> PatientNote:
    return write_note(patient=patient, text=text, by=house.staff, at=at)


def write_everything(plan: Plan, house: House) -> None:
    """A row in each table of this room that never changes."""
    run = TakenRun(TODAY, TODAY, Dose(1_500_000), ((1, Quantity(1000)), (2, Quantity(1000))))
    told = check_in_details(
        ratings={"seizure": 3, "disorientation": 1}, taken=(run,), left={1: Quantity(1000)}
    )
    raise_emergency(plan=plan, signs=["seizure"], form_key=FORM_KEY, by=house.staff, at=NOW)
    made = record_check_in(plan=plan, details=told, form_key=FORM_KEY, by=house.staff, at=NOW)
    record_dispensing_of(plan, house)
    counted = count_at_home(plan, house, "20")
    explain_shortfall(product=counted.product, text="Some are at work", by=house.staff, at=NOW)
    in_error(counted, house)
    in_error(review(plan, house, pdmp="looked_at"), house)
    note = note_on(plan.patient, house)
    mark_note_in_error(note=note, reason="Another patient's", by=house.staff, at=NOW)
    answer_emergency(emergency=made.emergency, done="Called 911", by=house.staff, at=NOW)


def words_of(answer: HttpResponse) -> str:
    """The page's text without its tags, with single spaces."""
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))
