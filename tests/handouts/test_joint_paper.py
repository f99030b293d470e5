"""What stands on one paper of two medicines: each under its own name, wherever a page begins."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

import pytest

from taperplanner.doses import Quantity, parse_dose
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.data import PaperData
from taperplanner.handouts.paper.day_by_day import CannotLayOut
from taperplanner.handouts.paper.joint import day_by_day
from taperplanner.handouts.paper.joint.data import JOINT_LAYOUTS, joint_data
from taperplanner.handouts.paper.joint.day_by_day import JointDay, Medicine, joint_days, joint_months
from taperplanner.handouts.paper.language import Translator
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.paper.remaining import remaining
from taperplanner.handouts.printing.render import pdf_of
from taperplanner.tapers.schedule.as_needed import AsNeeded
from taperplanner.tapers.schedule.schedule import Ending, Form, Schedule, ScheduleProduct
from taperplanner.tapers.schedule.steps import Regimen, ScheduleDose, ScheduleStep, TimeOfDay
from tests.proof.joint import joint_case, joint_wrong_in, prove_joint
from tests.proof.letters import read_file

from ..world.papers import paper_in
from .test_handout import PRINTED_AT, published

ENGLISH = Translator(Language.ENGLISH)
FIRST, CLONAZEPAM, DIAZEPAM = date(2026, 3, 2), "clonazepam (Klonopin)", "diazepam (Valium)"
STOP_DAY = published().day_after
EVERY_CHOICE = [
    pytest.param(Choice(layout, size, language), id=f"{layout}-{size}-{language}")
    for layout in JOINT_LAYOUTS
    for size in Size
    for language in Language
]


def diazepam(first_day: date = FIRST + timedelta(days=7), ending: Ending = Ending.STAY) -> Schedule:
    """2.5 mg at bedtime for a week, then every other day 5 mg."""
    product = ScheduleProduct(1, "diazepam", Form.TABLET, parse_dose("5"), Quantity(500))

    def at_bedtime(dose: str, thousandths: int) -> Regimen:
        return Regimen(parse_dose(dose), (ScheduleDose(TimeOfDay.BEDTIME, 1, Quantity(thousandths)),))

    half, whole = at_bedtime("2.5", 500), at_bedtime("5", 1000)
    steps = (ScheduleStep(1, 7, (half,)), ScheduleStep(2, 10, (whole,), "Call us before this step."))
    return Schedule(first_day, steps, ending, {1: product})


def both(choice: Choice, other: Schedule | None = None, begins: date = FIRST) -> PaperData:
    """The published taper of clonazepam, and diazepam beside it."""
    papers = [
        (paper_in(schedule, choice.language, drug_name=drug, begins=begins), schedule)
        for drug, schedule in ((CLONAZEPAM, published()), (DIAZEPAM, other or diazepam()))
    ]
    return joint_data(papers, choice, sheet="letter", printed_on=PRINTED_AT.date())


def pages_of(choice: Choice, other: Schedule | None = None) -> list[str]:
    return [re.sub(r"\s+", " ", page) for page in read_file(pdf_of([both(choice, other)])).pages]


def days(other: Schedule | None = None, begins: date = FIRST) -> dict[str, JointDay]:
    medicines = [
        Medicine(CLONAZEPAM, remaining(published(), begins)),
        Medicine(DIAZEPAM, remaining(other or diazepam(), begins)),
    ]
    return {day.day: day for day in joint_days(medicines, begins, ENGLISH)}


def said(day: JointDay) -> list[str]:
    return [one.sentence for one in day.says]


@pytest.mark.slow
@pytest.mark.parametrize("choice", EVERY_CHOICE)
def test_each_layout_names_both_versions_on_each_page_and_both_endings(choice: Choice) -> None:
    pages = pages_of(choice)
    t = Translator(choice.language)
    signed = t("Version {number}, signed by", number=1)
    for page in pages:
        assert f"{CLONAZEPAM}: {signed}" in page
        assert f"{DIAZEPAM}: {signed}" in page
    text = " ".join(pages)
    assert t("STOP {drug} on {day}", drug=CLONAZEPAM, day="").strip() in text
    assert f"{DIAZEPAM}: {t('Stay on step {number} until your clinic tells you', number=2)}" in text
    assert t("Note from your clinic:")[:12] in text


@pytest.mark.slow
@pytest.mark.parametrize("number", range(24))
def test_a_random_paper_of_several_medicines_says_what_each_schedule_says(number: int) -> None:
    assert prove_joint(number, seed=11) == []


def test_in_a_square_of_a_calendar_a_date_does_not_run_into_the_next_square() -> None:
    assert prove_joint(613, seed=5) == []


def test_a_paper_that_gives_one_medicines_dose_to_the_other_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The proof would prove nothing if it could not fail."""
    one = joint_case(3, random.Random("joint 11 3"))
    first = one.cases[0].schedule.first_day
    one = replace(one, printed_on=first, begins=first, cases=one.cases[:2])
    choice = Choice(Layout.CHECKLIST, language=one.cases[0].language)
    assert list(joint_wrong_in(one, choice, "letter")) == []
    medicines = [Medicine(drug, remaining(schedule, first)) for drug, schedule in one.schedules.items()]
    honest = day_by_day._lines_on

    def swapped(medicine: Medicine, day: date, t: Translator) -> object:
        return honest(next(other for other in medicines if other.drug != medicine.drug), day, t)

    monkeypatch.setattr(day_by_day, "_lines_on", swapped)
    assert list(joint_wrong_in(one, choice, "letter")) != []


