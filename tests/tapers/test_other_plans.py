"""Two open plans of one patient know of each other: each page of one says what the other says of today."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.patients.models import Kind, Use
from taperplanner.tapers import actions
from taperplanner.tapers.models import Plan, State, Version
from taperplanner.tapers.other_plans import UNSIGNED, other_open_plans
from taperplanner.tapers.wording.today import TAMPERED

from ..world.course import words_of
from ..world.people import medication_record
from ..world.plan_pages import plan_url
from ..world.plans import DETAILS, TODAY, save_draft, typed_schedule
from ..world.tampering import past_the_triggers
from ..world.universe import NOW, Universe

pytestmark = pytest.mark.usefixtures("now")

BESIDE = "This patient has another open plan: read them together"
TODAY_LINE = "2 mg a day"


@pytest.fixture
def other(version: Version, universe: Universe) -> Plan:
    """A plan for diazepam of the patient who has a signed taper of clonazepam. Its draft is open."""
    patient, provider = version.plan.patient, universe.ours.provider
    record = medication_record(
        patient,
        provider,
        name="Valium",
        kind=Kind.PRESCRIPTION,
        strength="5 mg",
        form="Tablet",
        directions="1 tablet at bedtime",
        use=Use.REGULAR,
        started="2026-02",
    )
    return actions.open_plan(patient=patient, medication=record, details=DETAILS, by=provider, at=NOW)


@pytest.mark.parametrize("page", ["", "draft/", "draft/sign/"])
def test_a_plan_says_what_the_other_says_of_today(
    other: Plan, version: Version, provider: Client, universe: Universe, page: str
) -> None:
    save_draft(other, typed_schedule(), universe.ours)
    words = words_of(provider.get(plan_url(other, page)))
    assert BESIDE in words
    assert "Plan 1: " in words
    assert TODAY_LINE in words.partition(BESIDE)[2][:400]


def test_the_signed_one_says_that_nothing_of_the_other_is_signed(
    other: Plan, version: Version, provider: Client
) -> None:
    for page in (plan_url(version.plan), version.get_absolute_url()):
        words = words_of(provider.get(page))
        assert UNSIGNED in words.partition(BESIDE)[2][:200]


def test_a_plan_that_was_altered_is_not_read_as_one(other: Plan, version: Version) -> None:
    past_the_triggers("UPDATE tapers_step SET days = 15 WHERE position = 1")
    (beside,) = other_open_plans(Plan.objects.get(pk=other.pk), TODAY)
    assert beside.today == TAMPERED


def test_a_plan_that_ended_is_not_beside_another(
    other: Plan, version: Version, universe: Universe, provider: Client
) -> None:
    actions.end_plan(
        plan=version.plan,
        revision=1,
        state=State.DISCONTINUED,
        reason="Changed to diazepam",
        stopped_on=date(2026, 3, 1),
        by=universe.ours.provider,
        at=NOW,
    )
    assert BESIDE not in words_of(provider.get(plan_url(other)))


def test_it_asks_once_where_there_is_no_other(version: Version) -> None:
    plan = Plan.objects.select_related("patient__clinic").get(pk=version.plan_id)
    with CaptureQueriesContext(connection) as asked:
        assert other_open_plans(plan, TODAY) == []
    assert len(asked) == 1
