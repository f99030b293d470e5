"""What a signature would change of today, of the days already lived, and of the versions that wait."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.models import Plan
from taperplanner.tapers.signed.content import verified_course
from taperplanner.tapers.wording.effect import Effect, effect_of

from ..world.chains import Link, sign_chain, start_chain_revision
from ..world.plans import TODAY, confirmed_draft
from ..world.universe import NOW, Universe
from .test_in_force import DAY, ONE, TWO


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def plan(universe: Universe) -> Plan:
    sign_chain(universe.ours, [ONE, TWO])
    return Plan.objects.select_related("patient__clinic").get()


def effect(plan: Plan, link: Link, today: date) -> Effect:
    course = verified_course(plan)
    assert course is not None
    schedule = link.schedule(course.spans[0].schedule.products)
    return effect_of(course, schedule, today=today, drug="clonazepam")


@pytest.mark.parametrize(
    ("link", "today", "says"),
    [
        (
            Link(TODAY, ((9, 3),)),
            TODAY,
            "Today, Monday, March 2, 2026: from 1 mg a day (version 1) to 0.75 mg a day.",
        ),
        (Link(TODAY, ((9, 4),)), TODAY, "Today, Monday, March 2, 2026, stays 1 mg a day (version 1)."),
        (
            Link(TODAY + DAY, ((9, 3),)),
            TODAY,
            "Today, Monday, March 2, 2026, stays as it is: 1 mg a day (version 1).",
        ),
        (
            Link(TODAY, ((9, 3),)),
            TODAY + 12 * DAY,
            "Today, Saturday, March 14, 2026: from 1 mg a day (version 1) to no clonazepam.",
        ),
    ],
)
def test_the_sign_page_says_what_changes_today(plan: Plan, link: Link, today: date, says: str) -> None:
    assert effect(plan, link, today).today == says


def test_past_days_that_are_answered_anew_are_named_and_ask_for_a_reason(
    plan: Plan, universe: Universe
) -> None:
    assert effect(plan, Link(TODAY, ((2, 4), (9, 3))), TODAY + 4 * DAY).past == (
        "Mon, Mar 2, 2026 to Tue, Mar 3, 2026: 1 mg a day (version 1); after this signature, 1 mg a day.",
        "Wed, Mar 4, 2026 to Thu, Mar 5, 2026: 1 mg a day (version 1); after this signature, 0.75 mg a day.",
    )
    draft = confirmed_draft(from_json(start_chain_revision(plan, TODAY, universe.ours).content))
    (warning,) = [
        one for one in check_draft(plan, draft, today=TODAY + 2 * DAY).warnings if one.code == "past"
    ]
    assert (
        "It changes the schedule of days that are over. Mon, Mar 2, 2026 to Tue, Mar 3, 2026: 1 mg a day"
        in warning.sentence
    )
