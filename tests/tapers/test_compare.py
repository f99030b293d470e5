"""Two versions side by side, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from taperplanner.tapers.draft.parsed import parse_draft
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.schedule.steps import DatedStep, ScheduleStep
from taperplanner.tapers.wording.compare import ChangeKind, compare

from ..world.patterns import pattern, patterns, schedule_of, schedules
from ..world.plans import tablet


def schedule(*steps: TypedStep, first_day: str = "3/2/2026", ending: str = "stop") -> Schedule:
    read_back = parse_draft(TypedDraft(first_day, ending, steps), {1: tablet(1, "0.5")}).schedule()
    assert read_back is not None
    return read_back


def a(days: int, tablets: str, dose: str, note: str = "") -> TypedStep:
    return TypedStep(str(days), dose, note, {"bedtime-1": tablets})


def test_two_versions_are_compared_in_words() -> None:
    left = schedule(a(14, "2", "1"), a(7, "1½", "0.75"), a(7, "1", "0.5"), a(7, "½", "0.25"))
    right = schedule(a(14, "2", "1"), a(21, "1½", "0.75"), a(7, "½", "0.25", "Well done"))
    pairs = compare(left, right)
    assert [(pair.kind, pair.words) for pair in pairs] == [
        (ChangeKind.SAME, "The same."),
        (ChangeKind.CHANGED, "Changed: 7 days became 21 days."),
        (ChangeKind.REMOVED, "Removed."),
        (
            ChangeKind.CHANGED,
            "Changed: the note to the patient changed; it starts on Mon, Apr 6, 2026 instead of Mon, Mar 30, 2026.",
        ),
        (
            ChangeKind.CHANGED,
            "Changed: the last step's days end on Sun, Apr 12, 2026 instead of Sun, Apr 5, 2026.",
        ),
    ]


def test_a_changed_dose_and_an_added_step_are_said() -> None:
    left = schedule(a(14, "2", "1"), a(7, "1", "0.5"))
    right = schedule(a(14, "1½", "0.75"), a(7, "1", "0.5"), a(7, "½", "0.25"))
    words = [pair.words for pair in compare(left, right)]
    assert words[0] == "Changed: 1 mg a day became 0.75 mg a day."
    assert words[2] == "Added."


def test_what_became_of_the_ending_is_said() -> None:
    def says(left: Schedule, right: Schedule) -> str:
        return compare(left, right)[-1].words

    stops = schedule(a(14, "2", "1"))
    stays = schedule(a(7, "3", "1.5"), a(7, "2", "1"), ending="stay")
    assert says(stops, stays) == (
        "Changed: stay on the last step until reviewed instead of stop after the last step."
    )
    lower = schedule(a(14, "1", "0.5"), ending="stay")
    assert says(stays, lower) == "Changed: it stays on 0.5 mg a day instead of 1 mg a day."
    assert says(stays, schedule(a(14, "2", "1"), ending="stay")) == "The same.", "whatever its number"


def test_a_step_of_one_day_has_one_date() -> None:
    left = compare(schedule(a(1, "2", "1")), schedule(a(2, "2", "1")))[0].left
    assert left is not None
    assert left.dates == "Mon, Mar 2, 2026"


def test_a_moved_schedule_is_moved_and_not_changed() -> None:
    pairs = compare(schedule(a(14, "2", "1")), schedule(a(14, "2", "1"), first_day="3/9/2026"))
    assert pairs[0].kind is ChangeKind.MOVED


def kinds(left: Schedule, right: Schedule) -> list[ChangeKind]:
    return [pair.kind for pair in compare(left, right)]


def words_of_first(left: ScheduleStep, right: ScheduleStep) -> str:
    return compare(schedule_of(left), schedule_of(right))[0].words


@given(schedules())
def test_a_schedule_beside_itself_is_the_same(one: Schedule) -> None:
    assert set(kinds(one, one)) == {ChangeKind.SAME}


@given(schedules())
def test_the_same_pattern_of_another_product_number_is_the_same(one: Schedule) -> None:
    def renumbered(step: ScheduleStep) -> ScheduleStep:
        regimens = (
            replace(day, doses=tuple(replace(dose, product=5) for dose in day.doses)) for day in step.regimens
        )
        return replace(step, regimens=tuple(regimens))

    other = replace(one, steps=tuple(map(renumbered, one.steps)), products={5: tablet(5, "0.5")})
    assert set(kinds(one, other)) == {ChangeKind.SAME}


@given(schedules(), st.data())
def test_a_schedule_is_the_same_exactly_where_each_day_is(one: Schedule, data: st.DataObject) -> None:
    """One pattern shifted by some of its days."""
    at = data.draw(st.integers(0, len(one.steps) - 1))
    step = one.steps[at]
    shifted = replace(step, starts_on=data.draw(st.integers(1, 1 if step.by_weekday else len(step.regimens))))
    other = replace(one, steps=(*one.steps[:at], shifted, *one.steps[at + 1 :]))
    ours, theirs = (list(schedule.dated_steps())[at] for schedule in (one, other))
    days = [ours.first_day + timedelta(days=day) for day in range(7)]
    is_same = all(ours.on(day) == theirs.on(day) for day in days)
    assert (compare(one, other)[at].kind is ChangeKind.SAME) == is_same


@given(patterns(), st.integers(1, 40))
def test_a_pattern_that_goes_on_from_a_later_day_is_not_changed(one: DatedStep, over: int) -> None:
    """As after a hold in the middle of it: on each date that both have, the same is taken."""
    day = min(one.first_day + timedelta(days=over), one.last_day)
    left = schedule_of(one.step, first_day=one.first_day)
    pair = compare(left, schedule_of(one.from_day(day).step, first_day=day))[0]
    assert pair.kind in {ChangeKind.MOVED, ChangeKind.SAME}
    assert "pattern begins" not in pair.words


def test_another_rhythm_of_the_same_days_is_said() -> None:
    assert words_of_first(pattern(2, 1), pattern(2, 1, starts_on=2)) == (
        "Changed: the pattern begins with 0.25 mg instead of 0.5 mg."
    )
    assert words_of_first(pattern(2, 1), pattern(1, 2, starts_on=2)) == "The same.", (
        "begins with the same day"
    )
    assert words_of_first(pattern(2, 1), pattern(2, 1, 2, 1)) == "The same.", "two rounds of it were typed"


def test_a_pattern_beside_a_daily_dose_is_said_day_by_day() -> None:
    assert words_of_first(pattern(2), pattern(2, 1)) == (
        "Changed: 0.5 mg a day became a pattern (day 1, 3, 5 …: 0.5 mg; day 2, 4, 6 …: 0.25 mg)."
    )
    week = pattern(2, 1, 2, 1, 2, 1, 0)
    assert words_of_first(week, replace(week, by_weekday=True)).startswith(
        "Changed: a pattern (day 1, 3 and 5 of"
    )


def test_staying_on_another_pattern_is_said() -> None:
    left, right = (schedule_of(pattern(2, one), ending=Ending.STAY) for one in (1, 0))
    assert compare(left, right)[-1].words == (
        "Changed: it stays on a pattern (day 1, 3, 5 …: 0.5 mg; day 2, 4, 6 …: 0 mg) instead of a pattern (day 1, 3, 5 …:"
        " 0.5 mg; day 2, 4, 6 …: 0.25 mg)."
    )
