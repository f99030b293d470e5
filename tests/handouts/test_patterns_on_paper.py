"""A pattern is never readable as daily, on no paper: each part names its days, by date or by weekday."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.blocks import StepBlock, step_blocks
from taperplanner.handouts.paper.day_by_day import days_of, months_of
from taperplanner.handouts.paper.ending import ending_of
from taperplanner.handouts.paper.language import Translator, in_words
from taperplanner.handouts.paper.parts import Part
from taperplanner.handouts.paper.remaining import remaining
from taperplanner.handouts.paper.taking import Times, take_lines
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from tests.proof.days import Pattern, days_in, first_number, pattern_of

from ..world.contents import FIRST_DAY
from ..world.pattern_papers import (
    ALTERNATE,
    NONE,
    NOT_ON_SUNDAYS,
    SPLIT,
    TWICE,
    WHOLE,
    of_steps,
    pattern,
    pattern_schedules,
)
from .test_handout import paper_of, text_of

ENGLISH, SPANISH = Translator(Language.ENGLISH), Translator(Language.SPANISH)
DRUG = "clonazepam (Klonopin)"
# What would make one day's dose that of every day.
DAILY = re.compile(
    r"(?<!not the same )\b(?:each|every) (?:day|night)\b|(?<!igual )(?<!mismo )\b(?:cada día|todos los días)\b",
    re.IGNORECASE,
)


def blocks(schedule: Schedule, today: date = FIRST_DAY, t: Translator = ENGLISH) -> tuple[StepBlock, ...]:
    return step_blocks(remaining(schedule, today), t)


def alternate(ending: Ending = Ending.STOP, days: int = 28) -> Schedule:
    return of_steps(pattern(*ALTERNATE, days=days), ending=ending)


def taken(times: Times) -> list[str]:
    return [f"{name} {line.count}" for name, lines in times for line in lines]


# --- The table ----------------------------------------------------------------------------------


def test_alternate_days_are_two_parts_and_each_names_its_dates_and_days() -> None:
    (block,) = blocks(alternate())
    assert block.look == "This step is not the same each day. Look for today's date."
    whole, split = block.parts
    assert (whole.only, whole.days, whole.numbers) == (
        "Only on these dates:",
        ("March 2026: 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28",),
        "Day 1, 3, 5 … of this step",
    )
    assert (whole.in_all, taken(whole.times)) == ("0.5 mg in all on each of these days", ["Bedtime 1 tablet"])
    assert split.days == ("March 2026: 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29",)
    assert (split.numbers, taken(split.times)) == ("Day 2, 4, 6 … of this step", ["Bedtime ½ tablet"])


def test_by_weekday_a_part_names_its_weekdays_and_a_night_without_a_dose_is_a_part() -> None:
    (block,) = blocks(of_steps(pattern(*NOT_ON_SUNDAYS, by_weekday=True)))
    assert block.look == "This step is not the same each day. Look for today's day of the week."
    assert [(part.only, part.days, part.numbers) for part in block.parts] == [
        ("Only on these days of the week:", ("Monday, Wednesday and Friday",), ""),
        ("Only on these days of the week:", ("Tuesday, Thursday and Saturday",), ""),
        ("Only on this day of the week:", ("Sunday",), ""),
    ]
    assert (block.parts[2].dose, taken(block.parts[2].times)) == ("0 mg", [])


def test_a_step_that_is_shorter_than_its_pattern_names_only_days_that_it_has() -> None:
    (block,) = blocks(of_steps(pattern(TWICE, WHOLE, SPLIT, NONE, NONE, days=3)))
    assert [(part.only, part.days, part.numbers) for part in block.parts] == [
        ("Only on this date:", ("Monday, March 2, 2026",), "Day 1 of this step"),
        ("Only on this date:", ("Tuesday, March 3, 2026",), "Day 2 of this step"),
        ("Only on this date:", ("Wednesday, March 4, 2026",), "Day 3 of this step"),
    ]
    (block,) = blocks(of_steps(pattern(*NOT_ON_SUNDAYS, days=2, by_weekday=True)))
    assert [part.days for part in block.parts] == [("Monday, March 2, 2026",), ("Tuesday, March 3, 2026",)]


def test_of_a_long_step_the_next_dates_stand_there_and_how_they_go_on() -> None:
    (block,) = blocks(of_steps(pattern(WHOLE, WHOLE, SPLIT, days=200)))
    assert block.goes_on == (
        "The dates are printed up to Friday, April 24, 2026. After that they go on in the same way, every 3 days, up to"
        " Thursday, September 17, 2026. Your clinic can print the next dates for you."
    )
    assert block.parts[1].days[-1] == "April 2026: 3, 6, 9, 12, 15, 18, 21, 24 …"
    assert blocks(of_steps(pattern(WHOLE, WHOLE, SPLIT, days=62)))[0].goes_on == ""


def test_where_the_days_that_are_left_are_alike_it_is_a_step_like_any_other() -> None:
    last = FIRST_DAY + timedelta(days=27)
    for schedule, today in ((alternate(), last), (of_steps(pattern(WHOLE, WHOLE)), FIRST_DAY)):
        (block,) = blocks(schedule, today)
        assert (block.look, len(block.parts)) == ("", 1)
        assert block.parts[0].in_all.endswith("in all each day")
    (block,) = blocks(alternate(), last)
    assert (block.days, taken(block.parts[0].times)) == ("1 day", ["Bedtime ½ tablet"])


def test_in_spanish_the_dates_and_days_are_said_as_well() -> None:
    whole, split = blocks(alternate(days=6), t=SPANISH)[0].parts
    assert (whole.only, whole.days[0], whole.numbers) == (
        "Solo en estas fechas:",
        "lunes 2 de marzo de 2026",
        "Día 1, 3, 5 de este paso",
    )
    assert blocks(alternate(), t=SPANISH)[0].parts[0].days[0].startswith("Marzo de 2026: 2, 4, 6,")
    by_weekday = of_steps(pattern(*NOT_ON_SUNDAYS, by_weekday=True))
    assert blocks(by_weekday, t=SPANISH)[0].parts[0].days == ("lunes, miércoles y viernes",)
    assert split.in_all == "0.25 mg en total cada uno de estos días"


def test_a_copy_that_is_printed_on_the_second_day_begins_with_its_dose_and_keeps_its_number() -> None:
    (block,) = blocks(alternate(), FIRST_DAY + timedelta(days=1))
    first, second = block.parts
    assert (first.numbers, taken(first.times)) == ("Day 2, 4, 6 … of this step", ["Bedtime ½ tablet"])
    assert first.days == ("March 2026: 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29",)
    assert (second.numbers, taken(second.times)) == ("Day 3, 5, 7 … of this step", ["Bedtime 1 tablet"])


# --- Whatever the pattern, whenever it is printed -----------------------------------------------


def read_back(block: StepBlock, t: Translator) -> dict[date, Part]:
    """Each day with the part that names it, read from the words of the block."""
    over = f"{block.start or block.since} {block.until} {block.look} {block.goes_on}"
    shown = pattern_of(over, t)
    assert isinstance(shown, Pattern)
    found: dict[date, Part] = {}
    for part in block.parts:
        for day in days_in(f"{part.only} {' '.join(part.days)} ({part.numbers})", shown, t):
            assert day not in found
            found[day] = part
    return found


@given(pattern_schedules(), st.integers(-5, 700), st.sampled_from(Language))
def test_each_day_that_is_left_stands_in_one_part_and_takes_what_was_signed(
    schedule: Schedule, after: int, language: Language
) -> None:
    t, today = Translator(language), schedule.first_day + timedelta(days=after)
    left = remaining(schedule, today)
    signed = {dated.step.position: dated for dated in schedule.dated_steps()}
    for block in step_blocks(left, t):
        dated = signed[block.position]
        if not block.look:
            assert block.parts[0].times == take_lines(dated.on(max(today, dated.first_day)), schedule, t)
            continue
        found = read_back(block, t)
        assert min(found) == max(today, dated.first_day)
        if not left.stays_on:
            assert max(found) == dated.last_day
        for day, part in found.items():
            assert (part.dose, part.times) == (
                str(dated.on(day).dose),
                take_lines(dated.on(day), schedule, t),
            )


@given(pattern_schedules(), st.integers(0, 600))
def test_a_day_has_one_number_on_every_copy(schedule: Schedule, after: int) -> None:
    """The number that stands first in a part is that of its first date, counted from the step's first day as signed."""
    signed = {dated.step.position: dated for dated in schedule.dated_steps()}
    for block in blocks(schedule, schedule.first_day + timedelta(days=after)):
        for part in block.parts:
            number = first_number(part.numbers, ENGLISH)
            if number is not None:
                first = min(day for day, one in read_back(block, ENGLISH).items() if one is part)
                assert (first - signed[block.position].first_day).days + 1 == number


