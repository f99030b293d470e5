"""Each layout says what was signed, on pages that each say whose they are."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.content import Mark
from taperplanner.handouts.paper.data import paper_data
from taperplanner.handouts.paper.day_by_day import CannotLayOut, days_of, months_of
from taperplanner.handouts.paper.language import Translator, in_words
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.paper.pharmacy import summary_of
from taperplanner.handouts.paper.remaining import remaining
from taperplanner.handouts.printing.render import pdf_of
from taperplanner.tapers.schedule.schedule import Schedule

from ..proof.letters import read_file
from ..world.papers import COPY, paper_in, printed_pages
from ..world.plans import NARDI, TODAY
from .test_handout import published

ENGLISH = Translator(Language.ENGLISH)
EVERY = [
    pytest.param(
        Choice(layout, size, language, 28 if layout is Layout.PHARMACY else None),
        id=f"{layout}-{size}-{language}",
    )
    for layout in Layout
    for size in Size
    for language in ([Language.ENGLISH] if layout is Layout.PHARMACY else Language)
]


def noted() -> Schedule:
    """The published schedule, with a note to the patient in its second step."""
    schedule = published()
    steps = (schedule.steps[0], replace(schedule.steps[1], note="#eval <script> =1+1"), *schedule.steps[2:])
    return replace(schedule, steps=steps)


@pytest.mark.parametrize("choice", EVERY)
def test_each_page_says_whose_it_is_which_version_and_its_number(choice: Choice) -> None:
    mark = Mark("REPLACED", "Replaced by version 2.")
    pages = printed_pages(noted(), choice, mark=mark)
    for number, page in enumerate(pages, 1):
        for part in ("Ana Rivera", "1980", "A-1001", "Priya Provider, MD", "REPLACED", COPY.code):
            assert part in page, (number, part)
        assert re.search(rf"(Page {number} of|Página {number} de) {len(pages)}\b", page), page


@pytest.mark.parametrize("choice", EVERY)
def test_each_layout_is_a_tagged_pdf_for_everybody_and_fetches_nothing(choice: Choice) -> None:
    paper = paper_in(noted(), choice.language)
    content = pdf_of([paper_data(paper, noted(), choice, sheet="a4")])
    reader = PdfReader(BytesIO(content))
    assert reader.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert reader.root_object["/Lang"] == choice.language.value
    assert read_file(content).annotations == 0
    width, height = reader.pages[0].mediabox[2:]
    assert sorted((int(width), int(height))) == [595, 841]


@pytest.mark.parametrize("layout", [Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST])
@pytest.mark.parametrize("size", Size)
def test_notes_print_as_they_were_typed(layout: Layout, size: Size) -> None:
    text = " ".join(printed_pages(noted(), Choice(layout, size)))
    assert "Note from your clinic: #eval <script> =1+1" in text


@pytest.mark.parametrize("layout", [Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST, Layout.WALLET])
def test_what_a_patient_must_know_is_on_it(layout: Layout) -> None:
    text = " ".join(printed_pages(published(), Choice(layout)))
    for part in ("Do not stop", "911", "a seizure", "988", "555-0100", "555-0199"):
        assert part in text


def test_the_checklist_has_a_line_for_each_day_and_time() -> None:
    text = " ".join(printed_pages(published(), Choice(Layout.CHECKLIST)))
    day, expected = TODAY, 0
    for days, _dose, *cells in NARDI:
        for offset in range(int(days)):
            assert in_words(day + timedelta(days=offset), ENGLISH) in text
        expected += int(days) * sum(1 for cell in (cells[0] or cells[2], cells[1] or cells[3]) if cell)
        day += timedelta(days=int(days))
    assert len(re.findall(r"(?:Morning|Bedtime) (?:½|1) tablet", text)) == expected
    assert f"{in_words(day, ENGLISH)} STOP. Take no more clonazepam (Klonopin) from this day on." in text


def test_the_calendar_has_each_day_in_its_month_once_and_under_its_weekday() -> None:
    schedule = published()
    months = months_of(remaining(schedule, TODAY), "clonazepam", ENGLISH)
    assert [month.title for month in months] == ["March 2026", "April 2026", "May 2026"]
    assert months[0].weekdays[0] == "Sunday"
    for month in months:
        for week in month.weeks:
            for weekday, cell in zip(month.weekdays, week, strict=True):
                assert cell is None or cell.day.startswith(weekday)
    covered = [day for month in months for week in month.weeks for day in week if day and day.is_covered]
    assert covered == list(days_of(remaining(schedule, TODAY), "clonazepam", ENGLISH))
    assert [day.change for day in covered if day.change] == [f"Step {n} starts" for n in range(1, 7)]


def test_the_wallet_card_says_the_step_of_the_day_it_is_printed() -> None:
    text = " ".join(printed_pages(published(), Choice(Layout.WALLET), today=date(2026, 4, 14)))
    assert "Up to Sunday, April 19, 2026 I am on step 4. Each day I take:" in text
    assert "Morning ½ tablet (half a tablet) of 0.5 mg Bedtime 1 tablet (one) of 0.5 mg" in text


@pytest.mark.parametrize(
    ("ending", "today", "says"),
    [
        ("stop", date(2026, 3, 1), "My plan starts on Monday, March 2, 2026."),
        ("stop", date(2026, 5, 4), "My plan ended. From Monday, May 4, 2026 on I take no more clonazepam"),
        ("stay", date(2026, 5, 4), "I stay on step 6 until my clinic tells me."),
    ],
)
def test_the_wallet_card_before_and_after_the_steps(ending: str, today: date, says: str) -> None:
    assert says in " ".join(printed_pages(published(ending), Choice(Layout.WALLET), today=today))


def test_the_pharmacy_summary_counts_each_fill_exactly_and_rounds_up_once() -> None:
    summary = summary_of(remaining(published(), TODAY), 28)
    counts = [[(count.exact, count.whole) for count in run.counts] for run in summary.fills]
    assert counts == [
        [("42 tablets", "42 tablets"), ("14 tablets", "14 tablets")],
        [("45½ tablets", "46 tablets")],
        [("3½ tablets", "4 tablets")],
    ]
    assert [(count.exact, count.whole) for count in summary.totals] == [
        ("42 tablets", "42 tablets"),
        ("63 tablets", "63 tablets"),
    ]
    assert [run.days for run in summary.fills][-1] == "Mon, Apr 27, 2026 to Sun, May 3, 2026, 7 days"


def test_a_count_of_the_pharmacy_summary_stands_beside_its_own_product() -> None:
    """Also where the name of the product above takes many lines."""
    schedule = published()
    products = {
        number: replace(
            product, maker="An Invented Manufacturer Of Generic Tablets " * (4 if number == 1 else 1)
        )
        for number, product in schedule.products.items()
    }
    schedule = replace(schedule, products=products)
    choice = Choice(Layout.PHARMACY, fill_days=30)
    data = paper_data(paper_in(schedule), schedule, choice, sheet="letter")
    page = read_file(pdf_of([data])).on_page(0)
    (product, exact) = (
        next(one for one in page if one.text.strip() == name) for name in ("Product", "Exactly")
    )
    names = [one.y for one in page if one.x == product.x and one.text.startswith("clonazepam")]
    counts = [one.y for one in page if one.x == exact.x and one.text.strip().endswith("tablets")]
    assert len(names) > 2
    assert names == pytest.approx(counts)


def test_each_page_of_the_pharmacy_summary_says_that_it_is_no_prescription() -> None:
    for page in printed_pages(published(), Choice(Layout.PHARMACY, Size.LARGE, fill_days=7)):
        assert "This is not a prescription." in page


def test_a_schedule_of_many_years_has_no_page_for_each_day() -> None:
    schedule = published()
    long = replace(schedule, steps=(replace(schedule.steps[0], days=1101),))
    with pytest.raises(CannotLayOut, match="Choose the schedule table"):
        days_of(remaining(long, TODAY), "clonazepam", ENGLISH)


def test_two_papers_in_one_file_are_each_numbered_from_one() -> None:
    choices = (Choice(), Choice(Layout.WALLET))
    papers = [paper_data(paper_in(published()), published(), choice, sheet="letter") for choice in choices]
    texts = [page.extract_text() for page in PdfReader(BytesIO(pdf_of(papers))).pages]
    found = [re.search(r"Page (\d+) of (\d+)", text) for text in texts]
    assert [match.groups() for match in found if match] == [("1", "2"), ("2", "2"), ("1", "1")]
