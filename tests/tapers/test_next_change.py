"""What changes next, and when: of any course, against a model that walks the days one by one."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.tapers.schedule.course import Course, make_course
from taperplanner.tapers.schedule.schedule import Ending

from ..world.chains import Link, sign_chain
from ..world.plans import TODAY
from ..world.shapes import HALF, taken
from ..world.universe import Universe

HORIZON = 120
DAYS = st.integers(-10, 60).map(lambda days: TODAY + timedelta(days=days))


@dataclass(frozen=True)
class Signed:
    number: int
    first_day: date


@st.composite
def courses(draw: st.DrawFn) -> Course[Signed]:
    versions, schedules = [], {}
    for number in range(1, draw(st.integers(1, 4)) + 1):
        first_day = draw(DAYS)
        steps = [((HALF, draw(st.sampled_from([500, 1000, 1500]))),) for _ in range(draw(st.integers(1, 4)))]
        schedule = taken(*steps, ending=draw(st.sampled_from(Ending)), days=draw(st.integers(1, 9)))
        versions.append(Signed(number, first_day))
        schedules[number] = replace(schedule, first_day=first_day)
    return make_course(versions, schedules)


def step_of(course: Course[Signed], day: date) -> tuple[int, int] | None:
    """The version and the step that is taken; None where nothing is."""
    taken_then = course.on(day)
    if taken_then.span is None or taken_then.dated is None:
        return None
    return taken_then.span.version.number, taken_then.dated.step.position


@given(course=courses(), day=DAYS)
def test_the_next_change_is_the_first_day_on_which_another_step_or_none_is_taken(
    course: Course[Signed], day: date
) -> None:
    days = [day + timedelta(days=number) for number in range(HORIZON)]
    changes = [
        later
        for before, later in itertools.pairwise(days)
        if step_of(course, before) != step_of(course, later)
    ]
    assert course.changes_after(day) == (changes[0] if changes else None)


@pytest.mark.usefixtures("now")
def test_the_plan_and_the_patient_say_what_changes_next(universe: Universe) -> None:
    """21 days of 1 mg from today on, then 30 of 0.75 mg; a newer version stops that early."""
    sign_chain(universe.ours, [Link(TODAY, ((21, 4), (30, 3))), Link(TODAY + timedelta(days=30), ((14, 2),))])
    (plan,) = universe.ours.clinic.patients.get().plans.all()
    client = universe.client_of(universe.ours.staff)
    for address in (plan.get_absolute_url(), f"/patients/{plan.patient_id}/"):
        page = client.get(address).content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert "Next change, Monday, March 23, 2026: step 2 of 2, 0.75 mg a day" in page


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize(("stays", "is_said"), [(True, False), (False, True)])
def test_of_what_is_stayed_on_until_a_review_no_next_change_is_said(
    universe: Universe, stays: bool, is_said: bool
) -> None:
    (version,) = sign_chain(universe.ours, [Link(TODAY, ((7, 4),), stays=stays)])
    page = universe.client_of(universe.ours.staff).get(version.plan.get_absolute_url()).content.decode()
    assert ("Next change, Monday, March 9, 2026: no clonazePAM." in page) == is_said
    assert ("Next change" in page) == is_said
