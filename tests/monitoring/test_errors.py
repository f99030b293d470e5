"""Entered in error: it stays readable, is said on the page, and leaves every sum, chart, list and mark."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.doses import Dose, Quantity
from taperplanner.monitoring.chart.from_rows import chart_facts
from taperplanner.monitoring.check_ins import actions as check_ins
from taperplanner.monitoring.check_ins.taken import TakenRun
from taperplanner.monitoring.follow_ups import actions as follow_ups
from taperplanner.monitoring.in_error.actions import CannotMarkInError, mark_in_error
from taperplanner.monitoring.models import CheckIn, Dispensing, EnteredInError, FollowUp, Status
from taperplanner.monitoring.scales import PHQ9, score_of
from taperplanner.monitoring.supply import actions as supplying
from taperplanner.monitoring.visit_summary.from_rows import visit_summary_of
from taperplanner.patients.actions import archive_patient
from taperplanner.registry.reading import DateRange, plans_in
from taperplanner.tapers.models import Plan

from ..world.course import (
    add_follow_up,
    check_in,
    count_at_home,
    details,
    in_error,
    record_dispensing_of,
    words_of,
)
from ..world.plan_pages import plan_url
from ..world.plans import TODAY
from ..world.universe import NOW, House, Universe

RUN = TakenRun(date(2026, 2, 20), TODAY, Dose(1_500_000))


def progress(client: Client, plan: Plan) -> str:
    return words_of(client.get(plan_url(plan, "progress/")))


def test_a_check_in_leaves_the_picture_the_sums_and_the_visit_summary(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    wrong = check_in(
        plan,
        universe.ours,
        ratings={"anxiety": 3},
        phq9=score_of(PHQ9, (), 9),
        taken=(RUN,),
        left={1: Quantity(2000)},
        decision="hold",
    )
    assert chart_facts(universe.ours.clinic, [plan], today=TODAY).bands
    assert "First day without enough" in progress(staff, plan)
    in_error(wrong, universe.ours)
    story = chart_facts(universe.ours.clinic, [plan], today=TODAY)
    assert (story.bands, story.drugs[0].reported) == ((), ())
    summary = words_of(staff.get(plan_url(plan, "summary/")))
    assert "No check-in is recorded." in summary
    page = progress(staff, plan)
    assert "Nothing has been recorded as dispensed or counted yet." in page
    assert "entered in error What was wrong: Another patient's (Sam Staff, RN)" in page
    own = words_of(staff.get(wrong.get_absolute_url()))
    assert "Entered in error. What was wrong: Another patient's" in own
    assert "Anxiety" in own  # readable as it was written
    assert "Correct it" not in own


def test_an_earlier_word_counts_again_for_the_days_that_were_told_twice(
    universe: Universe, plan: Plan
) -> None:
    check_in(plan, universe.ours, taken=(RUN,))
    wrong = check_in(plan, universe.ours, taken=(TakenRun(TODAY, TODAY, Dose(0)),))
    in_error(wrong, universe.ours)
    told = chart_facts(universe.ours.clinic, [plan], today=TODAY).drugs[0].reported
    assert [(run.first_day, run.last_day, run.dose) for run in told] == [(RUN.first_day, TODAY, RUN.dose)]


def test_the_follow_up_that_it_answered_is_open_again(universe: Universe, plan: Plan, staff: Client) -> None:
    """H25: the contact that was written down for somebody else did not happen with this patient."""
    follow_up = add_follow_up(plan, universe.ours, TODAY)
    wrong = check_in(plan, universe.ours, follow_up=follow_up)
    address = plan_url(plan, "in-error/check-in/1/")
    assert "due Monday, March 2, 2026, is open again: only this check-in" in words_of(staff.get(address))
    assert staff.post(address, {"reason": "Another patient's"}).status_code == 302
    follow_up.refresh_from_db()
    assert (follow_up.status, follow_up.settled_by, follow_up.settled_at) == (Status.OPEN, None, None)
    assert "Follow-ups due today (1)" in words_of(staff.get("/"))
    event = Event.objects.get(action="check_in.entered_in_error")
    assert (event.subject, event.details) == ("plan 1, check-in 1", {"reopened": "follow-up 1"})
    check_in(plan, universe.ours, follow_up=FollowUp.objects.get(pk=follow_up.pk))
    assert not CheckIn.objects.valid().filter(pk=wrong.pk).exists()


def test_a_follow_up_that_somebody_else_settled_stays_settled(universe: Universe, plan: Plan) -> None:
    follow_up = add_follow_up(plan, universe.ours, TODAY)
    follow_ups.settle_follow_up(
        follow_up=follow_up, status=Status.DONE, reason="", revision=1, by=universe.ours.staff, at=NOW
    )
    in_error(check_in(plan, universe.ours), universe.ours)
    follow_up.refresh_from_db()
    assert follow_up.status == Status.DONE


def test_a_dispensing_leaves_the_count(universe: Universe, plan: Plan, staff: Client) -> None:
    """H32: tablets of another patient must not carry this one past the day they run out."""
    record_dispensing_of(plan, universe.ours, "12", product=1)
    wrong = record_dispensing_of(plan, universe.ours, "100", product=1)
    assert "First day without enough" not in words_of(staff.get("/"))
    address = plan_url(plan, f"in-error/dispensing/{wrong.number}/")
    assert "100 tablets of clonazepam 1 mg tablet dispensed on Monday, March 2, 2026" in words_of(
        staff.get(address)
    )
    assert staff.post(address, {"reason": "Ben's"}).status_code == 302
    page = progress(staff, plan)
    assert "First day without enough: Sunday, March 8, 2026." in page
    assert "Sunday, March 8, 2026 First day without enough of clonazepam 1 mg tablet" in words_of(
        staff.get("/")
    )
    assert "100 tablets of clonazePAM 1 mg tablet, Sam Staff, RN entered in error" in page
    assert "Entered in error: Ben's (Sam Staff, RN)" in page
    with pytest.raises(supplying.CannotRecordDispensing, match="entered in error"):
        supplying.correct_dispensing(
            dispensing=wrong,
            details=supplying.DispensingDetails(wrong.product, Quantity(1000), TODAY),
            why="Slip",
            by=universe.ours.staff,
            at=NOW,
        )
    again = record_dispensing_of(
        plan, universe.ours, "100", product=1
    )  # not asked: the other is no row that stands
    assert again.number == 3


def test_a_count_leaves_the_books_and_the_worklist(universe: Universe, plan: Plan, staff: Client) -> None:
    record_dispensing_of(plan, universe.ours, "28", product=1, at=NOW - timedelta(hours=1))
    wrong = count_at_home(plan, universe.ours, "3", product=1)
    assert "fewer than should be left" in words_of(staff.get("/"))
    assert (
        staff.post(plan_url(plan, f"in-error/count/{wrong.number}/"), {"reason": "Ben's"}).status_code == 302
    )
    page = progress(staff, plan)
    assert "Should be left this morning 28 tablets" in page
    assert "3 tablets of clonazePAM 1 mg tablet" in page
    assert "What was wrong: Ben's (Sam Staff, RN)" in page
    assert "fewer than should be left" not in words_of(staff.get("/"))


def test_a_follow_up_leaves_worklist_registry_and_lists(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    wrong = add_follow_up(plan, universe.ours, TODAY)
    march = DateRange(date(2026, 3, 1), date(2026, 3, 31))
    assert plans_in(universe.ours.clinic, march)[0].follow_ups.all == 1
    assert staff.post(plan_url(plan, "in-error/follow-up/1/"), {"reason": "Twice"}).status_code == 302
    assert plans_in(universe.ours.clinic, march)[0].follow_ups.all == 0
    assert "Phone call: sleep and mood" not in words_of(staff.get("/"))
    assert "Phone call: sleep and mood" not in words_of(staff.get(f"/patients/{plan.patient_id}/"))
    page = progress(staff, plan)
    assert "Monday, March 2, 2026 entered in error Phone call: sleep and mood" in page
    assert "What was wrong: Twice (Sam Staff, RN)" in page
    assert "Done, missed or cancelled" not in page
    form = words_of(staff.get(plan_url(plan, "check-ins/add/")))
    assert "Which follow-up is done by this" not in form
    wrong.refresh_from_db()
    for act, refusal in (
        (lambda: settle(wrong, universe.ours), follow_ups.CannotSettleFollowUp),
        (lambda: edit(wrong, universe.ours), follow_ups.CannotEditFollowUp),
        (lambda: check_in(plan, universe.ours, follow_up=wrong), check_ins.CannotRecordCheckIn),
    ):
        with pytest.raises(refusal, match="entered in error"):
            act()


def settle(follow_up: FollowUp, house: House) -> None:
    follow_ups.settle_follow_up(
        follow_up=follow_up, status=Status.DONE, reason="", revision=1, by=house.staff, at=NOW
    )


def edit(follow_up: FollowUp, house: House) -> None:
    follow_ups.edit_follow_up(
        follow_up=follow_up, due_on=TODAY, details=details(house), revision=1, by=house.staff, at=NOW
    )


def test_an_overdue_follow_up_in_error_is_no_open_question(universe: Universe, plan: Plan) -> None:
    late = add_follow_up(plan, universe.ours, TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert overdue(plan, universe.ours, tomorrow)
    in_error(late, universe.ours)
    assert not overdue(plan, universe.ours, tomorrow)


def overdue(plan: Plan, house: House, today: date) -> list[str]:
    told = visit_summary_of(plan, today=today, by=house.staff).open_questions
    return [question for question in told if question.startswith("Follow-up overdue")]


def test_it_is_marked_once_with_a_reason_by_whoever_records(
    universe: Universe, plan: Plan, staff: Client, provider: Client
) -> None:
    row = record_dispensing_of(plan, universe.ours)
    address = plan_url(plan, f"in-error/dispensing/{row.number}/")
    assert "Write what was wrong." in words_of(staff.post(address, {"reason": " "}))
    with pytest.raises(CannotMarkInError, match="Write what was wrong"):
        in_error(row, universe.ours, "")
    assert provider.post(address, {"reason": "Ben's"}).status_code == 302
    assert "marked as entered in error already" in words_of(staff.get(address))
    assert "already" in words_of(staff.post(address, {"reason": "Again"}))
    made = EnteredInError.objects.get()
    assert (made.reason, made.marked_by_name, made.dispensing) == ("Ben's", "Priya Provider, MD", row)
    assert Event.objects.get(action="dispensing.entered_in_error").subject == "plan 1, dispensing 1"
    assert Dispensing.objects.filter(pk=row.pk).exists()
    manager = universe.client_of(universe.ours.manager)
    assert manager.post(address, {"reason": "Ben's"}).status_code == 403


def test_nothing_is_marked_for_an_archived_patient(universe: Universe, plan: Plan) -> None:
    row = record_dispensing_of(plan, universe.ours)
    patient = plan.patient
    archive_patient(
        patient=patient, reason="Moved", revision=patient.revision, by=universe.ours.provider, at=NOW
    )
    with pytest.raises(CannotMarkInError, match="archived"):
        mark_in_error(row=row, reason="Ben's", by=universe.ours.staff, at=NOW)


def test_another_kind_of_record_has_no_such_page(plan: Plan, staff: Client) -> None:
    assert staff.get(plan_url(plan, "in-error/version/1/")).status_code == 404
    assert staff.get(plan_url(plan, "in-error/check-in/1/")).status_code == 404


@pytest.mark.parametrize("both", [True, False])
def test_the_database_refuses_a_mark_of_two_records_or_of_none(
    universe: Universe, plan: Plan, both: bool
) -> None:
    rows: dict[str, Any] = (
        {"dispensing": record_dispensing_of(plan, universe.ours), "check_in": check_in(plan, universe.ours)}
        if both
        else {}
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        EnteredInError.objects.create(
            **rows, reason="x", marked_by=universe.ours.staff, marked_by_name="x", marked_at=NOW
        )
