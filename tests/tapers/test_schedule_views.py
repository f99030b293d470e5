"""The signed schedule on screen, with today marked and the guidance beside it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.audit.models import Event
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.models import Plan

from ..world.people import answer_all, build_patient
from ..world.plan_pages import plan_url
from ..world.plans import long_schedule, open_plan, sign_plan, signed_version
from ..world.tampering import past_the_triggers
from ..world.universe import Universe

pytestmark = pytest.mark.usefixtures("now")


def test_the_schedule_page_says_what_is_taken_today(universe: Universe, provider: Client) -> None:
    version = signed_version(universe.ours)
    with time_machine.travel(datetime(2026, 3, 17, 16, tzinfo=UTC)):
        universe.clients.clear()
        page = universe.client_of(universe.ours.provider).get(plan_url(version.plan)).content.decode()
    assert (
        "Today, Tuesday, March 17, 2026: step 2 of 6, 1.5 mg a day: morning 1 tablet of 0.5 mg;"
        " bedtime 1 tablet of 1 mg." in page
    )
    assert page.count('aria-current="date"') == 1


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        (
            datetime(2026, 3, 2, 4, 59, tzinfo=UTC),
            "Today, Sunday, March 1, 2026: this schedule has not started",
        ),
        (datetime(2026, 3, 2, 5, 0, tzinfo=UTC), "Today, Monday, March 2, 2026: step 1 of 6"),
        (datetime(2026, 5, 4, 3, 59, tzinfo=UTC), "Today, Sunday, May 3, 2026: step 6 of 6"),
        (datetime(2026, 5, 4, 4, 0, tzinfo=UTC), "Today, Monday, May 4, 2026: no clonazePAM."),
    ],
)
def test_today_is_the_clinics_day_to_the_minute(universe: Universe, moment: datetime, says: str) -> None:
    version = signed_version(universe.ours)
    with time_machine.travel(moment, tick=False):
        assert says in universe.client_of(universe.ours.staff).get(plan_url(version.plan)).content.decode()


def test_withdrawal_and_monitoring_guidance_stand_beside_the_schedule(
    universe: Universe, provider: Client
) -> None:
    page = provider.get(plan_url(signed_version(universe.ours).plan)).content.decode()
    aside = page[page.index('id="guidance"') :]
    assert ">Withdrawal:" in aside
    assert ">Monitoring:" in aside
    assert "Reference, not an order." in aside
    assert aside.count("Source:") >= 10
    assert "<button" not in aside[: aside.index("</aside>")]


def test_another_drug_has_no_guidance_and_the_page_says_so(universe: Universe, provider: Client) -> None:
    version = signed_version(universe.ours)
    Plan.objects.filter(pk=version.plan_id).update(drug="diazepam")
    page = provider.get(plan_url(version.plan)).content.decode()
    assert "There is no reference document for <bdi>diazepam</bdi>" in page


def test_the_schedule_page_asks_as_often_for_four_steps_as_for_sixty(
    universe: Universe, provider: Client
) -> None:
    counts = []
    for steps in (4, 60):
        plan = open_plan(universe.ours, build_patient(universe.ours))
        answer_all(plan.patient, by=universe.ours.provider)
        sign_plan(plan, universe.ours, long_schedule(steps))
        provider.get(plan_url(plan))
        with CaptureQueriesContext(connection) as queries:
            assert provider.get(plan_url(plan)).content.decode().count("<tr") > steps
        counts.append(len(queries))
    assert counts[0] == counts[1] == 11


def test_every_page_of_a_patient_leaves_one_event(universe: Universe, provider: Client) -> None:
    version = signed_version(universe.ours)
    before = Event.objects.count()
    provider.get(plan_url(version.plan))
    event = Event.objects.newest_first().first()
    assert Event.objects.count() == before + 1
    assert (event.action, event.subject) == ("patient.page_shown", "tapers:plan")
    assert event.patient_id == version.plan.patient_id


def test_a_version_that_was_changed_in_the_database_is_not_shown(
    universe: Universe, provider: Client
) -> None:
    version = signed_version(universe.ours)
    past_the_triggers("UPDATE tapers_step SET dose_nanograms = 5000000 WHERE position = 1")
    for rest in ("", "versions/1/", "versions/1/handout/"):
        answer = provider.get(plan_url(version.plan, rest))
        page = answer.content.decode()
        assert answer.status_code == 500
        assert "This is not what was signed" in page
        assert "5 mg" not in page
    assert Event.objects.filter(action="version.hash_mismatch").count() == 3


def test_a_time_of_day_at_which_no_step_takes_anything_gets_no_column(
    universe: Universe, provider: Client
) -> None:
    plan = open_plan(universe.ours)
    rows = (
        TypedStep("14", "1", "Slowly", {"bedtime-1": "1"}),
        TypedStep("14", "0.5", "", {"bedtime-2": "1"}),
    )
    sign_plan(plan, universe.ours, TypedDraft("03/02/2026", "stop", rows))
    page = provider.get(plan_url(plan)).content.decode()
    table = page[page.index('<table class="schedule folds">') :].partition("</table>")[0]
    assert re.findall(r'<th scope="col">(.*?)</th>', table) == ["Step", "Days", "Daily dose", "Bedtime"]
    assert re.findall(r'colspan="(\d+)"', table) == ["4", "3"]
    assert "–" not in table
    for time in ("Morning", "Noon", "Evening"):
        assert f'data-label="{time}"' not in table


def test_a_step_that_takes_nothing_at_a_time_that_another_uses_says_so(
    universe: Universe, provider: Client
) -> None:
    page = provider.get(plan_url(signed_version(universe.ours).plan)).content.decode()
    table = page[page.index('<table class="schedule folds">') :].partition("</table>")[0]
    heads = re.findall(r'<th scope="col">(.*?)</th>', table)
    assert heads == ["Step", "Days", "Daily dose", "Morning", "Bedtime"]
    assert table.count('<td data-label="Morning">–</td>') == 1, "the last step is taken at bedtime alone"
