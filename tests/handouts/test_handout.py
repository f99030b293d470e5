"""The paper says what was signed, in numbers and words, and nothing else about doses."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from textstat import textstat

from taperplanner.doses import Dose, Quantity, parse_dose
from taperplanner.handouts.paper.content import Handout, Identity, Mark, Signature, make_handout
from taperplanner.tapers.draft.parsed import parse_draft
from taperplanner.tapers.schedule.schedule import Ending, Form, Schedule, ScheduleProduct
from taperplanner.tapers.schedule.steps import ScheduleDose, TimeOfDay

from ..world.plans import NARDI, TODAY, tablet, typed_schedule
from ..world.steps import daily_step, every_day

WHO = Identity(
    "Ana Rivera", "Nita", "March 2, 1980", "A-1001", "Riverside", "12 Example St", "555-0100", "555-0199"
)
SIGNED = Signature(1, "Priya Provider, MD", "March 2, 2026")
PRINTED_AT = datetime(2026, 3, 2, 9, 5, tzinfo=ZoneInfo("America/New_York"))
# ISMP: no trailing zero, no naked point, no abbreviation that is misread, no fraction with a slash.
UNSAFE = re.compile(
    r"\d\.\d*0\b(?!\d)|(?<![\d])\.\d|\b\d+/\d+\b|µ|\bQ\.?[DH]\b|\bQOD\b|\bHS\b|\bBID\b|\bTID\b|\bU\b|\bcc\b|[<>@&]|\d,\d"
)


def paper_of(schedule: Schedule, signature: Signature | None = SIGNED, mark: Mark | None = None) -> Handout:
    return make_handout(
        schedule=schedule,
        identity=WHO,
        drug_name="clonazepam (Klonopin)",
        signature=signature,
        mark=mark,
        printed_at=PRINTED_AT,
    )


def published(ending: str = "stop") -> Schedule:
    products = {1: tablet(1, "1", 1000), 2: tablet(2, "0.5")}
    schedule = parse_draft(typed_schedule(ending=ending), products).schedule()
    assert schedule is not None
    return schedule


def text_of(template: str, paper: Handout) -> str:
    page = render_to_string(template, {"paper": paper, "who": paper.identity})
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()


@pytest.mark.parametrize(
    ("thousandths", "count", "words"),
    [
        (500, "½ tablet", "half a tablet"),
        (250, "¼ tablet", "a quarter of a tablet"),
        (750, "¾ tablet", "three quarters of a tablet"),
        (1000, "1 tablet", "one"),
        (1500, "1½ tablets", "one and a half"),
        (2750, "2¾ tablets", "two and three quarters"),
        (12000, "12 tablets", "twelve"),
    ],
)
def test_tablets_stand_as_a_number_and_in_words(thousandths: int, count: str, words: str) -> None:
    dose = ScheduleDose(TimeOfDay.BEDTIME, 1, Quantity(thousandths))
    step = daily_step(1, 7, Dose(thousandths * 500), (dose,))
    schedule = Schedule(TODAY, (step,), Ending.STOP, {1: tablet(1, "0.5", 250)})
    line = paper_of(schedule).steps[0].parts[0].times[0][1][0]
    assert (line.count, line.words, line.product) == (count, words, "0.5 mg")


def test_a_liquid_stands_in_ml_and_in_words() -> None:
    product = ScheduleProduct(1, "clonazepam", Form.LIQUID, parse_dose("0.1"), Quantity(250))
    dose = ScheduleDose(TimeOfDay.NOON, 1, Quantity(2500))
    schedule = Schedule(TODAY, (daily_step(1, 7, parse_dose("0.25"), (dose,)),), Ending.STAY, {1: product})
    line = paper_of(schedule).steps[0].parts[0].times[0][1][0]
    assert (line.count, line.words, line.product) == ("2.5 mL", "two point five", "0.1 mg/mL")


def test_each_step_has_its_days_in_words_with_the_weekday() -> None:
    block = paper_of(published()).steps[1]
    assert (block.first_day, block.last_day) == ("Monday, March 16, 2026", "Sunday, March 29, 2026")
    assert (block.days, block.parts[0].dose) == ("14 days", "1.5 mg")


def test_the_stop_is_spelled_out() -> None:
    text = text_of("handouts/_schedule.html", paper_of(published()))
    assert "STOP on Monday, May 4, 2026" in text
    assert "From Monday, May 4, 2026 on, take no more clonazepam (Klonopin)." in text
    assert "Your last day with a dose is Sunday, May 3, 2026." in text


def test_staying_is_spelled_out_and_does_not_say_stop() -> None:
    text = text_of("handouts/_schedule.html", paper_of(published("stay")))
    assert "Stay on step 6 until your clinic tells you" in text
    assert "STOP on" not in text


def test_the_paper_says_how_many_steps_it_has_and_its_last_day() -> None:
    assert paper_of(published()).last_line == (
        "This paper has 6 steps. The last day of the last step is Sunday, May 3, 2026."
    )


def test_the_number_of_doses_on_the_paper_is_the_number_signed() -> None:
    paper = paper_of(published())
    on_paper = [line for step in paper.steps for _, lines in step.parts[0].times for line in lines]
    assert len(on_paper) == sum(1 for row in NARDI for cell in row[2:] if cell)


def test_splitting_is_explained_only_where_a_tablet_is_split() -> None:
    assert "before you split a new tablet" in text_of("handouts/_fixed.html", paper_of(published()))
    whole = Schedule(
        TODAY,
        (daily_step(1, 7, parse_dose("1"), (ScheduleDose(TimeOfDay.NOON, 1, Quantity(1000)),)),),
        Ending.STAY,
        {1: tablet(1, "1", 1000)},
    )
    assert "split a new tablet" not in text_of("handouts/_fixed.html", paper_of(whole))


@pytest.mark.parametrize(
    "message",
    [
        "Do not stop suddenly", "Call 911", "988", "555-0100", "555-0199", "a seizure", "breathing", "woken up",
        "not there", "ending your life", "Do not drink alcohol", "Opioid", "Do not drive", "naloxone", "run out",
    ],
)  # fmt: skip
def test_the_fixed_text_says_what_a_patient_must_know(message: str) -> None:
    assert message in text_of("handouts/_fixed.html", paper_of(published()))


def test_the_fixed_text_reads_at_grade_six_or_lower() -> None:
    page = render_to_string("handouts/_fixed.html", {"paper": paper_of(published()), "who": WHO})
    body = page[: page.index('class="paper-source"')]
    sentences = [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part)).strip().rstrip(".")
        for part in re.split(r"</(?:li|p|h2)>", body)
    ]
    text = ". ".join(sentence for sentence in sentences if sentence) + "."
    assert textstat.flesch_kincaid_grade(text) <= 6
    assert textstat.flesch_kincaid_grade(
        f"{text} Notwithstanding pharmacological contraindications, discontinuation."
    ) > (textstat.flesch_kincaid_grade(text))


def test_the_fixed_text_has_no_dose_in_it() -> None:
    text = text_of("handouts/_fixed.html", paper_of(published()))
    assert not re.search(r"\d\s*(mg|mL|tablet|%)", text)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    products = {
        number: tablet(number, strength, 250) for number, strength in enumerate(("0.125", "0.5", "2"), 1)
    }
    steps = []
    for position in range(1, draw(st.integers(1, 8)) + 1):
        keys = draw(
            st.lists(st.tuples(st.sampled_from(TimeOfDay), st.integers(1, 3)), unique=True, max_size=5)
        )
        doses = tuple(
            ScheduleDose(time, number, Quantity(draw(st.integers(1, 40)) * 250)) for time, number in keys
        )
        total = Dose(sum(products[dose.product].strength.times(dose.quantity).nanograms for dose in doses))
        steps.append(daily_step(position, draw(st.integers(1, 99)), total, doses))
    return Schedule(TODAY, tuple(steps), draw(st.sampled_from(Ending)), products)


@given(schedules())
def test_every_dose_of_any_schedule_is_on_the_paper_and_no_unsafe_spelling(schedule: Schedule) -> None:
    paper = paper_of(schedule)
    for step, block in zip(schedule.steps, paper.steps, strict=True):
        expected = sorted(
            (dose.time.value.capitalize(), schedule.products[dose.product].amount(dose.quantity))
            for dose in step.all_doses
        )
        assert (
            sorted((time, line.count) for time, lines in block.parts[0].times for line in lines) == expected
        )
        assert block.parts[0].dose == str(every_day(step).dose)
    text = text_of("handouts/_schedule.html", paper)
    found = UNSAFE.search(text.replace("mg/mL", ""))
    assert not found, found


@pytest.mark.parametrize(
    "text", ["1.0 mg", ".5 mg", "1/2 tablet", "QD", "QOD", "at HS", "5 U", "1,000 mg", "µg"]
)
def test_the_search_for_unsafe_spellings_finds_them(text: str) -> None:
    assert UNSAFE.search(text)
