"""A dose as needed on paper: a block of its own on every paper that a patient or a pharmacist takes away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from taperplanner.doses import Quantity
from taperplanner.guidance.patient_texts import Language, ShownWhen
from taperplanner.handouts.paper.card import card_of
from taperplanner.handouts.paper.conditions import conditions_of
from taperplanner.handouts.paper.earlier import Earlier
from taperplanner.handouts.paper.language import Translator
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.paper.pharmacy import summary_of
from taperplanner.handouts.paper.remaining import remaining
from taperplanner.tapers.schedule.as_needed import AsNeeded
from taperplanner.tapers.schedule.schedule import Ending, Schedule

from ..world.contents import HALF, OF_FORMAT_2
from ..world.papers import paper_in, printed_pages
from ..world.shapes import SHAPES
from .test_handout import PRINTED_AT

SCHEDULE = OF_FORMAT_2["a dose as needed beside the schedule"].schedule
ENGLISH = Translator(Language.ENGLISH)
TODAY = SCHEDULE.first_day
BLOCK = (
    "Only if needed ½ tablet (half a tablet) of 0.5 mg, 0.25 mg each time When: For a panic attack, “only”"
    " No more than 2 times in one day. This is extra. It is not part of your daily doses."
)
SPANISH = (
    "Solo si la necesita ½ tableta (media tableta) de 0.5 mg, 0.25 mg cada vez Cuándo, escrito en inglés por su"
    " clínica: For a panic attack, “only” No más de 2 veces en un día. Es aparte. No es parte de sus dosis diarias."
)


@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("layout", [Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST, Layout.WALLET])
def test_each_paper_of_the_patient_has_it_once_in_a_block_of_its_own(layout: Layout, size: Size) -> None:
    if (layout, size) == (Layout.WALLET, Size.LARGE):
        pytest.skip("on one card, or there is none")
    text = " ".join(printed_pages(SCHEDULE, Choice(layout, size), today=TODAY))
    assert text.count("Only if needed") == 1
    assert BLOCK in text
    assert "Only up to Sunday, March 29, 2026. After that day take none." in text


def test_in_spanish_the_words_of_the_provider_stand_marked_as_english() -> None:
    text = " ".join(printed_pages(SCHEDULE, Choice(language=Language.SPANISH), today=TODAY))
    assert SPANISH in text


def test_the_checklist_has_lines_to_write_down_when_it_was_taken() -> None:
    text = " ".join(printed_pages(SCHEDULE, Choice(Layout.CHECKLIST), today=TODAY))
    assert "Write down each time you take it: Day Time" in text


def test_a_paper_without_one_is_what_it_was() -> None:
    assert paper_in(replace(SCHEDULE, as_needed=None)).as_needed is None
    text = " ".join(printed_pages(replace(SCHEDULE, as_needed=None), Choice(), today=TODAY))
    assert "Only if needed" not in text


def test_it_is_never_among_the_times_of_day() -> None:
    without, with_one = paper_in(replace(SCHEDULE, as_needed=None)), paper_in(SCHEDULE)
    assert with_one.steps == without.steps
    assert with_one.times == without.times
    assert with_one.ending == without.ending


def test_once_the_schedule_has_stopped_the_paper_has_none() -> None:
    text = " ".join(printed_pages(SCHEDULE, Choice(), today=SCHEDULE.day_after))
    assert "Only if needed" not in text
    staying = replace(SCHEDULE, ending=Ending.STAY)
    assert BLOCK in " ".join(printed_pages(staying, Choice(), today=staying.day_after))


def test_a_paper_that_waits_says_from_when_it_holds() -> None:
    text = " ".join(printed_pages(SCHEDULE, Choice(), today=TODAY - timedelta(days=3)))
    assert "Only from Monday, March 2, 2026 on." in text


def test_a_card_has_what_holds_today_and_nothing_of_a_version_that_waits() -> None:
    before = TODAY - timedelta(days=3)
    assert card_of(SCHEDULE, before, "clonazepam", ENGLISH).as_needed is None
    running = replace(SCHEDULE, first_day=TODAY - timedelta(days=7), ending=Ending.STAY)
    earlier = Earlier(1, running, TODAY - timedelta(days=1), 2)
    card = card_of(replace(SCHEDULE, as_needed=None), before, "clonazepam", ENGLISH, earlier)
    assert card.as_needed is not None
    assert card.as_needed.days == ("Only up to Sunday, March 1, 2026. After that day take none.",)


def test_a_pharmacist_counts_without_it_and_with_it() -> None:
    """28 days, and on each of them at most two halves: 28 tablets more."""
    summary = summary_of(remaining(SCHEDULE, TODAY), 14)
    plain = summary_of(remaining(replace(SCHEDULE, as_needed=None), TODAY), 14)
    assert (summary.totals, summary.fills, summary.steps) == (plain.totals, plain.fills, plain.steps)
    assert plain.as_needed is None
    assert summary.as_needed is not None
    assert [line.exact for line in summary.totals] == ["45½ tablets"]
    assert [line.exact for line in summary.as_needed.totals] == ["73½ tablets"]
    assert [[line.exact for line in counts] for _, counts in summary.as_needed.fills] == [
        ["56 tablets"],
        ["17½ tablets"],
    ]
    text = " ".join(printed_pages(SCHEDULE, Choice(Layout.PHARMACY, fill_days=14), today=TODAY))
    assert "Beside the schedule as needed 0.25 mg (½ tablet of 0.5 mg), at most 2 times on one day." in text
    assert "No count above has it." in text


@pytest.mark.parametrize("shape", sorted(SHAPES))
@pytest.mark.parametrize("printed_on", [-3, 0, 5, 40])
def test_with_every_schedule_the_steps_of_the_paper_stay_what_they_were(shape: str, printed_on: int) -> None:
    without = SHAPES[shape]
    schedule = _with_one(without)
    at = {"printed_at": _moment(without.first_day + timedelta(days=printed_on))}
    assert paper_in(schedule, **at).steps == paper_in(without, **at).steps


def test_what_is_split_only_as_needed_has_the_text_on_splitting() -> None:
    whole = SHAPES["whole tablets"]
    needed = AsNeeded(2, Quantity(500), HALF.strength.times(Quantity(500)), 1, "For a panic attack")
    assert ShownWhen.SPLIT not in conditions_of(whole)
    assert ShownWhen.SPLIT in conditions_of(replace(whole, as_needed=needed))


def _with_one(schedule: Schedule) -> Schedule:
    number, product = next(iter(schedule.products.items()))
    quantity = product.smallest_part
    needed = AsNeeded(number, quantity, product.strength.times(quantity), 3, "For a panic attack")
    return replace(schedule, as_needed=needed)


def _moment(day: date) -> datetime:
    return PRINTED_AT.replace(year=day.year, month=day.month, day=day.day)
