"""A pattern in words: each of its days is said with its own dose, and none of them as a daily dose."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.days import in_words, parse_day, short
from taperplanner.doses import total_dose
from taperplanner.tapers.schedule.schedule import Ending, Phase, Schedule
from taperplanner.tapers.schedule.steps import DatedStep
from taperplanner.tapers.wording.lines import ending_line, step_lines, taken_on
from taperplanner.tapers.wording.order_text import order_text
from taperplanner.tapers.wording.patterns import (
    change_in_words,
    days_named,
    days_of_round,
    doses_of,
    on_a_day,
    stayed_on,
    taken_of,
)
from taperplanner.tapers.wording.sentences import schedule_sentences

from ..world.patterns import (
    MONDAY,
    dated,
    day_at_a_time,
    days_of,
    dose_on,
    on_days_named,
    pattern,
    patterns,
    schedule_of,
    schedules,
)

ALTERNATE = dated(pattern(2, 1))
A_DAY = re.compile(r"[\d.]+ mg a day")


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (ALTERNATE, "day 1, 3, 5 …: 0.5 mg; day 2, 4, 6 …: 0.25 mg"),
        (dated(pattern(2, 1, starts_on=2)), "day 1, 3, 5 …: 0.25 mg; day 2, 4, 6 …: 0.5 mg"),
        (dated(pattern(2, 1, days=1)), "day 1: 0.5 mg"),
        (dated(pattern(2, 1, days=3)), "day 1 and 3: 0.5 mg; day 2: 0.25 mg"),
        (dated(pattern(2, 1, days=6)), "day 1, 3 and 5: 0.5 mg; day 2, 4 and 6: 0.25 mg"),
        (dated(pattern(2, 1, days=7)), "day 1, 3, 5 …: 0.5 mg; day 2, 4 and 6: 0.25 mg"),
        (dated(pattern(2, 1, 1)), "day 1 of each 3 days: 0.5 mg; day 2 and 3 of each 3 days: 0.25 mg"),
        (dated(pattern(2, 1, 1, days=4)), "day 1 and 4: 0.5 mg; day 2 and 3: 0.25 mg"),
        (dated(pattern(2, 2)), "every day: 0.5 mg"),
        (
            dated(pattern(2, 1, 2, 1, 2, 1, 0, by_weekday=True)),
            "Monday, Wednesday and Friday: 0.5 mg; Tuesday, Thursday and Saturday: 0.25 mg; Sunday: 0 mg",
        ),
        (
            dated(pattern(2, 1, 2, 1, 2, 1, 0, by_weekday=True, days=2), MONDAY + timedelta(days=5)),
            "Saturday: 0.25 mg; Sunday: 0 mg",
        ),
        (
            dated(pattern(2, 1, 2, 1, 2, 1, 0)),
            "day 1, 3 and 5 of each 7 days: 0.5 mg; day 2, 4 and 6 of each 7 days: 0.25 mg; day 7 of each 7 days: 0 mg",
        ),
        (dated(pattern(2)), "0.5 mg a day"),
    ],
)
def test_equal_days_of_a_pattern_stand_together(one: DatedStep, said: str) -> None:
    assert doses_of(one) == said


def test_what_is_taken_at_each_time_stands_with_its_days() -> None:
    products = schedule_of(pattern(2, 0)).products
    assert taken_of(dated(pattern(2, 0)), products, {1: "0.5 mg"}) == (
        "day 1, 3, 5 …: 0.5 mg (bedtime 1 tablet of 0.5 mg); day 2, 4, 6 …: 0 mg (nothing)"
    )


@given(patterns())
def test_the_words_name_each_day_of_a_step_once_with_what_is_taken_on_it(one: DatedStep) -> None:
    for name in (days_named, days_of_round):
        said = {name(one, group): str(group.regimen.dose) for group in one.groups()}
        for day in days_of(one):
            assert dose_on(said, one, day) == str(one.on(day).dose)


@given(patterns(), st.integers(0, 59))
def test_the_rest_of_a_pattern_names_only_days_that_are_left(one: DatedStep, over: int) -> None:
    rest = one.from_day(min(one.first_day + timedelta(days=over), one.last_day))
    said = {days_named(rest, group): str(group.regimen.dose) for group in rest.groups()}
    for day in days_of(rest):
        assert dose_on(said, rest, day) == str(one.on(day).dose)


@given(patterns())
def test_no_day_of_a_pattern_is_said_to_be_a_daily_dose(one: DatedStep) -> None:
    for ending in Ending:
        schedule = schedule_of(one.step, ending=ending, first_day=one.first_day)
        says = [
            doses_of(one),
            ending_line(schedule),
            order_text(schedule, "clonazepam"),
            *(sentence.text for sentence in schedule_sentences(schedule)),
            *(taken_on(schedule, day, "clonazepam") for day in days_of(one)),
        ]
        assert not [text for text in says if A_DAY.search(text)]


@given(schedules(), st.integers(0, 200))
def test_the_line_of_a_day_says_what_is_taken_on_it(schedule: Schedule, after: int) -> None:
    day = schedule.first_day + timedelta(days=after)
    line = taken_on(schedule, day, "clonazepam")
    phase, step = schedule.on(day)
    if step is None:
        assert "no clonazepam" in line
        return
    taken = step.on(day)
    assert re.findall(r"([\d.]+ mg) (?:today|a day)", line) == [str(taken.dose)]
    assert ("a day" in line) == (not step.step.is_pattern)
    if taken.doses:
        assert "bedtime" in line
    else:
        assert "bedtime" not in line
    assert ("until reviewed" in line) == (phase is Phase.STAY)


def test_the_line_of_a_day_says_which_day_of_the_pattern_it_is() -> None:
    schedule = schedule_of(pattern(4, days=7), pattern(2, 1, days=7), ending=Ending.STAY)
    assert taken_on(schedule, MONDAY + timedelta(days=8), "clonazepam") == (
        "step 2 of 2, day 2 of a pattern of 2 days, 0.25 mg today: bedtime ½ tablet of 0.5 mg."
    )
    weekdays = schedule_of(pattern(2, 0, 2, 0, 2, 0, 0, by_weekday=True))
    assert taken_on(weekdays, MONDAY + timedelta(days=1), "clonazepam") == (
        "step 1 of 1, the Tuesday of a pattern by weekday, 0 mg today: nothing."
    )


@given(schedules(most_days=9), st.integers(0, 40))
def test_the_ending_and_the_line_of_a_later_day_count_the_days_alike(schedule: Schedule, after: int) -> None:
    """Also where the step ended in the middle of its pattern."""
    schedule = replace(schedule, ending=Ending.STAY)
    staying, day = stayed_on(schedule), schedule.day_after + timedelta(days=after)
    assert staying.on(day) == schedule.on(day)[1].on(day)  # type: ignore[union-attr]
    said = re.search(r"day (\d) of a pattern", taken_on(schedule, day, "clonazepam"))
    assert (said and int(said[1])) == (
        after % len(staying.step.regimens) + 1
        if staying.step.is_pattern and not staying.step.by_weekday
        else None
    )
    for group in staying.groups() if staying.step.is_pattern else ():
        assert f"{days_of_round(staying, group)}: {group.regimen.dose}" in ending_line(schedule)


def test_the_ending_says_each_day_of_a_pattern_that_is_stayed_on() -> None:
    schedule = schedule_of(pattern(2, 1, days=7), ending=Ending.STAY)
    assert ending_line(schedule) == (
        "Stay on step 1 (day 1 of each 2 days: 0.25 mg; day 2 of each 2 days: 0.5 mg) from Monday, March 9, 2026 on,"
        " which is day 1, until reviewed."
    )


@given(schedules(), st.integers(-3, 130))
def test_each_line_of_the_table_is_one_day_of_a_pattern_and_one_of_them_is_today(
    schedule: Schedule, after: int
) -> None:
    today = schedule.first_day + timedelta(days=after)
    lines = step_lines(schedule, today)
    phase, now = schedule.on(today)
    marked = [line for line in lines if line.is_today]
    assert [(line.position, line.dose) for line in marked] == (
        [(now.step.position, str(now.on(today).dose))] if now and phase is Phase.STEP else []
    )
    for step in schedule.dated_steps():
        of_step = [line for line in lines if line.position == step.step.position]
        if not step.step.is_pattern:
            assert [(line.dose, line.on_days) for line in of_step] == [
                (str(step.on(step.first_day).dose), "")
            ]
            continue
        for day in days_of(step):
            [line] = [line for line in of_step if day in on_days_named(line.on_days, step)]
            assert line.dose == str(step.on(day).dose)
            if day == step.first_day:
                assert line.first_on.replace("\N{NO-BREAK SPACE}", " ").startswith(f"first on {short(day)}")


def test_change_and_note_stand_once_for_a_step() -> None:
    schedule = schedule_of(pattern(2, days=14), replace(pattern(2, 1, days=14), note="Every other night."))
    assert [
        (line.change.replace("\N{NO-BREAK SPACE}", " "), line.note) for line in step_lines(schedule, None)
    ] == [
        ("", ""),
        ("down 0.25 mg in 2 days (25 %)", ""),
        ("", "Every other night."),
    ]


def test_where_no_exact_figure_exists_the_days_before_are_said_and_nothing_is_rounded() -> None:
    before, after = dated(pattern(4, days=14)), dated(pattern(2, 1, days=13))
    assert change_in_words(before, after) == "day by day; before this step, 1 mg a day"
    assert change_in_words(after, before) == (
        "day by day; before this step, day 1, 3, 5 …: 0.5 mg; day 2, 4, 6 …: 0.25 mg"
    )


def test_signing_reads_back_each_day_of_a_pattern_and_the_total_of_a_round() -> None:
    week = schedule_of(pattern(1, 1, 1, 1, 1, 1, 1, days=7), pattern(2, 0, 2, 0, 2, 0, 1, by_weekday=True))
    step = schedule_sentences(week)[1]
    assert step.text == (
        "From Monday, March 9, 2026 to Sunday, April 5, 2026, 28 days (twenty-eight days): a pattern by weekday, 1.75 mg in 7"
        " days (one point seven five milligrams in seven days). Change from the step before: no change in 7 days."
    )
    assert step.times == (
        (
            "Monday, Wednesday and Friday, first on Monday, March 9, 2026; Wednesday, March 11, 2026; Friday, March 13,"
            " 2026: 0.5 mg (zero point five milligrams). Bedtime: 1 tablet (one tablet) of clonazepam 0.5 mg tablet."
        ),
        (
            "Tuesday, Thursday and Saturday, first on Tuesday, March 10, 2026; Thursday, March 12, 2026; Saturday, March 14,"
            " 2026: 0 mg (zero milligrams). Nothing is taken on these days."
        ),
        (
            "Sunday, first on Sunday, March 15, 2026: 0.25 mg (zero point two five milligrams). Bedtime: ½ tablet (half a"
            " tablet) of clonazepam 0.5 mg tablet."
        ),
    )


@given(patterns())
def test_the_total_read_back_is_that_of_the_first_days(one: DatedStep) -> None:
    schedule = schedule_of(one.step, first_day=one.first_day)
    said = re.search(r"(\S+ mg) in (\d+) days? \(", schedule_sentences(schedule)[0].text)
    assert said
    days = days_of(one)[: int(said[2])]
    assert int(said[2]) == min(one.days, len(one.step.regimens))
    assert said[1] == str(total_dose(one.on(day).dose for day in days))


STEP = re.compile(
    r"Step (\d+), \w{3}, (\w{3} \d+, \d{4})(?: to \w{3}, (\w{3} \d+, \d{4}))? \((\d+) days?\), "
)
OF_DAYS = re.compile(
    r"On ([^()]+) \(first on \w{3}, (\w{3} \d+, \d{4})[^)]*\) ([\d.]+ mg): ([^.]*(?:\.\d[^.]*)*)"
)


@given(schedules())
def test_the_text_for_an_order_says_of_each_day_what_was_signed(schedule: Schedule) -> None:
    text = order_text(schedule, "clonazepam")
    assert text.isascii()
    _, *found = re.split(r"(?=Step \d+, \w{3}, )", text)
    assert len(found) == len(schedule.steps)
    for step, said in zip(schedule.dated_steps(), found, strict=True):
        head = STEP.match(said)
        assert head
        assert (parse_day(head[2]), parse_day(head[3] or head[2])) == (step.first_day, step.last_day)
        daily = re.match(r"([\d.]+ mg) a day: ", said[head.end() :])
        assert bool(daily) == (not step.step.is_pattern)
        if daily:
            assert daily[1] == str(step.on(step.first_day).dose)
            continue
        each = {one[1]: one for one in OF_DAYS.finditer(said)}
        for day in days_of(step):
            [words] = [words for words in each if day in on_days_named(words, step)]
            assert each[words][3] == str(step.on(day).dose)
            amounts = [
                int(number.replace(".", "")) for number in re.findall(r"\(([\d.]+)\) of", each[words][4])
            ]
            taken = [int(one.quantity.number.replace(".", "")) for one in step.on(day).doses]
            assert amounts == taken
            assert parse_day(each[words][2]) == min(on_days_named(words, step))


@given(schedules())
def test_the_last_day_with_a_dose_is_the_last_of_all_days_that_has_one(schedule: Schedule) -> None:
    schedule = replace(schedule, ending=Ending.STOP)
    days = (schedule.last_day - schedule.first_day).days + 1
    expected = max(
        (day for day, taken in day_at_a_time(schedule, days) if taken and taken.doses), default=None
    )
    assert schedule.last_dose == expected
    line = taken_on(schedule, schedule.last_day + timedelta(days=3), "clonazepam")
    assert (f"The last day with a dose was {in_words(expected)}." in line) if expected else "last" not in line


def test_a_day_is_said_of_every_day_alike_as_before() -> None:
    products = schedule_of(pattern(2)).products
    assert on_a_day(dated(pattern(2)), date(2026, 3, 3), products, {1: "0.5 mg"}) == (
        "0.5 mg a day: bedtime 1 tablet of 0.5 mg"
    )
