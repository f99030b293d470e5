"""How often the page of a plan and of a patient ask the database: exactly so often, so that one query more is red.

The fewest, where nothing hangs on the patient; and the most, where everything that `fill` writes does: never more,
however much of it there is. Two of them write the page's event.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taperplanner.doses import Dose
from taperplanner.handouts.paper.layouts import Choice
from taperplanner.monitoring.check_ins.taken import TakenRun
from taperplanner.patients.models import Patient
from taperplanner.tapers import actions
from taperplanner.tapers.models import Plan

from .world.course import add_follow_up, check_in, emergency_of, note_on, review
from .world.downtime import hold_asked_for
from .world.flags import flag_to
from .world.notes import add_note
from .world.people import answer_all, build_patient, medication_record
from .world.plan_pages import plan_url
from .world.plans import DETAILS, TODAY, open_plan, sign_plan, sign_revision, signed_version, start_revision
from .world.printing import print_handout
from .world.two_plans import open_bridge, rising
from .world.universe import NOW, House, Universe

PLAN: Final = (11, 17)
PATIENT: Final = (10, 22)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def fill(plan: Plan, house: House, times: int) -> None:
    """So often of what a page of the plan or of its patient shows, each by the product's actions."""
    patient, version = plan.patient, plan.versions.latest("number")
    for number in range(times):
        at = NOW + timedelta(minutes=number)
        medication_record(patient, house.provider, name=("oxycodone", "wine", "melatonin")[number % 3])
        add_note(house, title=f"Whom to call, {number}")
        flag_to(None, patient, house, at=at)
        note_on(patient, house, at=at)
        add_follow_up(plan, house, TODAY + timedelta(days=number), at=at)
        taken = TakenRun(TODAY, TODAY, Dose(1_500_000))
        check_in(plan, house, ratings={"insomnia": 2}, taken=(taken,), at=at)
        emergency_of(plan, house, at)
        review(plan, house, pdmp="looked_at", at=at)
        hold_asked_for(plan, house, at=at)
        print_handout(version=version, choice=Choice(), by=house.staff, at=at)
        details = actions.PlanDetails(DETAILS.goal, f"Reason {number}", DETAILS.discussed, DETAILS.agreed_by)
        revision = Plan.objects.get(pk=plan.pk).revision
        actions.edit_plan(plan=plan, details=details, revision=revision, by=house.provider, at=at)


def asks(universe: Universe, address: str) -> int:
    client = universe.client_of(universe.ours.provider)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def asked_for(universe: Universe, plan: Plan) -> tuple[int, int]:
    return asks(universe, plan_url(plan)), asks(universe, plan.patient.get_absolute_url())


def test_a_signed_plan_is_shown_in_the_fewest(universe: Universe) -> None:
    plan = signed_version(universe.ours).plan
    answer_all(plan.patient, by=universe.ours.provider)
    assert asks(universe, plan_url(plan)) == PLAN[0]


def test_a_patient_without_a_plan_is_shown_in_the_fewest(universe: Universe) -> None:
    patient: Patient = build_patient(universe.ours)
    assert asks(universe, patient.get_absolute_url()) == PATIENT[0]


def test_nothing_that_is_recorded_makes_a_page_ask_without_end(universe: Universe) -> None:
    house = universe.ours
    plan = open_plan(house, build_patient(house))
    answer_all(plan.patient, by=house.provider)
    version = sign_plan(plan, house)
    fill(plan, house, 1)
    sign_plan(open_bridge(house, plan.patient), house, rising())
    sign_revision(start_revision(version, house), house)
    assert asked_for(universe, plan) == (PLAN[1], PATIENT[1])
    fill(plan, house, 3)
    assert asked_for(universe, plan) == (PLAN[1], PATIENT[1])
