"""What each person did in the last thirty days, as a manager sees it: counts, of this clinic, and no patient."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.accounts.activity import NOT_COUNTED, Activity, activity_of
from taperplanner.audit.log import record
from taperplanner.audit.models import Event
from taperplanner.audit.sentences import SENTENCES
from taperplanner.releases import THIS_RELEASE

from ..world.plans import signed_version
from ..world.universe import NOW, House, Universe

COUNTED = ("pages", "written", "papers", "signed", "refused")
PAGE, FILE = "/clinic/users/activity/", "/clinic/users/activity/file/"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(universe: Universe) -> Client:
    return universe.client_of(universe.ours.manager)


def of(house: House) -> dict[str, Activity]:
    found = activity_of(house.clinic.pk, house.clinic.users.active_first(), NOW)
    return {one.person.name: one for one in found}


def test_pages_records_papers_signatures_and_refusals_are_counted_apart(universe: Universe) -> None:
    house = universe.ours
    before = of(house)[house.staff.name]
    for action in (
        "patient.page_shown",
        "worklist.shown",
        "registry.exported",
        "check_in.recorded",
        "draft.saved",
        "handout.printed",
        "version.checked",
        "request.refused",
        "user.signed_in",
    ):
        record(action, by=house.staff, at=NOW)
    after = of(house)[house.staff.name]
    assert [getattr(after, name) - getattr(before, name) for name in COUNTED] == [3, 2, 1, 1, 1]


def test_a_signature_is_one(universe: Universe) -> None:
    signed_version(universe.ours)
    assert of(universe.ours)[universe.ours.provider.name].signed == 1


def test_what_is_older_than_thirty_days_or_of_another_clinic_is_not_counted(universe: Universe) -> None:
    house = universe.ours
    before = of(house)[house.staff.name].pages
    record("worklist.shown", by=house.staff, at=NOW - timedelta(days=30))
    record("worklist.shown", by=universe.theirs.staff, at=NOW)
    assert of(house)[house.staff.name].pages == before
    record("worklist.shown", by=house.staff, at=NOW - timedelta(days=30) + timedelta(seconds=1))
    assert of(house)[house.staff.name].pages == before + 1


@pytest.mark.parametrize("action", SENTENCES)
def test_whatever_an_event_is_called_it_is_counted_once_or_is_of_those_that_are_not(
    universe: Universe, action: str
) -> None:
    house = universe.ours
    before = of(house)[house.staff.name]
    record(action, by=house.staff, at=NOW)
    after = of(house)[house.staff.name]
    more = [getattr(after, name) - getattr(before, name) for name in COUNTED]
    assert sum(more) == (0 if action.startswith(NOT_COUNTED) else 1)
    if "refused" in action and more != [0, 0, 0, 0, 1]:
        assert action in {"user.reset_refused", "user.password_refused"}, (
            "a manager's act, and a wrong password"
        )


def test_it_costs_one_query_however_much_was_done(universe: Universe) -> None:
    people = list(universe.ours.clinic.users.active_first())
    for _ in range(20):
        record("worklist.shown", by=universe.ours.staff, at=NOW)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        activity_of(universe.ours.clinic.pk, people, NOW)
    assert len(asked) == 1


def test_the_page_shows_each_person_and_nobody_elses(universe: Universe, client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert all(user.full_title in page for user in universe.ours.clinic.users.all())
    assert "None in 30 days" in page
    assert universe.theirs.provider.email not in page
    assert Event.objects.filter(action="users.activity_shown", user_id=universe.ours.manager.pk).exists()


def test_the_file_has_the_same_and_the_log_says_so(universe: Universe, client: Client) -> None:
    universe.ours.clinic.users.filter(pk=universe.ours.staff.pk).update(name="=Sam")
    answer = client.get(FILE)
    assert (
        answer.headers["Content-Disposition"]
        == f'attachment; filename="activity-2026-03-02-taper-planner-{THIS_RELEASE}.csv"'
    )
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (head[0], head[6:]) == (
        "Name",
        ["Pages opened", "Records written", "Papers printed", "Signed or checked", "Refused"],
    )
    assert {row[0] for row in rows} == {"Priya Provider, MD", "'=Sam, RN", "Mina Manager"}
    assert Event.objects.filter(action="users.activity_exported").count() == 1