@given(pattern_schedules(), st.integers(-5, 700), st.sampled_from(Language))
def test_nothing_that_is_said_of_a_pattern_says_every_day(
    schedule: Schedule, after: int, language: Language
) -> None:
    t, today = Translator(language), schedule.first_day + timedelta(days=after)
    said = [
        text
        for block in blocks(schedule, today, t)
        if block.look
        for text in (block.goes_on, *(f"{part.only} {part.in_all}" for part in block.parts))
    ]
    if len(set(schedule.steps[-1].regimens)) > 1:
        said += ending_of(schedule, DRUG, t, today=today).sentences
    assert [text for text in said if DAILY.search(text)] == []


@pytest.mark.parametrize(
    "text", ["0.5 mg in all each day", "Each day I take:", "todos los días", "cada día tomo"]
)
def test_the_search_finds_what_says_every_day(text: str) -> None:
    assert DAILY.search(text)


def test_the_page_says_the_same_as_the_paper() -> None:
    text = text_of("handouts/_schedule.html", paper_of(alternate()))
    assert "Step 1 Only on these dates: March 2026: 2, 4, 6, 8," in text
    assert "(Day 1, 3, 5 … of this step) 0.5 mg in all on each of these days" in text
    assert not DAILY.search(text)


# --- Staying on a pattern, and its end ----------------------------------------------------------