def test_each_step_and_each_line_names_its_medicine() -> None:
    data = both(Choice(Layout.CHECKLIST))
    for part, drug in zip(data["parts"], (CLONAZEPAM, DIAZEPAM), strict=True):
        assert all(step["name"].startswith(f"{drug}: Step ") for step in part["steps"])
    taken = chain.from_iterable(each for day in data["days"] for _, each in day["times"])
    assert {one["drug"] for one in taken} == {CLONAZEPAM, DIAZEPAM}


def test_no_day_is_silent_about_a_medicine() -> None:
    for day in days().values():
        for drug in (CLONAZEPAM, DIAZEPAM):
            taken = [one.drug for _, each in day.times for one in each]
            assert drug in taken or any(drug in sentence for sentence in said(day)), day.day


def test_before_its_first_day_a_medicine_says_when_it_starts() -> None:
    found = days()
    assert f"Not yet {DIAZEPAM}: it starts on Monday, March 9, 2026." in said(found["Monday, March 2, 2026"])
    assert f"Not yet {DIAZEPAM}: it starts on Monday, March 9." in said(found["Sunday, March 8, 2026"])
    assert f"{DIAZEPAM}: Step 1 starts." in said(found["Monday, March 9, 2026"])


def test_its_stop_names_the_drug_that_stops_and_the_other_goes_on() -> None:
    long = replace(diazepam(), first_day=STOP_DAY - timedelta(days=3))
    found = days(long)
    day = found["Monday, May 4, 2026"]
    assert said(day) == [f"STOP. Take no more {CLONAZEPAM} from this day on."]
    assert [(time, [one.drug for one in each]) for time, each in day.times] == [("Bedtime", [DIAZEPAM])]
    assert said(found["Tuesday, May 5, 2026"]) == [f"Take no more {CLONAZEPAM}."]


def test_a_medicine_that_is_stayed_on_keeps_its_tablets_while_the_other_goes_on() -> None:
    found = days()
    first, later = found["Thursday, March 26, 2026"], found["Friday, March 27, 2026"]
    assert f"{DIAZEPAM}: Stay on step 2 from this day on, until your clinic tells you." in said(first)
    assert f"{DIAZEPAM}: Stay on step 2." in said(later)
    for day in (first, later):
        (bedtime,) = (each for time, each in day.times if time == "Bedtime")
        assert [line.count for one in bedtime if one.drug == DIAZEPAM for line in one.lines] == ["1 tablet"]


