"""A pattern on one paper with another medicine: each of its days is its own, also where it is stayed on."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.data import PaperData
from taperplanner.handouts.paper.joint import day_by_day
from taperplanner.handouts.paper.joint.data import JOINT_LAYOUTS, joint_data
from taperplanner.handouts.paper.joint.day_by_day import JointDay, Medicine, joint_days, joint_months
from taperplanner.handouts.paper.language import Translator, in_words
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.paper.remaining import remaining
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.schedule.steps import Regimen
from tests.proof.joint import JointCase, joint_case, joint_wrong_in

from ..world.contents import FIRST_DAY
from ..world.papers import paper_in
from ..world.pattern_papers import ALTERNATE, NONE, WHOLE, of_steps, pattern

ENGLISH = Translator(Language.ENGLISH)
CLONAZEPAM, DIAZEPAM = "clonazepam (Klonopin)", "diazepam (Valium)"
EVERY_OTHER_NIGHT = (WHOLE, NONE)
# After the steps of the pattern, and before those of the medicine beside it are over.
LATER = FIRST_DAY + timedelta(days=15)
DAY_BY_DAY = [
    pytest.param(Choice(layout, size, language), id=f"{layout}-{size}-{language}")
    for layout in JOINT_LAYOUTS
    for size in Size
    for language in Language
]


def stayed_on(*days: Regimen) -> Schedule:
    """Ten days of a pattern, which then goes on."""
    return of_steps(pattern(*days, days=10), ending=Ending.STAY)


def beside() -> Schedule:
    """Another medicine, every day alike, for a month."""
    return of_steps(pattern(WHOLE, days=30), ending=Ending.STOP)


def case_of(choice: Choice, *schedules: Schedule, begins: date = FIRST_DAY) -> JointCase:
    """With a patient of the proof."""
    one = joint_case(1, random.Random("joint patterns"))
    first = replace(one.cases[0], mark=None, language=choice.language, printed_on=begins)
    return JointCase(tuple(replace(first, schedule=schedule) for schedule in schedules), begins, begins)


def days(first: Schedule, begins: date = FIRST_DAY) -> dict[str, JointDay]:
    medicines = [
        Medicine(CLONAZEPAM, remaining(first, begins)),
        Medicine(DIAZEPAM, remaining(beside(), begins)),
    ]
    return {day.day: day for day in joint_days(medicines, begins, ENGLISH)}


def counts(day: JointDay, drug: str) -> list[str]:
    return [line.count for _, each in day.times for one in each if one.drug == drug for line in one.lines]


def data_of(choice: Choice, first: Schedule, begins: date) -> PaperData:
    papers = [
        (paper_in(schedule, choice.language, drug_name=drug, begins=begins), schedule)
        for drug, schedule in ((CLONAZEPAM, first), (DIAZEPAM, beside()))
    ]
    return joint_data(papers, choice, sheet="letter", printed_on=begins)


@pytest.mark.slow
@pytest.mark.parametrize("begins", [FIRST_DAY, LATER], ids=["from the first day", "while it is stayed on"])
@pytest.mark.parametrize("choice", DAY_BY_DAY)
def test_alternate_days_beside_another_plan_are_read_back_day_by_day(choice: Choice, begins: date) -> None:
    for taken in (ALTERNATE, EVERY_OTHER_NIGHT):
        one = case_of(choice, stayed_on(*taken), beside(), begins=begins)
        assert list(joint_wrong_in(one, choice, "letter")) == []


def test_a_pattern_that_changes_places_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof would prove nothing if it could not fail."""
    choice = Choice(Layout.CHECKLIST)
    one = case_of(choice, stayed_on(*ALTERNATE), beside())
    honest = day_by_day._lines_on
    monkeypatch.setattr(
        day_by_day, "_lines_on", lambda medicine, day, t: honest(medicine, day + timedelta(days=1), t)
    )
    assert list(joint_wrong_in(one, choice, "letter")) != []


def test_a_pattern_that_is_stayed_on_says_what_each_later_day_takes() -> None:
    schedule = stayed_on(*ALTERNATE)
    found = days(schedule)
    *_, last = schedule.dated_steps()
    for offset in range(10, 30):
        day = FIRST_DAY + timedelta(days=offset)
        assert len(counts(found[in_words(day, ENGLISH)], CLONAZEPAM)) == len(last.on(day).doses)
    tenth, eleventh = (
        counts(found[in_words(FIRST_DAY + timedelta(days=offset), ENGLISH)], CLONAZEPAM)
        for offset in (10, 11)
    )
    assert tenth != eleventh


def test_a_night_without_a_dose_says_so_also_where_the_pattern_is_stayed_on() -> None:
    found = days(stayed_on(*EVERY_OTHER_NIGHT))
    none = in_words(FIRST_DAY + timedelta(days=11), ENGLISH)
    assert counts(found[none], CLONAZEPAM) == []
    assert f"{CLONAZEPAM}: Stay on step 1. Take no {CLONAZEPAM}." in [
        one.sentence for one in found[none].says
    ]
    taken = in_words(FIRST_DAY + timedelta(days=12), ENGLISH)
    assert f"{CLONAZEPAM}: Stay on step 1." in [one.sentence for one in found[taken].says]


def test_a_square_of_the_rest_of_the_month_takes_what_its_day_of_the_pattern_takes() -> None:
    schedule = stayed_on(*ALTERNATE)
    medicines = [
        Medicine(CLONAZEPAM, remaining(schedule, FIRST_DAY)),
        Medicine(DIAZEPAM, remaining(of_steps(pattern(WHOLE, days=3)), FIRST_DAY)),
    ]
    squares = [
        day for month in joint_months(medicines, FIRST_DAY, ENGLISH) for week in month.weeks for day in week
    ]
    *_, before, last = [day for day in squares if day]
    assert counts(before, CLONAZEPAM)
    assert counts(before, CLONAZEPAM) != counts(last, CLONAZEPAM)


@pytest.mark.parametrize("layout", [Layout.CALENDAR, Layout.CHECKLIST])
def test_pages_of_days_say_how_a_pattern_that_is_stayed_on_goes_on_after_them(layout: Layout) -> None:
    """Its step stands in no table, and its days go on after the last one that is laid out."""
    for begins in (FIRST_DAY, LATER):
        part, _ = data_of(Choice(layout), stayed_on(*ALTERNATE), begins)["parts"]
        said = " ".join(part["ending"]["sentences"])
        assert "It is not the same each day." in said
        assert len(re.findall("Only on these dates:", said)) == 2
        first = max(begins, FIRST_DAY + timedelta(days=10))
        assert f"{first:%B %Y}: {first.day}, {first.day + 2}" in said


def test_the_schedule_says_the_days_of_a_pattern_that_is_stayed_on_once() -> None:
    part, _ = data_of(Choice(), stayed_on(*ALTERNATE), LATER)["parts"]
    assert "Only on" not in " ".join(part["ending"]["sentences"])
    (step,) = part["steps"]
    assert step["name"] == f"{CLONAZEPAM}: Step 1"
    assert [each["only"] for each in step["parts"]] == ["Only on these dates:"] * 2
