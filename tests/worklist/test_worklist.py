"""The first page: who needs a look today, in the clinic's zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

from taperplanner.accounts.models import Clinic
from taperplanner.accounts.permissions import Permission
from taperplanner.audit.models import Event
from taperplanner.patients.actions import archive_patient
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.models import Plan, State, Version
from taperplanner.worklist import page as places
from taperplanner.worklist.page import Batch
from taperplanner.worklist.sections import Section, WorklistQuery, WorklistRow

from ..world.course import add_follow_up, add_with_steps, emergency_of, record_dispensing_of, words_of
from ..world.flags import flag_to
from ..world.people import another_provider, answer_all, build_patient
from ..world.plans import (
    MARCH_20,
    TODAY,
    open_plan,
    sign_plan,
    sign_revision,
    signed_version,
    start_revision,
    typed_schedule,
)
from ..world.tampering import past_the_triggers
from ..world.universe import NOW, House, Universe

At = Callable[[datetime], str]


@pytest.fixture
def page_at(universe: Universe, time_machine: TimeMachineFixture) -> At:
    """The words of staff's first page at a moment."""

    def ask(moment: datetime) -> str:
        time_machine.move_to(moment, tick=False)
        universe.clients.clear()
        return words_of(universe.client_of(universe.ours.staff).get("/"))

    return ask


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


def part(page: str, title: str) -> str:
    """From a section's heading to the next one's."""
    rest = page.partition(f"{title} (")[2]
    following = [rest.index(f"{other} (") for other in TITLES if f"{other} (" in rest]
    return rest[: min(following, default=len(rest))]


TITLES = (
    "Open emergencies", "Steps that change today", "Follow-ups overdue", "Follow-ups due today",
    "Supply that runs out within 7 days", "Counts at home lower than expected", "Steps that change in the next 6 days",
    "Follow-ups due in the next 6 days", "Follow-ups whose steps moved", "Open plans at their last day",
    "Drafts that are not signed", "Medication lists to review",
)  # fmt: skip


def test_an_empty_clinic_has_nothing_to_do(universe: Universe, page_at: At) -> None:
    page = page_at(NOW)
    assert "Monday, March 2, 2026" in page
    assert "Nothing needs attention today." in page


@pytest.mark.parametrize(
    ("day", "title", "says"),
    [
        (date(2026, 3, 16), "Steps that change today", "Step 2 of 6 begins: 1.5 mg a day"),
        (date(2026, 3, 15), "Steps that change in the next 6 days", "Monday, March 16, 2026 Step 2 of 6 begins"),
        (date(2026, 3, 10), "Steps that change in the next 6 days", "Step 2 of 6 begins"),
        (date(2026, 5, 4), "Steps that change today", "The first day without a dose"),
        (date(2026, 4, 27), "Open plans at their last day", "Sunday, May 3, 2026 The last step ends, then none"),
        (date(2026, 5, 3), "Open plans at their last day", "The last step ends, then none"),
        (date(2026, 5, 4), "Open plans at their last day", "The last day was Sun, May 3, 2026, and the plan is still open"),
    ],
    ids=str,
)  # fmt: skip
def test_steps_and_last_days_stand_there_on_their_day(
    universe: Universe, version: Version, page_at: At, day: date, title: str, says: str
) -> None:
    assert says in part(page_at(noon(day)), title)


@pytest.mark.parametrize("day", [date(2026, 3, 9), date(2026, 3, 17)], ids=str)
def test_a_step_is_not_there_too_early_or_too_late(
    universe: Universe, version: Version, page_at: At, day: date
) -> None:
    assert "Step 2 of 6" not in page_at(noon(day))


def test_a_step_that_a_newer_version_replaced_is_not_there(
    universe: Universe, version: Version, page_at: At
) -> None:
    """Version 2 begins on March 20 and carries 10 days of step 2: its step 2 begins on March 30 as before."""
    sign_revision(start_revision(version, universe.ours, MARCH_20), universe.ours)
    assert "Step 1 of 5 begins: 1.5 mg a day" in part(page_at(noon(MARCH_20)), "Steps that change today")
    page = page_at(noon(date(2026, 3, 30)))
    assert "Step 2 of 5 begins: 1 mg a day" in part(page, "Steps that change today")
    assert "Step 3 of 6" not in page


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/New_York", date(2026, 3, 8)),  # clocks go forward by an hour
        ("Australia/Lord_Howe", date(2026, 4, 5)),  # back by half an hour
        ("Pacific/Kiritimati", date(2026, 12, 31)),  # the first zone to reach a new year
    ],
)
def test_follow_ups_change_place_at_the_clinics_midnight(
    universe: Universe, plan: Plan, page_at: At, zone: str, day: date
) -> None:
    """H25: due on a day, to the second. Every zone and clock change: monitoring/test_due.py."""
    Clinic.objects.filter(pk=universe.ours.clinic.pk).update(time_zone=zone)
    add_follow_up(plan, universe.ours, day)
    begins = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    after = day + timedelta(days=1)
    ends = datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    second = timedelta(seconds=1)
    for moment, title in (
        (begins - second, "Follow-ups due in the next 6 days"),
        (begins, "Follow-ups due today"),
        (ends - second, "Follow-ups due today"),
        (ends, "Follow-ups overdue"),
    ):
        assert "Phone call: sleep and mood" in part(page_at(moment), title), (moment, title)


def test_an_open_emergency_stands_first(universe: Universe, plan: Plan, page_at: At) -> None:
    add_follow_up(plan, universe.ours, TODAY)
    emergency_of(plan, universe.ours)
    page = page_at(NOW)
    assert "A seizure" in part(page, "Open emergencies")
    assert page.index("Open emergencies (") < page.index("Follow-ups due today (")


