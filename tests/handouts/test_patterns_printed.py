"""Patterns on the printed pages: each layout read back day by day, the card, the checklist, and the texts beside them."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine

from taperplanner.guidance.patient_texts import Language, ShownWhen
from taperplanner.handouts.paper import parts
from taperplanner.handouts.paper.card import card_of
from taperplanner.handouts.paper.conditions import conditions_of
from taperplanner.handouts.paper.earlier import Earlier
from taperplanner.handouts.paper.language import Translator
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.paper.parts import Run
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.schedule.steps import DatedStep
from tests.proof.plans import case
from tests.proof.proving import wrong_in

from ..world.contents import FIRST_DAY, OF_FORMAT_2
from ..world.papers import printed_pages
from ..world.pattern_papers import (
    ALTERNATE,
    NONE,
    NOT_ON_SUNDAYS,
    SPLIT,
    TWICE,
    WHOLE,
    crowded,
    of_steps,
    pattern,
)
from ..world.universe import NOW, Universe
from ..world.written import written

ENGLISH = Translator(Language.ENGLISH)
DRUG = "clonazepam (Klonopin)"
SECOND_DAY = FIRST_DAY + timedelta(days=1)
DAY_BY_DAY = [
    pytest.param(Choice(layout, size, language), id=f"{layout}-{size}-{language}")
    for layout in (Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST)
    for size in Size
    for language in Language
]


def every_kind(ending: Ending = Ending.STAY) -> Schedule:
    """Alternate days, weekdays with a night without a dose, five days, fewer days than the pattern, and a long one."""
    return of_steps(
        replace(pattern(*ALTERNATE, days=15, starts_on=2), note="Every other night."),
        pattern(*NOT_ON_SUNDAYS, days=16, by_weekday=True),
        pattern(TWICE, TWICE, WHOLE, SPLIT, NONE, days=9, starts_on=4),
        pattern(TWICE, WHOLE, SPLIT, days=2),
        pattern(WHOLE, days=3),
        pattern(SPLIT, NONE, days=70),
        ending=ending,
    )


def wrong(schedule: Schedule, choice: Choice, printed_on: date) -> list[str]:
    one = case(0, random.Random("patterns"))
    one = replace(one, schedule=schedule, language=choice.language, printed_on=printed_on, mark=None)
    return list(wrong_in(one, choice, "letter"))


@pytest.mark.slow
@pytest.mark.parametrize("choice", DAY_BY_DAY)
@pytest.mark.parametrize("after", [6, 20], ids=["in alternate days", "by weekday"])
def test_each_layout_says_of_each_day_of_a_pattern_what_was_signed(choice: Choice, after: int) -> None:
    assert wrong(every_kind(), choice, FIRST_DAY + timedelta(days=after)) == []


@pytest.mark.parametrize("size", Size)
def test_a_paper_of_a_pattern_that_is_stayed_on_says_of_each_day_what_was_signed(size: Size) -> None:
    assert wrong(every_kind(), Choice(size=size), FIRST_DAY + timedelta(days=200)) == []


def one_day_late(dated: DatedStep, day: date) -> DatedStep:
    """The first day of the rest begins the pattern again."""
    return replace(dated, first_day=day)


@pytest.mark.parametrize("layout", [Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST])
def test_the_proof_notices_a_pattern_that_begins_again_with_the_paper(
    monkeypatch: pytest.MonkeyPatch, layout: Layout
) -> None:
    monkeypatch.setattr(DatedStep, "from_day", one_day_late)
    assert wrong(of_steps(pattern(*ALTERNATE)), Choice(layout), SECOND_DAY)


def test_the_proof_notices_dates_that_stand_beside_the_wrong_dose(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Run.different

    def swapped(self: Run) -> object:
        regimens = honest(self)
        return dict(zip(regimens, reversed(regimens.values()), strict=True))

    monkeypatch.setattr(Run, "different", swapped)
    assert wrong(of_steps(pattern(*ALTERNATE)), Choice(), FIRST_DAY)


def test_the_proof_notices_a_part_that_does_not_say_its_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "only_line", lambda *_: "")
    assert wrong(of_steps(pattern(*ALTERNATE)), Choice(), FIRST_DAY)


@pytest.mark.parametrize("sheet", ["letter", "a4"])
def test_a_part_on_the_next_page_says_of_which_step_and_days_it_is(sheet: str) -> None:
    """No page has room for the whole step."""
    pages = printed_pages(crowded(1, 2, 3, 4), Choice(), sheet=sheet)
    tables = [page for page in pages if "Only on these dates:" in page]
    assert len(tables) > 1
    for page in tables:
        assert page.count("Step 1 Only on these dates:") == page.count("Only on these dates:")


# --- The card -----------------------------------------------------------------------------------


def test_the_card_says_todays_dose_and_that_other_days_differ() -> None:
    card = card_of(of_steps(pattern(*ALTERNATE)), SECOND_DAY, DRUG, ENGLISH)
    assert card.holds == (
        "Up to Sunday, March 29, 2026 I am on step 1. My dose is not the same each day. My printed plan says what I take on"
        " which day. On Tuesday, March 3, 2026 I take:"
    )
    assert [(name, line.count) for name, lines in card.times for line in lines] == [("Bedtime", "½ tablet")]


def test_on_a_night_without_a_dose_the_card_does_not_say_that_none_is_taken_any_more() -> None:
    card = card_of(of_steps(pattern(NONE, WHOLE)), FIRST_DAY, DRUG, ENGLISH)
    assert card.holds.endswith(f"On Monday, March 2, 2026 I take no {DRUG}.")
    assert "My dose is not the same each day." in card.holds


@pytest.mark.parametrize("today", [SECOND_DAY, FIRST_DAY + timedelta(days=100)], ids=["in it", "stayed on"])
def test_a_card_of_a_pattern_never_says_each_day(today: date) -> None:
    schedule = of_steps(pattern(*ALTERNATE), ending=Ending.STAY)
    for earlier in (None, Earlier(1, schedule, today + timedelta(days=3), 2)):
        assert "Each day I take" not in card_of(schedule, today, DRUG, ENGLISH, earlier).holds


def test_on_the_last_day_of_a_pattern_the_card_is_as_of_any_step() -> None:
    card = card_of(of_steps(pattern(*ALTERNATE)), FIRST_DAY + timedelta(days=27), DRUG, ENGLISH)
    assert card.holds == "Up to Sunday, March 29, 2026 I am on step 1. Each day I take:"


# --- Beside it ----------------------------------------------------------------------------------


def test_a_day_of_the_checklist_that_is_too_tall_is_marked_once_as_the_first() -> None:
    """The name of such a day stands in each of its lines."""
    text = " ".join(printed_pages(crowded(1, 2), Choice(Layout.CHECKLIST), today=FIRST_DAY))
    assert text.count("Monday, March 2, 2026") > 2
    assert text.count("Start here") == 1
    assert text.count("Step 1 starts") == 1


def test_the_texts_are_of_days_that_come() -> None:
    """Halves stand in the pattern of the second step, and no day of it has one."""
    only_whole = of_steps(pattern(SPLIT, days=2), pattern(WHOLE, SPLIT, days=1))
    assert ShownWhen.SPLIT in conditions_of(only_whole, FIRST_DAY)
    assert ShownWhen.SPLIT not in conditions_of(only_whole, FIRST_DAY + timedelta(days=2))
    stays = replace(only_whole, ending=Ending.STAY)
    assert ShownWhen.SPLIT in conditions_of(stays, FIRST_DAY + timedelta(days=2))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("alternate days", "Only on these dates: March 2026: 2, 4, 6, 8, 10, 12,"),
        (
            "by weekday, with a night without a dose",
            "Only on this day of the week: Sunday 0 mg in all on each",
        ),
        (
            "seven days that are not weekdays",
            "Only on these dates: March 2026: 8, 15, 22, 29 (Day 7, 14, 21 …",
        ),
    ],
)
def test_a_version_with_a_pattern_is_shown_and_printed(universe: Universe, name: str, says: str) -> None:
    version = written(replace(OF_FORMAT_2[name], patient_mrn="another"), universe.ours)
    address = (
        f"/patients/{version.plan.patient_id}/plans/{version.plan.number}/versions/{version.number}/handout/"
    )
    with time_machine.travel(NOW):
        page = universe.client_of(universe.ours.staff).get(address).content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert says in text
    assert "not the same each day" in text
