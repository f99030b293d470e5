"""Random schedules are printed, read back and compared. `manage.py prove_handouts` does 2,000."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from taperplanner.doses import Quantity, parse_dose
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.day_by_day import CannotLayOut
from taperplanner.handouts.language import Say
from taperplanner.handouts.layouts import Choice, Layout, Size
from taperplanner.handouts.proof.plans import case
from taperplanner.handouts.proof.proving import expected, prove
from taperplanner.handouts.proof.reading_back import days_of_the_table, read_file
from taperplanner.handouts.typeset import paper_data, pdf_of
from taperplanner.tapers.schedule import Form, ScheduleDose, ScheduleStep, TimeOfDay

from .papers import paper_in
from .test_handout import PRINTED_AT, published

ENGLISH = Say(Language.ENGLISH)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(50))
def test_the_paper_of_a_random_schedule_says_day_by_day_what_was_signed(number: int) -> None:
    assert prove(number, seed=7) == []


def test_a_paper_that_says_something_else_is_noticed() -> None:
    """The proof would prove nothing if it could not fail."""
    schedule = published()
    steps = (replace(schedule.steps[0], days=13), *schedule.steps[1:])
    paper = paper_in(replace(schedule, steps=steps))
    data = paper_data(paper, schedule, Choice(), sheet="letter", today=PRINTED_AT.date())
    found = days_of_the_table(read_file(pdf_of([data])), ENGLISH)
    assert found != expected(schedule, ENGLISH)


def test_what_is_read_back_is_the_whole_schedule() -> None:
    schedule = published()
    data = paper_data(paper_in(schedule), schedule, Choice(), sheet="a4", today=PRINTED_AT.date())
    assert days_of_the_table(read_file(pdf_of([data])), ENGLISH) == expected(schedule, ENGLISH)


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
        ScheduleStep(
            position, 7, parse_dose("1"), tall[:1] if position <= short_rows else tall, "Call us. " * 30
        )
        for position in range(1, 16)
    )
    schedule = replace(published(), steps=steps, products=products)
    data = paper_data(paper_in(schedule), schedule, Choice(), sheet="letter", today=PRINTED_AT.date())
    assert days_of_the_table(read_file(pdf_of([data])), ENGLISH) == expected(schedule, ENGLISH)


@pytest.mark.parametrize("layout", [Layout.CALENDAR, Layout.CHECKLIST])
def test_large_print_refuses_a_name_that_would_run_off_the_paper(layout: Layout) -> None:
    products = {
        number: replace(product, form=Form.ORALLY_DISINTEGRATING)
        for number, product in published().products.items()
    }
    schedule = replace(published(), products=products)
    paper, today = paper_in(schedule), PRINTED_AT.date()
    with pytest.raises(CannotLayOut, match="Choose the schedule table"):
        paper_data(paper, schedule, Choice(layout, Size.LARGE), sheet="letter", today=today)
    assert paper_data(paper, schedule, Choice(layout), sheet="letter", today=today)
