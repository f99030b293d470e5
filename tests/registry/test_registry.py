"""The registry: counts of a range of days, the file, and who is told what."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.audit.models import Event
from taperplanner.csv_files import harmless
from taperplanner.monitoring.follow_ups.actions import settle_follow_up
from taperplanner.monitoring.models import FollowUp, Status
from taperplanner.releases import THIS_RELEASE
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.models import Plan, State, Version
from taperplanner.tapers.schedule.reasons import Reason

from ..world.course import add_follow_up, words_of
from ..world.people import build_patient
from ..world.plans import MARCH_20, open_plan, sign_revision, signed_version, start_revision
from ..world.two_plans import WHAT_FOR, open_bridge
from ..world.universe import NOW, House, Universe

MARCH = {"first_day": "03/01/2026", "last_day": "03/31/2026"}


def settle(follow_up: FollowUp, house: House, status: Status, at: datetime = NOW) -> None:
    settle_follow_up(follow_up=follow_up, status=status, reason="Said so", revision=1, by=house.staff, at=at)


def end(plan: Plan, house: House, state: State, reason: str) -> None:
    end_plan(plan=plan, revision=plan.revision, state=state, reason=reason, by=house.provider, at=NOW)


@pytest.fixture
def march(universe: Universe, version: Version) -> Plan:
    """A plan of March that is held once, with a follow-up of each outcome, and stopped early."""
    house, plan = universe.ours, version.plan
    sign_revision(start_revision(version, house, MARCH_20, reason=Reason.HOLD), house)
    for number, (status, at) in enumerate(
        (
            (Status.DONE, NOW),
            (Status.DONE, NOW + timedelta(days=30)),
            (Status.MISSED, NOW),
            (Status.CANCELLED, NOW),
        )
    ):
        settle(add_follow_up(plan, house, date(2026, 3, 3 + number)), house, status, at)
    add_follow_up(plan, house, date(2026, 3, 31))
    add_follow_up(plan, house, date(2026, 4, 1))
    end(plan, house, State.DISCONTINUED, "=HYPERLINK(1), the patient moved")
    return plan


def rows_of(client: Client, **changed: str) -> list[dict[str, str]]:
    answer = client.get("/clinic/registry.csv", MARCH | changed)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        answer["Content-Disposition"]
        == f'attachment; filename="registry-2026-03-01-to-2026-03-31-taper-planner-{THIS_RELEASE}.csv"'
    )
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_counts_are_those_of_the_range(march: Plan, provider: Client) -> None:
    page = words_of(provider.get("/clinic/registry/", MARCH))
    for says in (
        "Plans opened 1", "Plans started 1", "Plans put on hold 1", "Plans completed 0", "Plans stopped early 1",
        "Follow-ups that were due (5)", "Done by the day they were due 1", "Done later 1", "Missed 1", "Cancelled 1",
        "Not settled yet 1",
    ):  # fmt: skip
        assert says in page, says


def test_a_plan_that_bridges_is_counted_by_itself_and_says_what_for(
    universe: Universe, march: Plan, provider: Client
) -> None:
    """Among tapers it would be read as one of them."""
    open_bridge(universe.ours, march.patient)
    page = words_of(provider.get("/clinic/registry/", MARCH))
    assert "Plans opened 2 Of them, to start or bridge a medicine 1" in page
    rows = rows_of(provider)
    assert sorted((row["Goal"], row["What for"]) for row in rows) == [
        ("Discontinue", ""),
        ("Start or bridge", WHAT_FOR),
    ]


def test_another_range_counts_what_is_in_it(march: Plan, provider: Client) -> None:
    page = words_of(provider.get("/clinic/registry/", {"first_day": "04/01/2026", "last_day": "04/30/2026"}))
    assert "Plans opened 0" in page
    assert "Follow-ups that were due (1)" in page
    empty = words_of(provider.get("/clinic/registry/", {"first_day": "05/01/2026", "last_day": "05/31/2026"}))
    assert "Follow-ups that were due (0)" in empty


def test_a_plan_that_was_left_before_it_was_ended_counts_on_the_day_on_which_it_was_left(
    universe: Universe, version: Version, provider: Client
) -> None:
    plan = version.plan
    end_plan(
        plan=plan,
        revision=plan.revision,
        state=State.DISCONTINUED,
        reason="Stopped by herself",
        stopped_on=date(2026, 3, 20),
        by=universe.ours.provider,
        at=datetime(2026, 5, 4, 15, 0, tzinfo=UTC),
    )
    assert "Plans stopped early 1" in words_of(provider.get("/clinic/registry/", MARCH))
    may = {"first_day": "05/01/2026", "last_day": "05/31/2026"}
    assert "Plans stopped early 0" in words_of(provider.get("/clinic/registry/", may))


def test_a_day_begins_and_ends_at_the_clinics_midnight(universe: Universe, provider: Client) -> None:
    """Opened on March 31 at 23:59 in New York, which is April 1 in UTC."""
    open_plan(universe.ours, build_patient(universe.ours), at=datetime(2026, 4, 1, 3, 59, tzinfo=UTC))
    assert len(rows_of(provider)) == 1
    open_plan(universe.ours, build_patient(universe.ours), at=datetime(2026, 4, 1, 4, 0, tzinfo=UTC))
    assert len(rows_of(provider)) == 1


def test_the_file_holds_no_name_unless_asked(march: Plan, provider: Client) -> None:
    (row,) = rows_of(provider)
    assert not {"Name", "MRN", "Date of birth"} & set(row)
    assert "Rivera" not in str(row)
    assert (row["State"], row["Holds"], row["Follow-ups on time"]) == ("Discontinued early", "1", "1")
    assert Event.objects.get(action="registry.exported").details == {
        "first_day": "2026-03-01",
        "last_day": "2026-03-31",
        "plans": 1,
    }
    (named,) = rows_of(provider, names="on")
    assert (named["Name"], named["MRN"]) == ("Rivera, Ana", "A-1001")
    event = Event.objects.filter(action="registry.exported").newest_first()[0]
    last = Event.objects.filter(action="registry.exported", details__has_key="patients").get()
    assert event
    assert last.details["patients"] == [march.patient_id.hex]


def test_the_page_leaves_one_event_and_shows_no_name_unless_asked(march: Plan, provider: Client) -> None:
    before = Event.objects.count()
    assert "Rivera" not in words_of(provider.get("/clinic/registry/", MARCH))
    assert Event.objects.count() == before + 1
    assert "Rivera" in words_of(provider.get("/clinic/registry/", MARCH | {"names": "on"}))


def test_no_cell_is_a_formula(march: Plan, provider: Client) -> None:
    (row,) = rows_of(provider)
    assert row["Why it ended"] == "'=HYPERLINK(1), the patient moved"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_what_a_spreadsheet_would_run_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "28", "clonazepam", "2026-03-02", "a=b"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_another_clinics_plans_are_not_counted(universe: Universe, provider: Client) -> None:
    signed_version(universe.theirs)
    assert rows_of(provider) == []


def test_staff_and_managers_do_not_see_it(universe: Universe, staff: Client) -> None:
    for client in (staff, universe.client_of(universe.ours.manager)):
        for address in ("/clinic/registry/", "/clinic/registry.csv"):
            assert client.get(address, MARCH).status_code == 403


def test_days_that_make_no_sense_are_said(provider: Client) -> None:
    wrong = {"first_day": "03/31/2026", "last_day": "03/01/2026"}
    assert "before the first day" in words_of(provider.get("/clinic/registry/", wrong))
    answer = provider.get("/clinic/registry.csv", wrong, follow=True)
    assert "before the first day" in words_of(answer)


def test_it_asks_as_often_for_many_plans_as_for_few(universe: Universe, provider: Client) -> None:
    counts = []
    for plans in (3, 17):
        for _ in range(plans):
            open_plan(universe.ours, build_patient(universe.ours))
        provider.get("/clinic/registry/", MARCH)
        with CaptureQueriesContext(connection) as queries:
            provider.get("/clinic/registry/", MARCH)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
