"""What was dispensed: the actions, the forms, and what the page counts."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from time_machine import TimeMachineFixture

from taperplanner.doses import Quantity
from taperplanner.monitoring.models import Dispensing
from taperplanner.monitoring.supply import actions
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.models import Plan, State, Version

from ..world.course import add_follow_up, record_dispensing_of, words_of
from ..world.people import build_patient
from ..world.plan_pages import inputs_of, plan_url
from ..world.plans import TODAY, open_plan, sign_plan, sign_revision, start_revision
from ..world.universe import NOW, Universe


def test_the_page_counts_what_the_plan_takes(universe: Universe, plan: Plan, staff: Client) -> None:
    """2 mg a day in 1 mg tablets to March 15; then 1 of 1 mg and 1 of 0.5 mg from March 16 on."""
    add_follow_up(plan, universe.ours, date(2026, 3, 23))
    record_dispensing_of(plan, universe.ours, "28", product=1)
    record_dispensing_of(plan, universe.ours, "10", product=2)
    page = words_of(staff.get(plan_url(plan, "progress/")))
    assert "First day without enough: Monday, March 16, 2026." in page  # 28 of 1 mg
    assert "First day without enough: Thursday, March 26, 2026." in page  # 10 of 0.5 mg
    assert "The plan takes from today to Mon, Mar 23, 2026" in page
    assert " 36 tablets " in page  # 28 to March 15, and 8
    assert " 8 tablets " in page


def test_what_should_be_left_goes_down_from_day_to_day(
    universe: Universe, plan: Plan, staff: Client, time_machine: TimeMachineFixture
) -> None:
    record_dispensing_of(plan, universe.ours, "28", product=1)
    time_machine.move_to(datetime(2026, 3, 5, 16, tzinfo=UTC))
    universe.clients.clear()
    client = universe.client_of(universe.ours.staff)
    page = words_of(client.get(plan_url(plan, "progress/")))
    assert "The plan took up to yesterday 6 tablets" in page
    assert "Should be left this morning 22 tablets" in page


def test_a_newer_version_is_counted_from_its_first_day(
    universe: Universe, version: Version, staff: Client
) -> None:
    record_dispensing_of(version.plan, universe.ours, "28", product=1)
    sign_revision(start_revision(version, universe.ours), universe.ours)
    page = staff.get(plan_url(version.plan, "progress/")).content.decode()
    assert "First day without enough: Monday, March 16, 2026." in page


def test_an_ended_plan_takes_nothing_any_more(universe: Universe, plan: Plan, staff: Client) -> None:
    record_dispensing_of(plan, universe.ours, "4", product=1)
    assert "First day without enough: Wednesday, March 4, 2026." in words_of(
        staff.get(plan_url(plan, "progress/"))
    )
    end_plan(
        plan=plan, revision=1, state=State.DISCONTINUED, reason="Moved", by=universe.ours.provider, at=NOW
    )
    assert "First day without enough" not in words_of(staff.get(plan_url(plan, "progress/")))


@pytest.mark.parametrize(("stopped_on", "ran_out"), [(None, True), (NOW.date(), False)])
def test_what_was_not_taken_after_the_last_day_is_not_counted_as_taken(
    universe: Universe,
    plan: Plan,
    staff: Client,
    time_machine: TimeMachineFixture,
    stopped_on: date | None,
    ran_out: bool,
) -> None:
    """Four tablets of 1 mg, two a day from March 2 on. It is ended on March 12."""
    record_dispensing_of(plan, universe.ours, "4", product=1)
    time_machine.move_to(NOW + timedelta(days=10))
    end_plan(
        plan=plan,
        revision=1,
        state=State.DISCONTINUED,
        reason="Stopped by herself",
        stopped_on=stopped_on,
        by=universe.ours.provider,
        at=NOW + timedelta(days=10),
    )
    page = words_of(staff.get(plan_url(plan, "progress/")))
    assert ("there was not enough by the records" in page) == ran_out
    assert ("this morning 2 tablets" in page) == (not ran_out)


def test_dispensing_is_recorded_and_corrected(universe: Universe, plan: Plan, staff: Client) -> None:
    given = {"product": "1", "quantity": "28", "dispensed_on": "03/02/2026"}
    assert staff.post(plan_url(plan, "supply/add/"), given).status_code == 302
    slip = {"product": "1", "quantity": "14", "dispensed_on": "03/02/2026", "why": "Misread the label"}
    assert staff.post(plan_url(plan, "supply/1/correct/"), slip).status_code == 302
    assert list(plan.dispensings.valid().values_list("number", "quantity_thousandths")) == [(2, 14_000)]
    page = words_of(staff.get(plan_url(plan, "progress/")))
    assert "Misread the label" in page
    assert "First day without enough: Monday, March 9, 2026." in page
    assert "corrected already" in words_of(staff.post(plan_url(plan, "supply/1/correct/"), slip))


def test_what_was_not_dispensed_is_no_correction_to_nothing(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    record_dispensing_of(plan, universe.ours, "28", product=1)
    slip = {"product": "1", "quantity": "0", "dispensed_on": "03/02/2026", "why": "Never happened"}
    assert "mark it as entered in error instead" in words_of(
        staff.post(plan_url(plan, "supply/1/correct/"), slip)
    )
    assert plan.dispensings.count() == 1


def test_no_number_stands_in_a_field_beforehand(universe: Universe, plan: Plan, staff: Client) -> None:
    """Nor in a sentence beside one: "for example 28" is read as what to type."""
    record_dispensing_of(plan, universe.ours, "28", product=1)
    for path, fields in (
        ("supply/add/", ["quantity"]),
        ("supply/1/correct/", ["quantity"]),
        ("supply/count/", ["left", "lost", "returned", "destroyed"]),
    ):
        for page in (staff.get(plan_url(plan, path)), staff.post(plan_url(plan, path), {})):
            inputs = inputs_of(page.content.decode())
            assert [inputs[name] for name in fields] == [""] * len(fields), path
            words = words_of(page).partition("MRN")[2]
            assert "for example" not in words
            assert not re.search(r"\b(28|14|30)\b(?! tablets)", words), path


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"quantity": ""}, "Enter how many were dispensed"),
        ({"quantity": "0"}, "Enter how many were dispensed"),
        ({"quantity": "28.5.1"}, "one point"),
        ({"quantity": "28.5"}, "clonazepam 1 mg tablet is not split, so only whole tablets can be counted"),
        ({"product": "2", "quantity": "28.25"}, "only whole and half tablets can be counted"),
        ({"dispensed_on": "03/03/2026"}, "This is after today"),
        ({"dispensed_on": ""}, "Enter the month, the day and the year."),
        (
            {"dispensed_on": "03/02/2020"},
            "Monday, March 2, 2020 is 6 years before this plan was opened, Monday, March 2, 2026.",
        ),
        ({"product": ""}, "Choose the product"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said(plan: Plan, staff: Client, changed: dict[str, str], says: str) -> None:
    given = {"product": "1", "quantity": "28", "dispensed_on": "03/02/2026"} | changed
    assert says in words_of(staff.post(plan_url(plan, "supply/add/"), given))
    assert not Dispensing.objects.exists()


def test_a_product_of_another_plan_is_refused(universe: Universe, plan: Plan) -> None:
    other = open_plan(universe.ours, build_patient(universe.ours)).products.get(number=1)
    given = actions.DispensingDetails(other, Quantity(1000), TODAY)
    with pytest.raises(actions.CannotRecordDispensing, match="product of this plan"):
        actions.record_dispensing(plan=plan, details=given, by=universe.ours.staff, at=NOW)


@pytest.mark.parametrize("broken", [{"quantity_thousandths": 0}, {"why_corrected": "x"}], ids=str)
def test_the_database_refuses_what_is_no_dispensing(
    universe: Universe, plan: Plan, broken: dict[str, Any]
) -> None:
    row = record_dispensing_of(plan, universe.ours)
    values = {
        "plan": plan,
        "number": 9,
        "product": row.product,
        "quantity_thousandths": 1000,
        "dispensed_on": TODAY,
        "recorded_by": universe.ours.staff,
        "recorded_by_name": "x",
        "recorded_at": NOW,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispensing.objects.create(**(values | broken))


def test_the_next_first_day_short_is_said_and_a_past_one_apart(
    universe: Universe, staff: Client, time_machine: TimeMachineFixture
) -> None:
    """The issue's refill that comes late: T, one a day from the 1st; 7 on the 1st, 20 on the 12th."""
    at = datetime(2026, 11, 1, 15, tzinfo=UTC)
    steps = (TypedStep("60", "0.5", "", {"bedtime-2": "1"}),)
    plan = sign_plan(
        open_plan(universe.ours), universe.ours, TypedDraft("11/01/2026", "stop", steps), at=at
    ).plan
    record_dispensing_of(plan, universe.ours, "7", day=date(2026, 11, 1), at=at)
    record_dispensing_of(plan, universe.ours, "20", day=date(2026, 11, 12), at=at + timedelta(days=11))
    time_machine.move_to(at + timedelta(days=26))
    universe.clients.clear()
    client = universe.client_of(universe.ours.staff)
    page = words_of(client.get(plan_url(plan, "progress/")))
    assert "First day without enough: Wednesday, December 2, 2026." in page
    assert "From November 8 to 11, 2026 there was not enough by the records." in page
    assert "Dispensed 27 tablets since Sun, Nov 1, 2026" in page
    assert "The plan took up to yesterday 22 tablets" in page  # 7, and 15 from the 12th to the 26th
    assert "Should be left this morning 5 tablets" in page
    worklist = words_of(client.get("/"))
    assert "Wednesday, December 2, 2026 First day without enough of clonazepam 0.5 mg tablet" in worklist


