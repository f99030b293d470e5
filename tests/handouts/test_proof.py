"""Random schedules are printed, read back and compared. `python -m tests.proof` does 2,000."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from taperplanner.doses import Dose, Quantity, parse_dose, total_dose
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.data import paper_data
from taperplanner.handouts.paper.day_by_day import CannotLayOut
from taperplanner.handouts.paper.language import Translator
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.printing.render import pdf_of
from taperplanner.tapers.schedule.schedule import Form, Schedule, ScheduleProduct
from taperplanner.tapers.schedule.steps import Regimen, ScheduleDose, TimeOfDay
from tests.proof.days import only
from tests.proof.letters import CannotReadBack, read_file
from tests.proof.plans import Case, case, drops, liquid, schedule_of
from tests.proof.proving import MARGIN, expected, printed, prove, wrong_in
from tests.proof.reading_back import days_of_the_table, reader_of
from tests.proof.words import Amount, amounts_in, times

from ..world.papers import pages_of, paper_in
from ..world.plans import TODAY, tablet
from ..world.steps import daily_step
from .test_handout import published

ENGLISH = Translator(Language.ENGLISH)
LABELS = ("2 mg/5 mL", "4 mg/10 mL", "1.25 mg/0.5 mL")


@pytest.mark.slow
@pytest.mark.parametrize("number", range(50))
def test_the_paper_of_a_random_schedule_says_day_by_day_what_was_signed(number: int) -> None:
    assert prove(number, seed=7) == []


@pytest.mark.slow
@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("layout", list(Layout))
def test_each_paper_says_of_a_liquid_what_its_label_says(layout: Layout, size: Size) -> None:
    """Three labels, of which two come to one strength in one mL, and a half tablet."""
    chance = random.Random(f"labels {layout} {size}")
    liquids = (liquid(number, strength) for number, strength in enumerate(LABELS, 2))
    products = {product.number: product for product in (tablet(1, "0.5"), *liquids)}
    one = replace(case(57, chance), schedule=few_steps(schedule_of(products, chance)), mark=None)
    choice = Choice(layout, size, one.language, fill_days=30)
    one = replace(one, printed_on=one.schedule.first_day)
    try:
        assert list(wrong_in(one, choice, "letter")) == []
    except CannotLayOut:
        assert (layout, size) == (Layout.WALLET, Size.LARGE), (
            "all that is taken stands on one card, or there is none"
        )


@pytest.mark.slow
@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("layout", list(Layout))
def test_each_paper_says_of_drops_how_many_and_of_what(layout: Layout, size: Size) -> None:
    """Two droppers of one strength in a drop, one whose mL are not always exact, and a half tablet."""
    chance = random.Random(f"drops {layout} {size}")
    bottles = (("2.5 mg/mL", 25), ("2 mg/mL", 20), ("3 mg/mL", 30))
    counted = (drops(number, *labels) for number, labels in enumerate(bottles, 2))
    products = {product.number: product for product in (tablet(1, "0.5"), *counted)}
    one = replace(case(69, chance), schedule=few_steps(schedule_of(products, chance)), mark=None)
    choice = Choice(layout, size, one.language, fill_days=30)
    one = replace(one, printed_on=one.schedule.first_day)
    try:
        assert list(wrong_in(one, choice, "letter")) == []
    except CannotLayOut:
        assert (layout, size) == (Layout.WALLET, Size.LARGE), (
            "all that is taken stands on one card, or there is none"
        )


def long_patterns() -> tuple[Case, Choice]:
    """In large print, under a name of many lines: some parts are taller than a page."""
    one = case(714, random.Random("2611 714"))
    long = [step for step in one.schedule.steps if len(step.regimens) > 1 and step.days > 60]
    one = replace(one, schedule=replace(one.schedule, steps=tuple(long[:3])))
    one = replace(one, printed_on=one.schedule.first_day)
    return one, Choice(Layout.SCHEDULE, Size.LARGE, one.language)


@pytest.mark.slow
def test_a_part_of_a_pattern_with_many_dates_ends_above_the_foot_of_its_page() -> None:
    one, choice = long_patterns()
    assert list(wrong_in(one, choice, "letter")) == []


@pytest.mark.slow
def test_each_page_with_an_amount_of_a_pattern_says_for_which_dates_it_is_and_begins_with_none() -> None:
    one, choice = long_patterns()
    t = Translator(one.language)
    pages = pages_of(printed(one, choice, "letter"))
    names = re.compile("|".join(map(re.escape, times(t).values())))
    with_amounts = [page for page in pages if names.search(page)]
    assert with_amounts != pages
    for page in with_amounts:
        above, time = only(t).split(page)[0], names.search(page)
        assert time is not None
        assert len(above) < time.start()
        assert t("{dose} in all on each of these days", dose="") in page[: time.start()]


def few_steps(schedule: Schedule) -> Schedule:
    """The first of them, without notes, each of four amounts at most, so that every layout has room."""
    steps = tuple(
        replace(step, regimens=tuple(few_of(one, schedule) for one in step.regimens), note="")
        for step in schedule.steps[:3]
    )
    return replace(schedule, steps=steps)


def few_of(regimen: Regimen, schedule: Schedule) -> Regimen:
    doses = regimen.doses[:4]
    return Regimen(daily(doses, schedule.products), doses)


def test_a_label_on_paper_that_does_not_come_to_its_strength_is_noticed() -> None:
    with pytest.raises(CannotReadBack, match="does not come to"):
        amounts_in("2.5 mL of 2 mg/5 mL (0.5 mg/mL)", ENGLISH, is_all=True)
    found = amounts_in("2.5 mL of 2 mg/5 mL (0.4 mg/mL)", ENGLISH, is_all=True)
    assert found == [Amount(2_500, 400_000, "2mg/5mL(0.4mg/mL)")]


def test_a_paper_that_says_something_else_is_noticed() -> None:
    """The proof would prove nothing if it could not fail."""
    schedule = published()
    steps = (replace(schedule.steps[0], days=13), *schedule.steps[1:])
    paper = paper_in(replace(schedule, steps=steps))
    data = paper_data(paper, schedule, Choice(), sheet="letter")
    found = days_of_the_table(read_file(pdf_of([data])), ENGLISH)
    assert found != expected(schedule, ENGLISH, TODAY)


def test_what_is_read_back_is_the_whole_schedule() -> None:
    schedule = published()
    data = paper_data(paper_in(schedule), schedule, Choice(), sheet="a4")
    assert days_of_the_table(read_file(pdf_of([data])), ENGLISH) == expected(schedule, ENGLISH, TODAY)


def test_the_same_seed_makes_the_same_schedules() -> None:
    one, other = (case(3, random.Random("1 3")) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("short_rows", range(6))
def test_a_tall_row_is_whole_wherever_the_page_ends(short_rows: int) -> None:
    """Three products at one time make a cell taller than the step's name beside it."""
    one = next(iter(published().products.values()))
    products = {
        number: replace(one, number=number, strength=parse_dose(strength))
        for number, strength in enumerate(("0.5", "1", "2"), 1)
    }
    tall = tuple(ScheduleDose(TimeOfDay.BEDTIME, number, Quantity(1500)) for number in products)
    steps = tuple(
        daily_step(position, 7, daily(doses, products), doses, "Call us. " * 30)
        for position in range(1, 16)
        for doses in [tall[:1] if position <= short_rows else tall]
    )
    schedule = replace(published(), steps=steps, products=products)
    data = paper_data(paper_in(schedule), schedule, Choice(), sheet="letter")
    assert days_of_the_table(read_file(pdf_of([data])), ENGLISH) == expected(schedule, ENGLISH, TODAY)


