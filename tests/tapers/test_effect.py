"""What a signature would change of today, of the days already lived, and of the versions that wait."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.days import in_words, parse_day, short
from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.models import Plan
from taperplanner.tapers.schedule.course import Course, make_course
from taperplanner.tapers.schedule.schedule import Phase, Schedule
from taperplanner.tapers.schedule.steps import DatedStep
from taperplanner.tapers.signed.content import verified_course
from taperplanner.tapers.wording.effect import RUNS_SAID, Effect, effect_of

from ..world.chains import Link, sign_chain, start_chain_revision
from ..world.patterns import dose_on, pattern, schedule_of, schedules
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


@dataclass(frozen=True)
class Signed:
    number: int
    first_day: date


def course_of(*signed: Schedule) -> Course[Signed]:
    versions = [Signed(number, schedule.first_day) for number, schedule in enumerate(signed, 1)]
    return make_course(versions, dict(enumerate(signed, 1)))


def of_patterns(signed: Schedule, typed: Schedule, days: int) -> Effect:
    """The effect so many days after the typed one's first day."""
    today = typed.first_day + timedelta(days=days)
    return effect_of(course_of(signed), typed, today=today, drug="clonazepam")


def dose_said(words: str, first: date, day: date, last: date) -> str:
    """What some words say of one day of a run: read by rules of their own."""
    words = words.split(" (version", maxsplit=1)[0].removeprefix(f"counted from {short(first)}, ")
    if words.startswith("no ") or words == "nothing in force":
        return words
    if found := re.fullmatch(r"([\d.]+ mg) (?:a day|on this day|on each of these days)", words):
        assert first == last or "this day" not in words
        return found[1]
    if found := re.fullmatch(r"alternately ([\d.]+ mg), on the first of these days, and ([\d.]+ mg)", words):
        return found[1 + (day - first).days % 2]
    run = DatedStep(pattern(1, days=(last - first).days + 1), first, last)
    return dose_on(dict(one.split(": ") for one in words.split("; ")), run, day)


RUN = re.compile(
    r"(\w{3}, \w{3} \d+, \d{4})(?: to (\w{3}, \w{3} \d+, \d{4}))?: (.*); after this signature, (.*)\."
)


@given(schedules(most_days=12), schedules(most_days=12), st.integers(-10, 10), st.integers(0, 60))
def test_each_past_day_is_said_as_it_was_signed_and_as_it_would_be(
    signed: Schedule, typed: Schedule, later: int, days: int
) -> None:
    typed = replace(typed, first_day=signed.first_day + timedelta(days=later))
    sentences = of_patterns(signed, typed, days).past

    def expected(schedule: Schedule, day: date, before: str) -> str:
        phase, dated = schedule.on(day)
        return before if phase is Phase.BEFORE else str(dated.on(day).dose) if dated else "no clonazepam"

    said = []
    for sentence in sentences:
        if sentence.endswith("see both versions for these days."):
            break
        run = RUN.fullmatch(sentence)
        assert run, sentence
        first, last = parse_day(run[1]), parse_day(run[2] or run[1])
        for at in range((last - first).days + 1):
            day = first + timedelta(days=at)
            said.append(day)
            assert dose_said(run[3], first, day, last) == expected(signed, day, "nothing in force")
            assert dose_said(run[4], first, day, last) == expected(typed, day, "nothing in force")
    assert said == [typed.first_day + timedelta(days=at) for at in range(len(said))]
    assert len(said) == days or len(sentences) > RUNS_SAID


def test_alternate_days_are_one_run_and_not_a_sentence_each() -> None:
    signed, typed = schedule_of(pattern(2, 1)), schedule_of(pattern(1, 0))
    assert of_patterns(signed, typed, 14).past == (
        (
            "Mon, Mar 2, 2026 to Sun, Mar 15, 2026: alternately 0.5 mg, on the first of these days, and 0.25 mg (version 1);"
            " after this signature, alternately 0.25 mg, on the first of these days, and 0 mg."
        ),
    )


def test_a_dose_that_stays_today_and_not_on_the_days_that_follow_is_not_said_to_stay() -> None:
    signed, typed = schedule_of(pattern(2)), schedule_of(pattern(2, 1))
    assert of_patterns(signed, typed, 0).today == (
        "Today, Monday, March 2, 2026, stays 0.5 mg, but the days that follow do not: from 0.5 mg a day (version 1) to 0.5 mg"
        " today, day 1 of a pattern of 2 days (day 1, 3, 5 …: 0.5 mg; day 2, 4, 6 …: 0.25 mg)."
    )
    assert of_patterns(signed, typed, 1).today.startswith(
        "Today, Tuesday, March 3, 2026: from 0.5 mg a day (version 1) to 0.25 mg today, day 2 of a pattern"
    )


@given(schedules(), schedules(), st.integers(0, 60))
def test_what_changes_today_is_said_with_the_doses_of_today(
    signed: Schedule, typed: Schedule, days: int
) -> None:
    typed = replace(typed, first_day=signed.first_day)
    said = of_patterns(signed, typed, days).today
    day = signed.first_day + timedelta(days=days)
    was, becomes = ((dated.on(day).dose if dated else None) for _, dated in (signed.on(day), typed.on(day)))
    assert (f"{in_words(day)}: from " in said) == (was != becomes)
    for dose in (was, becomes):
        assert (f"{dose} " if dose else "no clonazepam" if dose is None else "0 mg ") in said
    steps = [schedule.on(day)[1] for schedule in (signed, typed)]
    if all(dated and dated.step.is_pattern for dated in steps):
        assert "mg a day" not in said
