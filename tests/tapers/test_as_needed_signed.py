"""A dose as needed, beside the schedule: signed with the version, carried over, and never a part of a daily dose."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.doses import Quantity, parse_dose
from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.draft.needed_typed import TypedNeeded
from taperplanner.tapers.draft.parsed import parse_draft
from taperplanner.tapers.draft.problem import CheckContext, Problem
from taperplanner.tapers.draft.problems import find_problems
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.models import Draft, Plan, Version
from taperplanner.tapers.schedule.as_needed import AsNeeded
from taperplanner.tapers.schedule.schedule import Ending
from taperplanner.tapers.signed.content import verified_content, verified_course
from taperplanner.tapers.wording.compare import compare
from taperplanner.tapers.wording.effect import effect_of
from taperplanner.tapers.wording.lines import needed_lines, step_lines
from taperplanner.tapers.wording.order_text import order_text
from taperplanner.tapers.wording.sentences import schedule_sentences
from taperplanner.tapers.wording.today import day_line

from ..world.needed import NEEDED, POSTED, REASONS, WHEN, signed_with_needed, with_needed
from ..world.plan_pages import plan_url, posted_draft, posted_reason, posted_signature
from ..world.plans import (
    MARCH_20,
    TODAY,
    confirmed_draft,
    save_draft,
    sign_plan,
    start_revision,
    tablet,
)
from ..world.shapes import SHAPES
from ..world.universe import Universe

pytestmark = pytest.mark.usefixtures("now")

WHOLE, HALVES = tablet(1, "1", 1000), tablet(2, "0.5", 500)
PRODUCTS = {1: WHOLE, 2: HALVES}
CONTEXT = CheckContext(today=TODAY, clinic_phone="555-0100", after_hours_phone="555-0199", gaps=())


def problems(needed: TypedNeeded, context: CheckContext = CONTEXT) -> list[Problem]:
    return find_problems(parse_draft(with_needed(needed=needed), PRODUCTS), context)


# --- Signed -----------------------------------------------------------------------------------


def test_it_is_read_back_and_signed_with_a_reason(universe: Universe, provider: Client, plan: Plan) -> None:
    save_draft(plan, with_needed(), universe.ours)
    page = html.unescape(provider.get(plan_url(plan, "draft/sign/")).content.decode())
    for text in (
        "As needed, beside the schedule",
        "½ tablet (half a tablet) of clonazePAM 0.5 mg tablet, 0.25 mg (zero point two five milligrams) each time.",
        "At most 2 times on one day (two times), 0.5 mg (zero point five milligrams) in all.",
        "It comes on top of the steps and is no part of their daily doses.",
        "From Monday, March 2, 2026 to Sunday, May 3, 2026.",
        WHEN,
        "Irregular doses",
        "As needed: 0.25 mg (½ tablet of 0.5 mg), at most 2 times on one day, new from Monday, March 2, 2026 on.",
    ):
        assert text in page
    refused = provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan)).content.decode()
    assert "Write why this is meant" in refused

    reason = posted_reason(plan, "needed-irregular", "Agreed with her.")
    provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan, **reason))
    version = plan.versions.get()
    assert verified_content(version).schedule.as_needed == AsNeeded(
        2, Quantity(500), parse_dose("0.25"), 2, WHEN
    )
    assert version.acknowledgements[0]["code"] == "needed-irregular"


def test_the_plan_shows_it_in_a_block_of_its_own(universe: Universe, provider: Client) -> None:
    version = signed_with_needed(universe.ours)
    for address in (version.plan.get_absolute_url(), version.get_absolute_url()):
        page = html.unescape(provider.get(address).content.decode())
        assert "As needed, beside the schedule of version 1" in page
        assert "½ tablet of clonazePAM 0.5 mg tablet, 0.25 mg each time" in page
        assert "at most 2 times on one day, 0.5 mg in all" in page
        assert WHEN in page
        assert "Irregular doses" in page


def test_what_is_taken_today_says_it_beside_the_daily_dose(universe: Universe) -> None:
    version = signed_with_needed(universe.ours)
    schedule = verified_content(version).schedule
    course = verified_course(version.plan)
    assert course is not None
    line = day_line(course, TODAY, "clonazepam")
    assert "2 mg a day" in line
    assert line.endswith("Beside it as needed 0.25 mg (½ tablet of 0.5 mg), at most 2 times on one day.")
    assert "as needed" not in day_line(course, schedule.day_after, "clonazepam")
    assert "as needed" not in day_line(course, TODAY - timedelta(days=1), "clonazepam")


def test_once_the_schedule_has_stopped_nothing_may_be_taken_as_needed(universe: Universe) -> None:
    schedule = verified_content(signed_with_needed(universe.ours)).schedule
    assert schedule.as_needed_on(schedule.last_day) == schedule.as_needed
    assert schedule.as_needed_on(schedule.day_after) is None
    assert replace(schedule, ending=Ending.STAY).as_needed_on(schedule.day_after) == schedule.as_needed
    assert schedule.as_needed_on(schedule.first_day - timedelta(days=1)) is None


def test_the_order_text_carries_it_after_the_ending(universe: Universe) -> None:
    schedule = verified_content(signed_with_needed(universe.ours)).schedule
    text = order_text(schedule, "clonazepam")
    without = order_text(replace(schedule, as_needed=None), "clonazepam")
    assert text == (
        f"{without} As needed, beside these steps and never in place of them: half a tablet (0.5) of clonazepam 0.5 mg"
        " tablet, 0.25 mg each time, at most 2 times on one day (0.5 mg in all). From Monday, March 2, 2026 to"
        f" Sunday, May 3, 2026. When: {WHEN}."
    )


# --- Revised ----------------------------------------------------------------------------------


def test_a_revision_carries_it_over_to_be_confirmed_or_removed(universe: Universe) -> None:
    version = signed_with_needed(universe.ours)
    typed = from_json(start_revision(version, universe.ours).content)
    assert typed.as_needed == replace(NEEDED, carried=1)
    plan = version.plan

    def blockers(needed: TypedNeeded) -> set[str]:
        draft = replace(confirmed_draft(typed), as_needed=needed)
        return {problem.code for problem in check_draft(plan, draft, today=TODAY).blockers}

    assert blockers(typed.as_needed) == {"needed-unconfirmed"}
    assert blockers(replace(typed.as_needed, confirmed=True)) == set()
    assert blockers(replace(typed.as_needed, is_removed=True)) == set()


def test_the_page_of_a_revision_confirms_it_like_a_row(universe: Universe, provider: Client) -> None:
    version = signed_with_needed(universe.ours)
    start_revision(version, universe.ours)
    page = provider.get(plan_url(version.plan, "draft/")).content.decode()
    assert "Carried over from version 1" in page
    sent = posted_draft(version.plan, first_day="03/20/2026") | POSTED | {"needed-confirmed": "yes"}
    provider.post(plan_url(version.plan, "draft/"), sent)
    stored = from_json(Draft.objects.get(plan=version.plan).content)
    assert stored.as_needed == replace(NEEDED, carried=1, confirmed=True)

    moved = posted_draft(version.plan, first_day="03/21/2026") | POSTED | {"needed-confirmed": "yes"}
    provider.post(plan_url(version.plan, "draft/"), moved)
    assert not from_json(Draft.objects.get(plan=version.plan).content).as_needed.confirmed


def test_a_hold_carries_it_over_too(universe: Universe, provider: Client) -> None:
    version = signed_with_needed(universe.ours)
    provider.post(f"{version.plan.get_absolute_url()}hold/")
    stored = from_json(Draft.objects.get(plan=version.plan).content)
    assert stored.as_needed == replace(NEEDED, carried=1)


def test_a_corrected_product_is_confirmed_again() -> None:
    draft = with_needed(needed=replace(NEEDED, carried=1, confirmed=True))
    assert draft.with_product_corrected(1).as_needed.confirmed
    assert not draft.with_product_corrected(2).as_needed.confirmed


def _revised(version: Version, universe: Universe, needed: TypedNeeded) -> Version:
    draft = start_revision(version, universe.ours)
    typed = replace(confirmed_draft(from_json(draft.content)), as_needed=needed)
    sign_plan(version.plan, universe.ours, typed, reasons=REASONS)
    return version.plan.versions.select_related("plan").get(number=2)


@pytest.mark.parametrize(
    ("needed", "says", "changes"),
    [
        (replace(NEEDED, confirmed=True, carried=1), "As needed: stays 0.25 mg", "The same."),
        (TypedNeeded(), "As needed: none from Friday, March 20, 2026 on. Before, 0.25 mg", "Removed."),
        (replace(NEEDED, times="1"), "at most 1 time on one day, from Friday, March 20", "Changed: the dose as needed."),
        (replace(NEEDED, when="At night"), "with other words when it may be taken", "Changed: the dose as needed."),
    ],
)  # fmt: skip
def test_a_signature_says_what_becomes_of_it(
    universe: Universe, needed: TypedNeeded, says: str, changes: str
) -> None:
    first = signed_with_needed(universe.ours)
    course = verified_course(first.plan)
    second = _revised(first, universe, needed)
    before, after = verified_content(first).schedule, verified_content(second).schedule
    assert says in effect_of(course, after, today=MARCH_20, drug="clonazepam").as_needed
    assert compare(before, after)[-1].words == changes


# --- Never a part of the daily dose -----------------------------------------------------------


@given(
    st.sampled_from(sorted(SHAPES)),
    st.integers(1, 8),
    st.integers(1, 12),
    st.dates(date(2026, 2, 1), date(2027, 2, 1)),
)
def test_it_never_changes_what_the_steps_take(shape: str, halves: int, times: int, day: date) -> None:
    without = SHAPES[shape]
    number = next(iter(without.products))
    quantity = Quantity(halves * 500)
    dose = without.products[number].strength.times(quantity)
    schedule = replace(without, as_needed=AsNeeded(number, quantity, dose, times, "For a panic attack"))
    assert schedule.needed() == without.needed()
    assert schedule.needed(day) == without.needed(day)
    assert step_lines(schedule, day) == step_lines(without, day)
    assert needed_lines(schedule) == needed_lines(without)
    assert list(schedule.dated_steps()) == list(without.dated_steps())
    assert schedule.on(day) == without.on(day)
    assert schedule_sentences(schedule)[:-1] == schedule_sentences(without)
    assert order_text(schedule, "x").startswith(order_text(without, "x"))