def test_supply_that_runs_out_is_there_a_week_before(universe: Universe, plan: Plan, page_at: At) -> None:
    record_dispensing_of(plan, universe.ours, "14", product=1)  # 2 a day: enough for 7 days, to March 8
    title = "Supply that runs out within 7 days"
    assert "First day without enough" not in page_at(noon(date(2026, 3, 2)))
    says = "Monday, March 9, 2026 First day without enough of clonazepam 1 mg tablet"
    assert says in part(page_at(noon(date(2026, 3, 3))), title)
    today = "Thursday, March 12, 2026 First day without enough of clonazepam 1 mg tablet"
    assert today in part(page_at(noon(date(2026, 3, 12))), title)


def test_drafts_moved_follow_ups_and_lists_are_there(
    universe: Universe, version: Version, page_at: At
) -> None:
    add_with_steps(version, universe.ours, 5)
    newer = sign_revision(start_revision(version, universe.ours), universe.ours)
    start_revision(newer, universe.ours, date(2026, 3, 25))
    page = page_at(NOW)
    assert page.count("with step") == 0
    assert part(page, "Follow-ups whose steps moved").count("Decide") == 4
    assert "A draft, last saved on Mon, Mar 2, 2026" in part(page, "Drafts that are not signed")
    assert "Never reviewed with the patient." in part(page, "Medication lists to review")


def test_ended_plans_and_archived_patients_are_not_there(
    universe: Universe, version: Version, page_at: At
) -> None:
    plan = version.plan
    other = signed_for(universe.ours, build_patient(universe.ours))
    add_follow_up(other, universe.ours, TODAY)
    end_plan(
        plan=plan,
        revision=1,
        state=State.DISCONTINUED,
        reason="Moved away",
        by=universe.ours.provider,
        at=NOW,
    )
    archive_patient(
        patient=other.patient,
        reason="Moved",
        revision=other.patient.revision,
        by=universe.ours.provider,
        at=NOW,
    )
    assert "Nothing needs attention today." in page_at(NOW)


def test_another_clinics_patients_are_not_there(universe: Universe, page_at: At) -> None:
    theirs = signed_version(universe.theirs).plan
    add_follow_up(theirs, universe.theirs, TODAY)
    emergency_of(theirs, universe.theirs)
    record_dispensing_of(theirs, universe.theirs, "1")
    assert "Nothing needs attention today." in page_at(NOW)


def test_a_plan_that_was_tampered_with_says_so_and_shows_no_dose(
    universe: Universe, version: Version, page_at: At
) -> None:
    past_the_triggers("UPDATE tapers_step SET dose_nanograms = 5000000 WHERE position = 2")
    page = page_at(noon(date(2026, 3, 16)))
    assert "What is stored is not what was signed." in part(page, "Steps that change today")
    assert "5 mg" not in page


def test_the_filter_shows_one_providers_plans(universe: Universe, version: Version, staff: Client) -> None:
    other = another_provider(universe.ours)
    add_follow_up(version.plan, universe.ours, TODAY)
    emergency_of(version.plan, universe.ours)
    assert "Rivera" in words_of(staff.get("/", {"provider": str(universe.ours.provider.pk)}))
    assert "Nothing needs attention today." in words_of(staff.get("/", {"provider": str(other.pk)}))
    assert "Rivera" in words_of(staff.get("/", {"provider": "nobody"}))


def test_it_asks_as_often_for_forty_plans_as_for_three(universe: Universe, staff: Client) -> None:
    counts = []
    for plans in (3, 37):
        for _ in range(plans):
            plan = signed_for(universe.ours, build_patient(universe.ours))
            add_follow_up(plan, universe.ours, TODAY)
            record_dispensing_of(plan, universe.ours, "3", product=1)
            emergency_of(plan, universe.ours)
            flag_to(universe.ours.staff, plan.patient, universe.ours, by=universe.ours.provider)
            flag_to(None, plan.patient, universe.ours, at=NOW - timedelta(days=1))
        staff.get("/")
        with CaptureQueriesContext(connection) as queries:
            assert "Steps that change today (" in words_of(staff.get("/"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30


def test_showing_it_leaves_one_event_with_everybody_on_it(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    add_follow_up(plan, universe.ours, TODAY)
    before = Event.objects.count()
    staff.get("/")
    event = Event.objects.get(action="worklist.shown")
    assert Event.objects.count() == before + 1
    assert event.details == {"patients": [plan.patient_id.hex]}


def test_a_room_above_adds_a_section_and_a_batch(
    universe: Universe, plan: Plan, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale(query: WorklistQuery) -> Section:
        row = WorklistRow(plan.patient, "Version 1", "Recall", "/")
        return Section("stale", "Stale copies", [row], total=1)

    monkeypatch.setattr(places.sections, "_entries", list(places.sections))
    monkeypatch.setattr(places.batches, "_entries", [])
    assert 'name="plan"' not in staff.get("/").content.decode()
    places.sections.register(stale)
    places.sections.register(stale)
    places.batches.register(Batch("Print handouts", "patients:index", Permission.PRINT_HANDOUT))
    page = staff.get("/").content.decode()
    assert page.count("Stale copies (1)") == 1
    assert f'value="{plan.pk}"' in page
    assert "Print handouts" in page


def signed_for(house: House, patient: object) -> Plan:
    answer_all(patient, by=house.provider)
    plan = open_plan(house, patient)
    sign_plan(plan, house, typed_schedule())
    return plan
