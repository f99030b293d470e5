"""A paper begins on the day it is printed: what is over is folded into one line, and never shown as to take."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine

from taperplanner.doses import Dose, Quantity
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.copies.files import job_of
from taperplanner.handouts.paper import content as handout
from taperplanner.handouts.paper import data, day_by_day
from taperplanner.handouts.paper.data import paper_data
from taperplanner.handouts.paper.day_by_day import CannotLayOut, days_of, months_of
from taperplanner.handouts.paper.earlier import Earlier
from taperplanner.handouts.paper.language import Translator, in_words
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.paper.pharmacy import summary_of
from taperplanner.handouts.paper.remaining import Remaining, over_line, remaining, starts_line
from taperplanner.handouts.printing.job import PrintJob
from taperplanner.handouts.printing.render import pdf_of
from taperplanner.tapers.models import Version
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.schedule.steps import ScheduleDose, TimeOfDay
from tests.proof import proving
from tests.proof.letters import read_file
from tests.proof.plans import case
from tests.proof.proving import expected
from tests.proof.reading_back import reader_of

from ..world.papers import COPY, paper_in, printed_pages
from ..world.plans import (
    MARCH_20,
    TODAY,
    confirmed_draft,
    from_json,
    sign_plan,
    signed_version,
    start_revision,
    tablet,
)
from ..world.printing import print_handout
from ..world.steps import daily_step
from ..world.universe import NOW, Universe
from .test_handout import PRINTED_AT, paper_of, published, text_of

ENGLISH, SPANISH = Translator(Language.ENGLISH), Translator(Language.SPANISH)
DAY_BY_DAY = [
    pytest.param(Choice(layout, size, language), id=f"{layout}-{size}-{language}")
    for layout in (Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST)
    for size in Size
    for language in Language
]
# Of the published schedule (March 2 to May 3, steps of 14, 14, 14, 7, 7 and 7 days).
IN_STEP_3 = date(2026, 4, 1)
PAST = date(2026, 3, 29)  # the last day of step 2, the higher dose


def ones_week(count: int = 2) -> Schedule:
    """Half a 0.5 mg tablet at bedtime, for as many weeks."""
    half = ScheduleDose(TimeOfDay.BEDTIME, 1, Quantity(500))
    steps = tuple(daily_step(position, 7, Dose(250_000), (half,)) for position in range(1, count + 1))
    return Schedule(TODAY, steps, Ending.STOP, {1: tablet(1, "0.5")})


@pytest.mark.parametrize("choice", DAY_BY_DAY)
@pytest.mark.parametrize(
    "day",
    [date(2026, 2, 20), TODAY, IN_STEP_3, date(2026, 5, 3)],
    ids=["before", "first", "in step 3", "last"],
)
def test_every_layout_tells_the_days_from_the_printing_on_and_no_day_before(
    choice: Choice, day: date
) -> None:
    schedule, t = published(), Translator(choice.language)
    paper = paper_in(schedule, choice.language, printed_at=PRINTED_AT.replace(month=day.month, day=day.day))
    read = read_file(pdf_of([paper_data(paper, schedule, choice, sheet="letter")]))
    reader = reader_of(choice.layout, choice.size)
    assert reader is not None
    found = {one: said for one, said in reader(read, t).items() if one <= schedule.last_day}
    assert found == expected(schedule, t, day)
    assert min(found) == max(day, schedule.first_day)
    text = re.sub(r"\s+", "", " ".join(read.pages))
    assert text.count(re.sub(r"\s+", "", starts_line(remaining(schedule, day), t))) == 1


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 2, 20), ""),
        (date(2026, 3, 15), ""),
        (date(2026, 3, 16), "Step 1 is over, since March 16, 2026."),
        (IN_STEP_3, "Steps 1 and 2 are over, since March 30, 2026."),
        (date(2026, 4, 13), "Steps 1 to 3 are over, since April 13, 2026."),
        (date(2026, 5, 4), "Steps 1 to 6 are over, since May 4, 2026."),
    ],
)
def test_what_is_over_is_one_line(day: date, says: str) -> None:
    assert over_line(remaining(published(), day), ENGLISH) == says


def test_the_counts_follow() -> None:
    text = " ".join(printed_pages(published(), Choice(), today=IN_STEP_3))
    assert "Start here: Wednesday, April 1, 2026 to Sunday, April 12, 2026" in text
    assert "Step 3 12 days, 1 mg in all each day" in text
    assert "This paper has 4 steps. The last day of the last step is Sunday, May 3, 2026." in text
    assert "Steps 1 and 2 are over, since March 30, 2026." in text
    assert "1.5 mg in all" not in text


def test_the_first_month_shows_what_is_over_as_over() -> None:
    first = months_of(remaining(published(), date(2026, 3, 20)), "clonazepam", ENGLISH)[0]
    days = {day.number: day for week in first.weeks for day in week if day}
    assert (days["1"].says, days["2"].says, days["19"].says) == ("", "over", "over")
    assert not any(days[str(number)].times or days[str(number)].is_covered for number in range(1, 20))
    assert days["20"].start == "Start here: Friday, March 20, 2026"
    assert days["20"].change == "Step 2 goes on"


def test_after_the_last_day_a_plan_that_stays_says_what_is_taken_now() -> None:
    day = date(2026, 6, 1)
    text = " ".join(printed_pages(published("stay"), Choice(), today=day))
    assert "Steps 1 to 5 are over, since April 27, 2026." in text
    assert "Start here: Monday, June 1, 2026 until your clinic tells you" in text
    assert "½ tablet (half a tablet) of 0.5 mg" in text
    assert "This paper has 1 step, which has no last day." in text


def test_after_the_last_day_a_plan_that_stops_says_so_and_nothing_to_take() -> None:
    text = " ".join(printed_pages(published(), Choice(), today=date(2026, 6, 1)))
    assert "Steps 1 to 6 are over, since May 4, 2026." in text
    assert "STOP on Monday, May 4, 2026" in text
    assert "in all each day" not in text
    assert "Start here" not in text


@pytest.mark.parametrize("layout", [Layout.CALENDAR, Layout.CHECKLIST, Layout.PHARMACY])
@pytest.mark.parametrize("ending", ["stop", "stay"])
def test_where_no_day_is_left_a_layout_of_days_says_which_paper_to_choose(
    layout: Layout, ending: str
) -> None:
    choice = Choice(layout, fill_days=28 if layout is Layout.PHARMACY else None)
    with pytest.raises(CannotLayOut, match="Choose the schedule table: it says what holds now"):
        printed_pages(published(ending), choice, today=date(2026, 6, 1))


def test_the_diary_begins_on_the_day_of_printing_or_with_the_plan() -> None:
    for today, first in ((IN_STEP_3, IN_STEP_3), (date(2026, 2, 20), TODAY)):
        text = " ".join(printed_pages(published(), Choice(Layout.DIARY), today=today))
        assert f"Start here: {in_words(first, ENGLISH)}" in text
        assert in_words(first - timedelta(days=1), ENGLISH) not in text


def test_the_pharmacy_counts_what_is_left_and_says_from_when() -> None:
    summary = summary_of(remaining(published(), IN_STEP_3), 28)
    assert summary.begins == "Counted from Wednesday, April 1, 2026 on."
    assert [run.title for run in summary.steps] == ["Step 3", "Step 4", "Step 5", "Step 6"]
    # Step 3: 12 days of 2 tablets; then 7 days each of 1½, 1 and ½ tablet of 0.5 mg.
    assert [count.exact for count in summary.totals] == ["45 tablets"]
    assert summary.fills[0].days == "Wed, Apr 1, 2026 to Tue, Apr 28, 2026, 28 days"
    assert summary.ending == (
        "From Monday, May 4, 2026 on: none. The counts above are all that this version takes from Wednesday,"
        " April 1, 2026 on."
    )


# --- A version that waits while an earlier one is in force -------------------------------------


@pytest.fixture
def waiting(universe: Universe) -> Version:
    with time_machine.travel(NOW):
        draft = start_revision(signed_version(universe.ours), universe.ours, MARCH_20)
        return sign_plan(draft.plan, universe.ours, confirmed_draft(from_json(draft.content)))


def test_the_papers_of_a_version_that_waits_say_what_is_in_force_now(waiting: Version) -> None:
    version = Version.objects.select_related("plan__patient__clinic").get(pk=waiting.pk)
    card = PrintJob(version, Choice(Layout.WALLET), at=NOW).data()["card"]
    assert card["holds"] == "Up to Sunday, March 15, 2026 I am on step 1. Each day I take:"
    assert card["times"]
    assert card["then"] == (
        "From Friday, March 20, 2026 on I follow version 2 of my plan. See my printed plan."
    )
    counts = PrintJob(version, Choice(Layout.PHARMACY, fill_days=28), at=NOW).data()["pharmacy"]
    assert counts["begins"] == (
        "Counted from Friday, March 20, 2026 on. Up to Thursday, March 19, 2026 version 1 of this plan is in force."
        " What it takes is not counted here."
    )


def test_a_card_never_says_a_step_past_the_day_on_which_the_next_version_begins() -> None:
    earlier = Earlier(1, published(), date(2026, 3, 10), 2)
    later = replace(published(), first_day=date(2026, 3, 11))
    text = " ".join(printed_pages(later, Choice(Layout.WALLET), today=TODAY, earlier=earlier))
    assert "Up to Tuesday, March 10, 2026 I am on step 1." in text


def test_a_copy_opened_again_later_shows_the_pages_as_printed(universe: Universe) -> None:
    with time_machine.travel(NOW):
        version = signed_version(universe.ours)
        version = Version.objects.select_related("plan__patient__clinic").get(pk=version.pk)
        copy = print_handout(version=version, choice=Choice(), by=universe.ours.staff, at=NOW)
    then, later = (job_of(copy, NOW.date() + timedelta(days)).data(COPY) for days in (0, 40))
    assert then == later


# --- The proof notices -------------------------------------------------------------------------


def all_of_it(schedule: Schedule, today: date) -> Remaining:
    return remaining(schedule, schedule.first_day)


def without_its_first_step(schedule: Schedule, today: date) -> Remaining:
    left = remaining(schedule, today)
    return replace(left, steps=left.steps[1:]) if len(left.steps) > 1 else left


@pytest.mark.parametrize("wrong", [all_of_it, without_its_first_step])
@pytest.mark.parametrize("layout", [Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST])
def test_the_proof_notices_a_day_that_is_over_and_one_that_is_missing(
    monkeypatch: pytest.MonkeyPatch, layout: Layout, wrong: object
) -> None:
    one = replace(
        case(0, proving.random.Random("a plan")),
        schedule=published(),
        language=Language.ENGLISH,
        printed_on=IN_STEP_3,
    )
    assert list(proving.wrong_in(one, Choice(layout), "letter")) == []
    monkeypatch.setattr(handout, "remaining", wrong)
    monkeypatch.setattr(data, "remaining", wrong)
    assert list(proving.wrong_in(one, Choice(layout), "letter"))


def test_random_printing_days_lie_before_in_and_after_the_schedule() -> None:
    found = set()
    for number in range(60):
        one = case(number, proving.random.Random(f"1 {number}"))
        found.add(one.schedule.on(one.printed_on)[0].value)
    assert found == {"before", "step", "stay", "stopped"}


# --- How it looks ------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", ["letter", "a4"])
def test_a_schedule_of_six_steps_is_two_pages(sheet: str) -> None:
    assert len(printed_pages(published(), Choice(), sheet=sheet)) == 2


def test_a_time_of_day_that_is_never_used_has_no_column() -> None:
    pages = printed_pages(ones_week(58), Choice())
    assert len(pages) <= 8  # 14 with three columns of "none"
    for page in (" ".join(pages), text_of("handouts/_schedule.html", paper_of(ones_week()))):
        assert "Bedtime" in page
        for never in ("Morning", "Noon", "Evening", "none"):
            assert never not in page


def test_a_calendar_says_halves_in_words() -> None:
    text = " ".join(printed_pages(ones_week(), Choice(Layout.CALENDAR)))
    assert text.count("half a tablet of 0.5 mg") == 14
    assert "½" not in text


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("layout", Layout)
def test_each_page_has_the_phones_and_the_first_one_the_code(layout: Layout, size: Size) -> None:
    choice = Choice(layout, size, fill_days=28 if layout is Layout.PHARMACY else None)
    pages = printed_pages(published(), choice)
    for page in pages:
        assert re.search(r"Clinic phone: 555-0100", page)
        assert re.search(r"After hours: 555-0199", page)
    assert "clinic.example/handouts/ Code: 34679-DFHJK-NPRTV" in pages[0]


def test_the_days_of_a_list_are_those_of_the_calendar() -> None:
    left = remaining(published(), IN_STEP_3)
    covered = [
        day
        for month in months_of(left, "clonazepam", ENGLISH)
        for week in month.weeks
        for day in week
        if day and day.is_covered
    ]
    assert covered == list(days_of(left, "clonazepam", ENGLISH))
    assert day_by_day.DIARY_DAYS == 28