def test_who_stays_on_a_pattern_is_told_which_day_is_which() -> None:
    title, whole, split, goes_on, last = ending_of(alternate(Ending.STAY), DRUG, ENGLISH).sentences
    assert title == (
        "From Monday, March 30, 2026 on, step 1 goes on in the same way. It is not the same each day."
    )
    assert whole == (
        "Only on these dates: March 2026: 30; April 2026: 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25 … Bedtime: 1 tablet"
        " (one) of 0.5 mg."
    )
    assert split == (
        "Only on these dates: March 2026: 31; April 2026: 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26 … Bedtime: ½ tablet"
        " (half a tablet) of 0.5 mg."
    )
    assert goes_on == (
        "The dates are printed up to Sunday, April 26, 2026. After that they go on in the same way, every 2 days, until"
        " your clinic tells you. Your clinic can print the next dates for you."
    )
    assert last == "Do not stop and do not change it until your clinic has talked with you."


def test_a_paper_that_is_printed_while_a_pattern_is_stayed_on_begins_with_today() -> None:
    today = FIRST_DAY + timedelta(days=29)  # the second day after the step: half a tablet
    (block,) = blocks(alternate(Ending.STAY), today)
    assert (block.start, block.until) == (
        "Start here: Tuesday, March 31, 2026",
        "until your clinic tells you",
    )
    assert (taken(block.parts[0].times), block.parts[0].numbers) == (["Bedtime ½ tablet"], "")
    assert block.parts[0].days[0] == "March 2026: 31"
    said = " ".join(ending_of(alternate(Ending.STAY), DRUG, ENGLISH, today=today).sentences)
    assert "Only on" not in said  # dates that are over


def test_the_days_after_a_pattern_that_is_stayed_on_say_what_they_take() -> None:
    schedule = of_steps(pattern(WHOLE, NONE, days=6), ending=Ending.STAY)
    left = remaining(schedule, FIRST_DAY)
    after = days_of(left, DRUG, ENGLISH)[-1]
    assert after.change == "Stay on step 1 from this day on, until your clinic tells you."
    assert (after.day, taken(after.times)) == ("Sunday, March 8, 2026", ["Bedtime 1 tablet"])
    (month,) = months_of(left, DRUG, ENGLISH)
    squares = {day.number: day for week in month.weeks for day in week if day}
    assert squares["9"].says == f"Take no {DRUG}."
    assert (squares["10"].change, taken(squares["10"].times)) == ("Stay on step 1.", ["Bedtime 1 tablet"])


@pytest.mark.parametrize(
    ("regimens", "days", "last"),
    [
        ((WHOLE, NONE), 28, 27),
        ((WHOLE, NONE, NONE), 28, 28),
        ((NONE, WHOLE), 1, None),
        ((WHOLE, NONE, NONE, NONE, NONE), 4, 1),
    ],
)
def test_the_last_day_with_a_dose_is_none_of_the_nights_without_one(
    regimens: tuple[object, ...], days: int, last: int | None
) -> None:
    schedule = of_steps(pattern(*regimens, days=days))  # type: ignore[arg-type]
    said = ending_of(schedule, DRUG, ENGLISH).sentences[1:]
    if last is None:
        assert said == ()
    else:
        day = in_words(FIRST_DAY + timedelta(days=last - 1), ENGLISH)
        assert said == (f"Your last day with a dose is {day}.",)
