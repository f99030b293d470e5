"""A pattern that a revision or a hold carries over goes on in its rhythm, day by day, and is confirmed like every step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.tapers.draft.checking import CheckedDraft
from taperplanner.tapers.draft.live import live_lines
from taperplanner.tapers.draft.parsed import ParsedDraft, parse_draft
from taperplanner.tapers.draft.problem import CheckContext, Problem
from taperplanner.tapers.draft.problems import find_problems
from taperplanner.tapers.draft.revising import draft_of_hold, draft_of_revision, origin_of
from taperplanner.tapers.draft.rhythm import Start
from taperplanner.tapers.draft.row_buttons import apply_row_button
from taperplanner.tapers.draft.typed import Origin, TypedDraft, TypedStep, from_json, from_post
from taperplanner.tapers.schedule.course import Course, make_course
from taperplanner.tapers.schedule.reasons import Reason
from taperplanner.tapers.schedule.schedule import Schedule
from taperplanner.tapers.schedule.steps import Regimen

from ..world.plans import TODAY, tablet
from ..world.typed_patterns import of_halves, typed_step, typed_steps

PRODUCTS = {1: tablet(1, "1", 1000), 2: tablet(2, "0.5", 500)}
MONDAY = date(2026, 3, 2)
CONTEXT = CheckContext(
    today=TODAY, clinic_phone="555-0100", after_hours_phone="555-0199", gaps=(), reason="symptoms"
)


@dataclass(frozen=True)
class Signed:
    number: int
    first_day: date
    reason: str = "symptoms"


def course_of(*schedules: Schedule) -> Course[Signed]:
    versions = [Signed(number, schedule.first_day) for number, schedule in enumerate(schedules, 1)]
    return make_course(versions, dict(enumerate(schedules, 1)))


def schedule_of(*steps: TypedStep, first_day: date = MONDAY, ending: str = "stop") -> Schedule:
    schedule = parse_draft(TypedDraft(f"{first_day}", ending, steps), PRODUCTS).schedule()
    assert schedule
    return schedule


def revision_of(course: Course[Signed], first_day: date) -> TypedDraft:
    draft = draft_of_revision(
        course, first_day=first_day, typed_day=f"{first_day}", reason=Reason.SYMPTOMS, explanation=""
    )
    return replace(draft, ending="stop")


def parsed(typed: TypedDraft, course: Course[Signed]) -> ParsedDraft:
    return parse_draft(typed, PRODUCTS, course)


def problems(typed: TypedDraft, course: Course[Signed]) -> list[Problem]:
    return find_problems(parsed(typed, course), CONTEXT)


def places(typed: TypedDraft, course: Course[Signed]) -> list[str]:
    return [problem.place for problem in problems(typed, course)]


def confirmed(typed: TypedDraft, course: Course[Signed], first_day: date) -> TypedDraft:
    """As carried: each step ticked, and the days that are left of it typed where they are asked for."""
    signed = {Origin(one.version.number, one.dated.step.position): one for one in course.steps()}

    def days(step: TypedStep) -> str:
        assert step.carried
        one = signed[step.carried]
        last = one.last_day or first_day + timedelta(days=10)
        return step.days or str((last - max(one.first_day, first_day)).days + 1)

    steps = tuple(replace(step, days=days(step), confirmed=True) for step in typed.steps)
    return replace(typed, first_day=f"{first_day}", steps=steps)


def taken(schedule: Schedule, day: date) -> Regimen | None:
    dated = schedule.on(day)[1]
    return dated.on(day) if dated else None


def as_sent(typed: TypedDraft) -> TypedDraft:
    """Through the store, as the page shows it."""
    return from_json(typed.as_json())


@given(st.data())
def test_a_revision_and_a_hold_confirmed_as_carried_change_no_later_day(data: st.DataObject) -> None:
    """Version after version, each carried over from the ones before, in the middle of whatever step is running."""
    ending = data.draw(st.sampled_from(["stop", "stay"]))
    schedules = [schedule_of(*data.draw(st.lists(typed_steps(), min_size=1, max_size=4)), ending=ending)]
    for _ in range(data.draw(st.integers(1, 3))):
        course, newest = course_of(*schedules), schedules[-1]
        first_day = course.first_day + timedelta(
            days=data.draw(st.integers(0, (newest.last_day - course.first_day).days))
        )
        if data.draw(st.booleans()):
            typed = revision_of(course, first_day)
        else:
            held = draft_of_hold(course, today=first_day)
            assert held
            typed = held
        typed = replace(confirmed(as_sent(typed), course, first_day), ending=ending)
        revised = parsed(typed, course).schedule()
        assert revised
        day = first_day
        while day <= newest.last_day + timedelta(days=15):
            assert taken(revised, day) == course.on(day).taken, day
            day += timedelta(days=1)
        schedules.append(revised)


@given(st.lists(typed_steps(), min_size=1, max_size=4), st.integers(0, 60))
def test_what_is_carried_over_is_known_by_its_value(steps: list[TypedStep], after: int) -> None:
    course = course_of(schedule_of(*steps))
    for step in revision_of(course, MONDAY + timedelta(days=after)).filled:
        found = origin_of(replace(step, carried=None), course)
        assert found
        signed = {Origin(1, one.dated.step.position): one.dated.step for one in course.steps()}
        assert step.carried
        assert (signed[found].regimens, signed[found].by_weekday) == (
            signed[step.carried].regimens,
            signed[step.carried].by_weekday,
        )


ALTERNATE = course_of(schedule_of(typed_step(28, [2, 1]), typed_step(14, [1])))
TUESDAY = MONDAY + timedelta(days=1)


def test_a_pattern_is_known_by_its_days_their_order_and_whether_they_are_weekdays() -> None:
    assert origin_of(typed_step("", [2, 1]), ALTERNATE) == Origin(1, 1)
    assert origin_of(typed_step("", [1, 2]), ALTERNATE) is None
    assert origin_of(typed_step("", [2]), ALTERNATE) is None
    assert origin_of(typed_step("", [2, 1, 2]), ALTERNATE) is None
    week = course_of(schedule_of(typed_step(28, [1, 1, 1, 1, 1, 0, 0], by_weekday=True)))
    assert origin_of(typed_step("", [1, 1, 1, 1, 1, 0, 0], by_weekday=True), week) == Origin(1, 1)
    assert origin_of(typed_step("", [1, 1, 1, 1, 1, 0, 0]), week) is None


def lines(typed: TypedDraft, course: Course[Signed]) -> list[list[str]]:
    read = parsed(typed, course)
    checked = CheckedDraft(typed, read, [], list(PRODUCTS.values()), frozenset(), [], [])
    return [[line.begins or line.recurs for line in row] for row in live_lines(checked)]


def test_the_page_says_on_which_day_of_the_pattern_it_goes_on_and_which_dates_are_which_day() -> None:
    typed = confirmed(revision_of(ALTERNATE, TUESDAY), ALTERNATE, TUESDAY)
    assert lines(typed, ALTERNATE)[0] == [
        "goes on with day 2 of the pattern on Tue, Mar 3, 2026",
        "Tue, Mar 3, 2026, then every 2 days",
    ]
    assert parsed(typed, ALTERNATE).starts()[0] == Start(2, 2, is_running=True)
    assert [taken(parsed(typed, ALTERNATE).schedule(), TUESDAY)] == [of_halves(1)]  # type: ignore[arg-type]


def test_another_first_day_goes_on_with_another_day_and_is_confirmed_again() -> None:
    stored = confirmed(revision_of(ALTERNATE, TUESDAY), ALTERNATE, TUESDAY)
    sent = {"first_day": "3/4/2026", "ending": "stop", "steps-0-days": "26", "steps-0-dose": "0.5"}
    sent |= {"steps-0-bedtime-2": "1", "steps-0-pattern": "2", "steps-0-day2-dose": "0.25"}
    sent |= {"steps-0-day2-bedtime-2": "½", "steps-0-carried": "1-1", "steps-0-confirmed": "yes"}
    later = from_post(sent, stored=stored)
    assert not later.steps[0].confirmed
    assert parsed(later, ALTERNATE).starts()[0] == Start(1, 1, is_running=True)


def test_a_pattern_cut_in_its_middle_that_no_longer_stands_first_asks_for_its_day() -> None:
    typed = confirmed(revision_of(ALTERNATE, TUESDAY), ALTERNATE, TUESDAY)
    moved = replace(typed, steps=(typed_step(7, [2]), *typed.steps))
    found = [problem for problem in problems(moved, ALTERNATE) if problem.is_blocker]
    assert [(problem.code, problem.cell) for problem in found] == [("no-start", "steps-1-starts_on")]
    assert parsed(moved, ALTERNATE).schedule() is None
    chosen = replace(moved.steps[1], pattern=replace(moved.steps[1].pattern, starts_on="2"))
    typed = replace(moved, steps=(moved.steps[0], chosen, *moved.steps[2:]))
    assert "no-start-2" not in places(typed, ALTERNATE)
    schedule = parsed(typed, ALTERNATE).schedule()
    assert schedule
    assert schedule.steps[1].starts_on == 2


@pytest.mark.parametrize("chosen", ["0", "3", "x", "2 "])
def test_a_day_that_the_pattern_has_not_is_not_chosen(chosen: str) -> None:
    typed = confirmed(revision_of(ALTERNATE, TUESDAY), ALTERNATE, TUESDAY)
    step = replace(typed.steps[0], pattern=replace(typed.steps[0].pattern, starts_on=chosen))
    typed = replace(typed, steps=(step, *typed.steps[1:]))
    assert parsed(typed, ALTERNATE).starts()[0] == Start(2, 2, is_running=True)


def test_days_of_a_pattern_that_change_places_at_a_revision_are_asked_about() -> None:
    typed = confirmed(revision_of(ALTERNATE, TUESDAY), ALTERNATE, TUESDAY)
    assert "rhythm-1" not in places(typed, ALTERNATE)
    first = typed.steps[0]
    shifted = replace(first, pattern=replace(first.pattern, starts_on="1"))
    turned = replace(typed_step(27, [2, 1]), carried=first.carried, confirmed=True)
    for step in (shifted, replace(turned, pattern=replace(turned.pattern, starts_on="1"))):
        found = [one for one in problems(replace(typed, steps=(step,)), ALTERNATE) if one.code == "rhythm"]
        assert [(one.sentence, one.is_blocker) for one in found] == [
            (
                (
                    "Step 1: the days of the pattern are moved against what is signed. Tue, Mar 3, 2026 as signed: 0.25 mg;"
                    " here: 0.5 mg."
                ),
                False,
            )
        ]
    again = replace(typed, steps=(typed_step(27, [1, 2]),))
    assert "rhythm-1" not in places(again, ALTERNATE), "typed anew, from the day that it goes on with"
    wednesday = replace(again, first_day="3/4/2026")
    assert "rhythm-1" in places(wednesday, ALTERNATE)


def test_a_pattern_that_becomes_every_day_alike_has_no_day_to_go_on_with() -> None:
    typed = confirmed(revision_of(ALTERNATE, TUESDAY), ALTERNATE, TUESDAY)
    alike, _ = apply_row_button(typed, "alike-0")
    assert "unconfirmed-1" in places(alike, ALTERNATE)
    assert parsed(alike, ALTERNATE).starts()[0] == Start()


def test_going_on_with_a_pattern_is_no_rise_and_a_higher_day_is_one() -> None:
    typed = confirmed(revision_of(ALTERNATE, TUESDAY), ALTERNATE, TUESDAY)
    even = replace(typed, steps=(replace(typed.steps[0], days="28"), *typed.steps[1:]))
    assert "rise-1" not in places(typed, ALTERNATE)
    assert [str(change) for change in parsed(even, ALTERNATE).changes()] == [
        "no change in 2 days",
        "down 0.25 mg in 2 days (about 33.3 %)",
    ]
    higher = replace(typed, steps=(typed_step(28, [3, 0]),))
    assert "rise-1" in places(higher, ALTERNATE)


def test_a_hold_before_its_first_day_is_typed_does_not_know_the_day_of_the_pattern_yet() -> None:
    held = draft_of_hold(ALTERNATE, today=TUESDAY)
    assert held
    assert [step.days for step in held.steps] == ["", "14"]
    assert parsed(held, ALTERNATE).starts()[0] == Start(None, None)
    assert "no-start-1" not in places(held, ALTERNATE), "the first day is asked for first"
    assert "no-first-day" in places(held, ALTERNATE)
