"""What the guideline asks to be considered: recorded with its day and its author, and a gap while nobody did."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.audit.models import Event
from taperplanner.days import in_words
from taperplanner.monitoring.models import PlanReview, ReviewItem
from taperplanner.monitoring.reviews.actions import Considered
from taperplanner.monitoring.reviews.items import INFANT, ITEMS
from taperplanner.monitoring.reviews.latest import state_of, states_of
from taperplanner.monitoring.visit_summary.from_rows import visit_summary_of
from taperplanner.patients.actions import answer_safety_facts
from taperplanner.patients.details import FactAnswer
from taperplanner.patients.models import Answer, Fact, FarDay
from taperplanner.tapers.models import Plan

from ..world.course import review, words_of
from ..world.people import build_patient
from ..world.plan_pages import plan_url
from ..world.plans import TODAY, open_plan
from ..world.universe import NOW, House, Universe

ADD, ALL, PROGRESS = "reviews/add/", "reviews/", "progress/"
DAY: Final = {"reviewed_on": "03/02/2026"}
NEXT: Final = date(2026, 5, 4)


def answered(plan: Plan, house: House, answer: Answer) -> None:
    """Of pregnancy or breastfeeding."""
    patient = plan.patient
    patient.refresh_from_db()
    facts = {Fact.PREGNANCY_OR_BREASTFEEDING: FactAnswer(answer=answer)}
    revision = patient.safety_facts_revision
    answer_safety_facts(patient=patient, answers=facts, revision=revision, by=house.staff, at=NOW)


def gaps(plan: Plan) -> list[str]:
    return [item.key for item in state_of(plan).gaps]


def test_each_item_cites_a_guidance_entry_of_its_own_source() -> None:
    """And no word of ours holds a figure: the form asks for a date."""
    assert [item.locator for item in ITEMS.values()] == [
        "Recommendation 1b",
        "Recommendations 1 and 16",
        "Recommendation 17",
        "Recommendation 10",
        "Recommendation 5",
        "Recommendations 24 to 26",
        "Recommendations 19 to 23",
        "Recommendations 28 and 29",
    ]
    for item in ITEMS.values():
        assert item.guidance.source is item.cited
        assert not [letter for letter in item.asks if letter.isdigit()], item.key


def test_what_nobody_recorded_is_a_gap_everywhere(plan: Plan, staff: Client) -> None:
    page = words_of(staff.get(plan_url(plan, PROGRESS)))
    assert page.count("Not recorded") == len(ITEMS) - 1  # nobody is pregnant
    assert "No date for the next review is recorded. No review is recorded." in page
    overview = words_of(staff.get(plan.patient.get_absolute_url()))
    assert "Not recorded: PDMP, risk and benefit, naloxone, CBT or CBT-I" in overview
    assert not ReviewItem.objects.exists()


def test_a_review_is_recorded_with_its_day_its_author_and_its_notes(plan: Plan, staff: Client) -> None:
    sent = DAY | {
        "pdmp": "looked_at", "naloxone": "has_it", "naloxone_on": "02/20/2026", "naloxone_note": "In the kitchen",
        "cbt": "referred", "cbt_on": "11/2025", "next_due_on": "05/04/2026",
    }  # fmt: skip
    page = words_of(staff.post(plan_url(plan, ADD), sent, follow=True))
    assert "The review was recorded. The next review is due on Monday, May 4, 2026." in page
    for says in (
        "Looked at, March 2, 2026 , Sam Staff, RN",
        "Has it, February 20, 2026 , Sam Staff, RN In the kitchen",
        "Referred, November 2025 , Sam Staff, RN",
        "The last one was on Monday, March 2, 2026, recorded by Sam Staff, RN.",
    ):
        assert says in page, says
    assert gaps(plan) == ["risk_benefit", "level_of_care", "psychiatric_care", "harm_reduction"]
    event = Event.objects.get(action="review.recorded")
    assert (event.subject, event.details) == ("plan 1, review 1", {})


def test_the_form_offers_no_day_and_chooses_no_answer(plan: Plan, staff: Client) -> None:
    page = staff.get(plan_url(plan, ADD)).content.decode()
    assert 'name="next_due_on" placeholder="MM/DD/YYYY"' in page
    assert "value=" not in page.partition('name="next_due_on"')[2].partition(">")[0]
    assert page.count("checked") == len(ITEMS) - 1  # each at “not recorded”
    assert "Left empty, no date is recorded." in page


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Record one of them at least, or the date of the next review."),
        ({"reviewed_on": "", "pdmp": "looked_at"}, "Enter the date of this review"),
        ({"reviewed_on": "03/03/2026", "pdmp": "looked_at"}, "This is after today, March 2, 2026."),
        ({"naloxone_note": "At home"}, "Choose an answer to go with it, or take the date and the note out."),
        ({"naloxone_on": "2025"}, "Choose an answer to go with it, or take the date and the note out."),
        ({"naloxone": "perhaps"}, "Select a valid choice."),
        ({"pdmp": "looked_at", "pdmp_on": "03/03/2026"}, "This is after today, March 2, 2026."),
        ({"pdmp": "looked_at", "pdmp_on": "13/2026"}, "There is no month 13."),
        ({"pdmp": "looked_at", "pdmp_note": "x" * 501}, "Keep this to 500 characters; it now has 501."),
        ({"next_due_on": "03/02/2026"}, "This is not after the date of this review."),
        ({"next_due_on": "05/04/26"}, "Enter the year with four digits"),
        ({"next_due_on": "soon"}, "This is not a date we can read."),
        ({"next_due_on": "05/04/2027"}, "Tuesday, May 4, 2027 is 1 year and 2 months after today. Correct the date"),
        ({"reviewed_on": "03/02/2024", "pdmp": "looked_at"}, "is 2 years before this plan was opened"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    plan: Plan, staff: Client, sent: dict[str, str], says: str
) -> None:
    answer = staff.post(plan_url(plan, ADD), DAY | sent)
    assert says in words_of(answer)
    assert not PlanReview.objects.exists()
    page = answer.content.decode()
    for typed in sent.values():
        assert typed == "perhaps" or typed in page


def test_a_far_date_is_kept_with_its_reason(plan: Plan, staff: Client) -> None:
    sent = DAY | {"next_due_on": "12/01/2026", "next_due_on_far_20261201": "Abroad until then"}
    staff.post(plan_url(plan, ADD), sent)
    far = FarDay.objects.get()
    assert (far.of, far.reason) == ("plan 1, review 1", "Abroad until then")


def test_the_latest_is_by_the_day_it_was_done_on_and_not_by_the_day_of_typing(
    universe: Universe, plan: Plan
) -> None:
    house = universe.ours
    review(plan, house, naloxone=Considered("declined", "2026-02-20"))
    review(plan, house, naloxone=Considered("offered", "2026-01"))
    assert state_of(plan).latest["naloxone"].answer == "declined"
    review(plan, house, naloxone=Considered("has_it", "2026-02-20"))
    assert state_of(plan).latest["naloxone"].answer == "has_it"


def test_a_typed_date_stands_until_another_is_typed(universe: Universe, plan: Plan, staff: Client) -> None:
    """A review that types none never takes it away, and an older one that is entered late neither."""
    house = universe.ours
    review(plan, house, pdmp="looked_at", next_due_on=NEXT)
    review(plan, house, naloxone="offered")
    assert state_of(plan).due_on == NEXT
    early = TODAY - timedelta(days=30)
    review(plan, house, day=early, pdmp="looked_at", next_due_on=TODAY - timedelta(days=1))
    assert state_of(plan).due_on == NEXT
    assert "Left empty, Monday, May 4, 2026 stays." in words_of(staff.get(plan_url(plan, ADD)))
    review(plan, house, next_due_on=date(2026, 4, 1))
    assert state_of(plan).due_on == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("due", "says"),
    [
        (TODAY + timedelta(days=1), "The next review is due on "),
        (TODAY, "The next review is due today, "),
        (TODAY - timedelta(days=1), "Overdue: the next review was due on "),
    ],
    ids=["tomorrow", "today", "yesterday"],
)
def test_a_review_is_overdue_from_the_day_after(
    universe: Universe, plan: Plan, staff: Client, due: date, says: str
) -> None:
    review(plan, universe.ours, day=TODAY - timedelta(days=9), pdmp="looked_at", next_due_on=due)
    for page in (
        plan_url(plan, PROGRESS),
        plan_url(plan, ALL),
        plan_url(plan, "summary/"),
        plan.patient.get_absolute_url(),
    ):
        assert f"{says}{in_words(due)}." in words_of(staff.get(page)), page


@pytest.mark.parametrize(
    ("answer", "is_shown", "is_gap"),
    [(Answer.YES, True, True), (Answer.UNKNOWN, True, False), (Answer.NO, False, False)],
    ids=str,
)
def test_the_infants_clinician_is_asked_about_where_it_can_apply(
    universe: Universe, plan: Plan, staff: Client, answer: Answer, is_shown: bool, is_gap: bool
) -> None:
    answered(plan, universe.ours, answer)
    for page in (ADD, PROGRESS, "summary/"):
        assert ("The infant’s clinician" in words_of(staff.get(plan_url(plan, page)))) is is_shown, page
    assert (INFANT in gaps(plan)) is is_gap


def test_where_nobody_asked_about_pregnancy_that_is_said(universe: Universe, staff: Client) -> None:
    plan = open_plan(universe.ours, build_patient(universe.ours))
    page = plan_url(plan, PROGRESS)
    assert "Not recorded Pregnancy or breastfeeding: not asked yet" in words_of(staff.get(page))
    answered(plan, universe.ours, Answer.UNKNOWN)
    assert "Not recorded Pregnancy or breastfeeding: unknown" in words_of(staff.get(page))
    assert INFANT not in gaps(plan)


def test_what_was_recorded_of_an_infant_is_never_hidden(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    answered(plan, universe.ours, Answer.YES)
    made = review(plan, universe.ours, infant_clinician="told")
    answered(plan, universe.ours, Answer.NO)
    for page in (ADD, PROGRESS, ALL, "summary/", f"reviews/{made.number}/correct/"):
        assert "The infant’s clinician" in words_of(staff.get(plan_url(plan, page))), page


HOSTILE: Final = "<script>alert(1)</script> 王 ليلى " + "w" * 450


def test_hostile_and_long_text_is_shown_as_text(universe: Universe, plan: Plan, staff: Client) -> None:
    staff.post(plan_url(plan, ADD), DAY | {"level_of_care": "considered", "level_of_care_note": HOSTILE})
    for page in (PROGRESS, ALL, "summary/"):
        body = staff.get(plan_url(plan, page)).content.decode()
        assert "<script>alert(1)" not in body
        assert "&lt;script&gt;alert(1)&lt;/script&gt; 王 ليلى" in body


def test_the_visit_summary_says_what_was_done_and_what_was_not(universe: Universe, plan: Plan) -> None:
    review(
        plan,
        universe.ours,
        naloxone=Considered("declined", "2026-02-20", "Has had it before"),
        next_due_on=NEXT,
    )
    summary = visit_summary_of(plan, today=TODAY, by=universe.ours.provider)
    table = next(table for table in summary.tables if table.title == "Done at reviews")
    assert table.caveat.startswith(
        "The next review is due on Monday, May 4, 2026. The last one was on Monday"
    )
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["Naloxone (recommendation 17)"] == (
        "Declined, February 20, 2026",
        "Sam Staff, RN. Has had it before",
    )
    assert rows["Prescription drug monitoring program (PDMP) (recommendation 1b)"] == ("Not recorded", "")


def test_how_plans_stand_takes_three_queries_however_many(universe: Universe) -> None:
    plans = [open_plan(universe.ours, build_patient(universe.ours)) for _ in range(4)]
    for plan in plans:
        review(plan, universe.ours, pdmp="looked_at", next_due_on=NEXT)
    with CaptureQueriesContext(connection) as asked:
        states = states_of(plans)
    assert len(asked) == 3
    assert {state.due_on for state in states.values()} == {NEXT}


def test_another_plans_reviews_are_its_own(universe: Universe, plan: Plan) -> None:
    review(open_plan(universe.ours, build_patient(universe.ours)), universe.ours, pdmp="looked_at")
    assert "pdmp" in gaps(plan)