def daily(doses: Sequence[ScheduleDose], products: Mapping[int, ScheduleProduct]) -> Dose:
    return total_dose(products[dose.product].strength.times(dose.quantity) for dose in doses)


def alike(count: int, maker: str) -> Schedule:
    """Every step takes that many products of one strength at bedtime, which the maker alone tells apart."""
    one = next(iter(published().products.values()))
    products = {
        number: replace(one, number=number, form=Form.ORALLY_DISINTEGRATING, maker=f"{maker} {number}")
        for number in range(1, count + 1)
    }
    doses = tuple(ScheduleDose(TimeOfDay.BEDTIME, number, Quantity(1500)) for number in products)
    return replace(
        published(),
        steps=tuple(
            replace(step, regimens=(Regimen(daily(doses, products), doses),)) for step in published().steps
        ),
        products=products,
    )


@pytest.mark.parametrize("layout", [Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST])
@pytest.mark.parametrize("size", Size)
def test_names_of_products_that_are_long_stay_on_the_paper(layout: Layout, size: Size) -> None:
    schedule, choice = alike(2, "A Very Long Pharmaceuticals Company"), Choice(layout, size)
    data = paper_data(paper_in(schedule), schedule, choice, sheet="letter")
    read = read_file(pdf_of([data]))
    assert [*read.outside(MARGIN), *read.covered()] == []
    found = reader_of(layout, size)(read, ENGLISH)  # type: ignore[misc]
    assert {day: found[day] for day in expected(schedule, ENGLISH, TODAY)} == expected(
        schedule, ENGLISH, TODAY
    )


@pytest.mark.parametrize(("layout", "count"), [(Layout.SCHEDULE, 12), (Layout.CALENDAR, 4)])
def test_what_is_taller_than_a_page_is_refused_and_not_cut_off(layout: Layout, count: int) -> None:
    schedule = alike(count, "Invented Pharmaceutical Manufacturing Company of Springfield " * 2)
    data = paper_data(paper_in(schedule), schedule, Choice(layout), sheet="letter")
    with pytest.raises(CannotLayOut, match="Choose the checklist, or large print"):
        pdf_of([data])


@pytest.mark.parametrize("layout", [Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST])
def test_large_print_has_room_for_it(layout: Layout) -> None:
    schedule = alike(4, "Invented Pharmaceutical Manufacturing Company of Springfield " * 2)
    choice = Choice(layout, Size.LARGE)
    data = paper_data(paper_in(schedule), schedule, choice, sheet="letter")
    read = read_file(pdf_of([data]))
    assert [*read.outside(MARGIN), *read.covered()] == []


def test_a_long_word_in_a_note_ends_on_the_paper() -> None:
    steps = tuple(replace(step, note="w" * 300) for step in published().steps)
    schedule = replace(published(), steps=steps)
    data = paper_data(paper_in(schedule), schedule, Choice(), sheet="letter")
    assert list(read_file(pdf_of([data])).outside(MARGIN)) == []