def test_in_a_calendar_a_day_after_all_steps_still_says_what_is_stayed_on() -> None:
    medicines = [
        Medicine(CLONAZEPAM, remaining(published(), FIRST)),
        Medicine(DIAZEPAM, remaining(diazepam(), FIRST)),
    ]
    last = [day for week in joint_months(medicines, FIRST, ENGLISH)[-1].weeks for day in week if day][-1]
    assert last.day == "Sunday, May 31, 2026"
    assert [one.drug for _, each in last.times for one in each] == [DIAZEPAM]
    stopping = [medicines[0], Medicine(DIAZEPAM, remaining(diazepam(ending=Ending.STOP), FIRST))]
    after = [day for week in joint_months(stopping, FIRST, ENGLISH)[-1].weeks for day in week if day][-1]
    assert (after.is_covered, after.times) == (False, ())


def test_in_large_print_what_is_taken_at_one_time_stands_on_one_page_below_the_name_of_its_day() -> None:
    """Half of it, on the next page and without its day, would be read as all of it."""
    together = replace(diazepam(), first_day=FIRST)
    wanted = {name: day for name, day in days(together).items() if day.times}
    found = 0
    for page in pages_of(Choice(Layout.CHECKLIST, Size.LARGE), together):
        blocks = re.split(r"((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \w+ \d+, 2026)", page)
        for name, block in zip(blocks[1::2], blocks[2::2], strict=True):
            times = re.split(r"\b(Morning|Bedtime)\b", block)
            for time, text in zip(times[1::2], times[2::2], strict=True):
                (each,) = (each for one, each in wanted[name].times if one == time)
                assert all(one.drug in text for one in each), (name, time, text)
                found += 1
    assert found == sum(len(day.times) for day in wanted.values())


def test_a_paper_for_a_later_day_says_to_keep_older_papers_until_then() -> None:
    later = FIRST + timedelta(days=16)
    (sentence, *_) = both(Choice(), begins=later)["stated"]
    assert sentence.startswith(
        "From Wednesday, March 18, 2026 on this paper takes the place of every older paper"
    )
    assert "Keep older papers until that day." in sentence
    # What is only over when it begins is not over on the day of printing.
    assert both(Choice(), begins=later)["parts"][0]["over"] == ""


def test_where_all_steps_are_over_no_day_is_laid_out() -> None:
    with pytest.raises(CannotLayOut, match="Every step of these schedules is over"):
        both(Choice(Layout.CHECKLIST), begins=date(2027, 1, 1))


@pytest.mark.slow
@pytest.mark.parametrize("choice", EVERY_CHOICE)
def test_a_dose_as_needed_stands_in_a_block_that_names_its_medicine(choice: Choice) -> None:
    needed = AsNeeded(1, Quantity(500), parse_dose("2.5"), 2, "For panic")
    t = Translator(choice.language)
    text = " ".join(pages_of(choice, replace(diazepam(), as_needed=needed)))
    block = text.split(f"{DIAZEPAM}: {t('Only if needed')}")[1]
    assert "For panic" in block
    assert t("No more than {count} times in one day.", count=2) in block
    assert t("This is extra. It is not part of your daily doses.") in block
    assert f"{CLONAZEPAM}: {t('Only if needed')}" not in text


def test_nothing_is_added_up_across_medicines() -> None:
    text = repr(both(Choice(Layout.CHECKLIST))) + repr(both(Choice()))
    own = {
        each["dose"] for part in both(Choice())["parts"] for step in part["steps"] for each in step["parts"]
    }
    assert set(re.findall(r"([\d.]+ mg) in all each day", text)) <= own
