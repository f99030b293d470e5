"""Random schedules are printed, read back and compared. `manage.py prove_handouts` does 2,000."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.language import Say
from taperplanner.handouts.layouts import Choice
from taperplanner.handouts.proof.plans import case
from taperplanner.handouts.proof.proving import expected, prove
from taperplanner.handouts.proof.reading_back import days_of_the_table, read_file
from taperplanner.handouts.typeset import paper_data, pdf_of

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