def test_while_nothing_is_there_today_is_the_first_day_short(
    universe: Universe, plan: Plan, time_machine: TimeMachineFixture
) -> None:
    record_dispensing_of(plan, universe.ours, "14", product=1)
    time_machine.move_to(datetime(2026, 3, 12, 16, tzinfo=UTC))
    universe.clients.clear()
    client = universe.client_of(universe.ours.staff)
    page = words_of(client.get(plan_url(plan, "progress/")))
    assert "By the records there is not enough today: Thursday, March 12, 2026." in page
    assert "From March 9 to 11, 2026 there was not enough by the records." in page
    assert "Thursday, March 12, 2026 First day without enough of" in words_of(client.get("/"))


def test_the_same_again_is_asked_before_it_is_kept(universe: Universe, plan: Plan, staff: Client) -> None:
    given = {"product": "1", "quantity": "28", "dispensed_on": "03/02/2026"}
    assert staff.post(plan_url(plan, "supply/add/"), given).status_code == 302
    asked = words_of(staff.post(plan_url(plan, "supply/add/"), given))
    assert "Again 28 tablets on March 2, 2026?" in asked
    assert "Nothing is saved yet." in asked
    assert plan.dispensings.count() == 1
    sure = given | {"sure": "again-2026-03-02|1|28000"}
    other = sure | {"quantity": "14"}
    assert staff.post(plan_url(plan, "supply/add/"), other).status_code == 302  # nothing to ask
    assert "Again 14 tablets" in words_of(
        staff.post(plan_url(plan, "supply/add/"), other)
    )  # its yes was of 28
    assert staff.post(plan_url(plan, "supply/add/"), sure).status_code == 302
    assert plan.dispensings.count() == 3


def test_a_far_day_is_kept_when_it_is_meant(plan: Plan, staff: Client) -> None:
    given = {"product": "1", "quantity": "28", "dispensed_on": "03/01/2025"}
    assert "is 1 year before this plan was opened" in words_of(
        staff.post(plan_url(plan, "supply/add/"), given)
    )
    meant = given | {"dispensed_on_far_20250301": "From another clinic"}
    assert staff.post(plan_url(plan, "supply/add/"), meant).status_code == 302
    near = given | {"dispensed_on": "03/01/2026"}
    assert staff.post(plan_url(plan, "supply/add/"), near).status_code == 302
