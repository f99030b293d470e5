"""A review never changes: it is corrected by another one, or marked as entered in error, and stays readable."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.monitoring.models import PlanReview, ReviewItem
from taperplanner.monitoring.reviews import actions
from taperplanner.monitoring.reviews.actions import CannotRecordReview, Considered, ReviewDetails
from taperplanner.monitoring.reviews.latest import state_of
from taperplanner.patients.actions import archive_patient
from taperplanner.tapers.models import Plan

from ..world.course import in_error, review, words_of
from ..world.plan_pages import plan_url
from ..world.plans import TODAY
from ..world.universe import NOW, Universe

ADD, ALL, PROGRESS = "reviews/add/", "reviews/", "progress/"
DAY: Final = {"reviewed_on": "03/02/2026"}
NEXT: Final = date(2026, 5, 4)


def test_a_correction_is_a_new_review_and_the_old_one_stays_readable(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    review(plan, universe.ours, pdmp="looked_at", naloxone=Considered("offered", "2026-02"), next_due_on=NEXT)
    address = plan_url(plan, "reviews/1/correct/")
    page = staff.get(address).content.decode()
    assert "Left empty, no date is recorded." in page  # the date is the corrected review's own
    assert 'value="02/2026"' in page
    assert "In other reviews: not recorded." in page
    assert "Write what was wrong." in words_of(staff.post(address, DAY | {"pdmp": "looked_at"}))
    sent = DAY | {"naloxone": "declined", "naloxone_on": "02/2026", "why": "Another patient’s program"}
    assert staff.post(address, sent).status_code == 302
    state = state_of(plan)
    assert (set(state.latest), state.latest["naloxone"].answer, state.due_on) == (
        {"naloxone"},
        "declined",
        None,
    )
    page = words_of(staff.get(plan_url(plan, ALL)))
    assert "corrected by review 2" in page
    assert "corrects review 1 What was wrong there: Another patient’s program" in page
    assert "Looked at, March 2, 2026" in page
    assert "was corrected already. Correct the newer one." in words_of(staff.post(address, sent))
    assert PlanReview.objects.count() == 2


def test_what_was_entered_in_error_is_left_out_and_stays_readable(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    made = review(plan, universe.ours, pdmp="looked_at", next_due_on=NEXT)
    address = plan_url(plan, f"in-error/review/{made.number}/")
    page = words_of(staff.get(address))
    assert "Review 1 of Monday, March 2, 2026, recorded by Sam Staff, RN" in page
    assert "the date that it gave for the next review no longer stands" in page
    assert staff.post(address, {"reason": "Another patient’s"}).status_code == 302
    state = state_of(plan)
    assert (state.latest, state.due_on, state.last) == ({}, None, None)
    page = words_of(staff.get(plan_url(plan, ALL)))
    assert "entered in error What was wrong: Another patient’s (Sam Staff, RN)" in page
    assert "Looked at, March 2, 2026" in page
    assert "was marked as entered in error. Record a new one." in words_of(
        staff.post(plan_url(plan, "reviews/1/correct/"), DAY | {"pdmp": "looked_at", "why": "x"})
    )
    assert Event.objects.get(action="review.entered_in_error").subject == "plan 1, review 1"


def test_a_correction_that_was_entered_in_error_takes_what_it_corrects_with_it(
    universe: Universe, plan: Plan
) -> None:
    house = universe.ours
    made = review(plan, house, pdmp="looked_at")
    newer = actions.correct_review(
        review=made,
        details=ReviewDetails(TODAY, {"naloxone": Considered("offered", "2026-03-02")}),
        why="Wrong line",
        by=house.staff,
        at=NOW,
    )
    in_error(newer, house)
    assert not PlanReview.objects.valid().exists()


def test_an_archived_patients_reviews_are_read_and_not_added_to(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    made = review(plan, universe.ours, pdmp="looked_at")
    plan.patient.refresh_from_db()
    archive_patient(
        patient=plan.patient,
        revision=plan.patient.revision,
        reason="Moved",
        by=universe.ours.staff,
        at=NOW,
    )
    assert "Looked at, March 2, 2026" in words_of(staff.get(plan_url(plan, ALL)))
    for page in (PROGRESS, ALL, ""):
        assert "reviews/add" not in staff.get(plan_url(plan, page)).content.decode()
    for page in (ADD, f"reviews/{made.number}/correct/"):
        answer = staff.post(plan_url(plan, page), DAY | {"pdmp": "looked_at", "why": "x"})
        assert "This patient is archived" in words_of(answer)
    assert PlanReview.objects.count() == 1


@pytest.mark.parametrize(
    "details",
    [
        ReviewDetails(TODAY, {}),
        ReviewDetails(TODAY, {}, next_due_on=TODAY),
        ReviewDetails(TODAY, {"pdmp": Considered("offered", "2026")}),
        ReviewDetails(TODAY, {"tea": Considered("offered", "2026")}),
    ],
    ids=["nothing", "next on the same day", "an answer of another item", "no item"],
)
def test_an_action_refuses_what_the_form_would(
    universe: Universe, plan: Plan, details: ReviewDetails
) -> None:
    with pytest.raises(CannotRecordReview):
        actions.record_review(plan=plan, details=details, by=universe.ours.staff, at=NOW)


@pytest.mark.parametrize(
    "wrong",
    [{"next_due_on": TODAY}, {"why_corrected": "Nothing"}, {"number": 1}],
    ids=["next on the same day", "a reason without a correction", "a number twice"],
)
def test_the_database_refuses_what_can_never_be(
    universe: Universe, plan: Plan, wrong: dict[str, object]
) -> None:
    made = review(plan, universe.ours, pdmp="looked_at")
    values = {
        "plan": plan,
        "number": 2,
        "reviewed_on": TODAY,
        "recorded_by": made.recorded_by,
        "recorded_at": NOW,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanReview.objects.create(**(values | wrong))
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewItem.objects.create(review=PlanReview(**values), item="pdmp", answer="", done_on="2026")
