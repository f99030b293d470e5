"""One form sent by many hands at once, on a real database: one emergency, one check-in."""

from __future__ import annotations

import pytest

from taperplanner.monitoring.models import CheckIn, Emergency, RaisedEarlier
from taperplanner.tapers.models import Plan

from ..tapers.test_concurrency import at_once
from ..world.course import FORM_KEY
from ..world.plan_pages import plan_url
from ..world.plans import signed_version
from ..world.universe import Universe, build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FEW = 4  # a page takes as long as many claims of a key: more hands would wait for a processor, not for each other
SEIZURE = {"contact": "phone", "rows": "3", "once": FORM_KEY, "symptom_seizure": "2"}


@pytest.fixture
def universe(transactional_db: None) -> Universe:
    return build()


@pytest.fixture
def plan(universe: Universe) -> Plan:
    return signed_version(universe.ours).plan


def post(universe: Universe, plan: Plan, **more: str) -> str:
    client = universe.client_of(universe.ours.staff)
    answer = client.post(plan_url(plan, "check-ins/add/"), SEIZURE | more)
    return str(answer.status_code)


def test_fifty_posts_of_a_refused_form_raise_one_emergency(universe: Universe, plan: Plan) -> None:
    universe.client_of(universe.ours.staff)
    assert at_once(50, lambda _: post(universe, plan), FEW) == {"200": 50}
    assert Emergency.objects.get().signs == ["seizure"]
    assert not CheckIn.objects.exists()


def test_fifty_posts_of_the_corrected_form_make_one_check_in_of_that_emergency(
    universe: Universe, plan: Plan
) -> None:
    assert post(universe, plan) == "200"
    assert at_once(50, lambda _: post(universe, plan, happened_on="03/02/2026"), FEW) == {"302": 50}
    assert (Emergency.objects.count(), CheckIn.objects.count()) == (1, 1)
    assert RaisedEarlier.objects.get().check_in == CheckIn.objects.get()


def test_refused_and_right_at_once_make_one_of_each(universe: Universe, plan: Plan) -> None:
    universe.client_of(universe.ours.staff)

    def act(number: int) -> str:
        return post(universe, plan, **({"happened_on": "03/02/2026"} if number % 2 else {}))

    answers = at_once(50, act, FEW)
    assert answers["302"] == 25
    assert answers["200"] + answers["409"] == 25, (
        "refused, or told that the form was saved with something else in it"
    )
    assert (Emergency.objects.count(), CheckIn.objects.count()) == (1, 1)
