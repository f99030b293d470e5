"""The dates of a clinic's sheet stand beside a row and are held against its days. They fill in nothing, and are not signed."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.days import in_words, short
from taperplanner.tapers.draft.parsed import parse_draft
from taperplanner.tapers.draft.problem import CheckContext, Problem
from taperplanner.tapers.draft.problems import find_problems
from taperplanner.tapers.draft.sheet_dates import sheet_dates
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep, from_json, from_post
from taperplanner.tapers.models import Draft, Plan, Version

from ..world.plan_pages import inputs_of, plan_url, posted_draft, posted_reason, posted_signature
from ..world.plans import NARDI, TODAY, save_draft, tablet, typed_schedule
from ..world.universe import Universe

pytestmark = pytest.mark.usefixtures("now")

CONTEXT = CheckContext(today=TODAY, clinic_phone="555-0100", after_hours_phone="555-0199", gaps=())
FIRST = date(2026, 3, 2)
DISAGREES = (
    "Step 1: the sheet says Mon, Mar 2, 2026 to Sun, Mar 15, 2026; 13 days from Mon, Mar 2, 2026 end on"
    " Sat, Mar 14, 2026."
)


def step(days: str, first: str = "", last: str = "") -> TypedStep:
    return TypedStep(days, "1", "", {"morning-1": "1"}, sheet_first=first, sheet_last=last)


def draft(*steps: TypedStep, first_day: str = "3/2/2026") -> TypedDraft:
    return TypedDraft(first_day, "stop", steps)


def problems(typed: TypedDraft) -> list[Problem]:
    return find_problems(parse_draft(typed, {1: tablet(1, "1", 1000)}), CONTEXT)


def warned(typed: TypedDraft) -> list[str]:
    return [problem.sentence for problem in problems(typed) if problem.code.startswith("sheet")]


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([step("14", "3/2/2026", "3/15/2026"), step("7", "2026-03-16", "Mar 22, 2026")], []),
        ([step("13", "3/2/2026", "3/15/2026")], [DISAGREES]),
        ([step("1", "3/2/2026", "3/3/2026")], [
            ("Step 1: the sheet says Mon, Mar 2, 2026 to Tue, Mar 3, 2026; 1 day from Mon, Mar 2, 2026 ends on"
            " Mon, Mar 2, 2026.")]),
        ([step("13", "3/2/2026", "3/15/2026"), step("7", "3/16/2026", "3/22/2026")], [DISAGREES]),
        ([step("14", "3/2/2026", "3/15/2026"), step("7", "3/18/2026", "3/24/2026")], [
            "Step 2: the sheet begins it on Wed, Mar 18, 2026; as typed here it begins on Mon, Mar 16, 2026."]),
        ([step("14", "3/2/2026"), step("7", "3/15/2026")], [
            "Step 2: the sheet begins it on Sun, Mar 15, 2026; as typed here it begins on Mon, Mar 16, 2026."]),
        ([step("14", "", "3/14/2026")], [
            "Step 1: the sheet ends it on Sat, Mar 14, 2026; as typed here it ends on Sun, Mar 15, 2026."]),
        ([step("14", "3/15/2026", "3/2/2026")], [
            "Step 1: the sheet begins it on Sun, Mar 15, 2026; as typed here it begins on Mon, Mar 2, 2026.",
            ("Step 1: the sheet says from Sun, Mar 15, 2026 to Mon, Mar 2, 2026; 14 days from Sun, Mar 15, 2026 end on"
            " Sat, Mar 28, 2026."),
            ]),
        ([step("14", "3/2/26", "15.3.2026")], [
            "Step 1, start date in the sheet: Enter the year with four digits, for example 11/23/2026. Or clear it.",
            "Step 1, end date in the sheet: Use / between month, day and year, for example 11/23/2026. Or clear it."]),
        ([step("9999", "3/2/2199", "3/3/2199")], [
            "Step 1: the sheet begins it on Sat, Mar 2, 2199; as typed here it begins on Mon, Mar 2, 2026.",
            ("Step 1: the sheet says Sat, Mar 2, 2199 to Sun, Mar 3, 2199; 9999 days from Sat, Mar 2, 2199 end after"
            " 2199."),
            ]),
        ([step("", "3/2/2026", "3/15/2026")], []),
        ([step("abc", "3/2/2026", "3/15/2026")], []),
        ([step("14", " ", "")], []),
    ],
)  # fmt: skip
def test_what_disagrees_with_the_sheet_is_said_once_where_it_begins(
    steps: list[TypedStep], says: list[str]
) -> None:
    assert warned(draft(*steps)) == says


DAYS = st.integers(min_value=1, max_value=60)
DATES = st.none() | st.integers(min_value=-3, max_value=70)


def written(day: date, way: int) -> str:
    return [day.isoformat(), f"{day.month}/{day.day}/{day.year}", short(day), in_words(day)][way]


@given(st.lists(st.tuples(DAYS, DATES, DATES, st.integers(0, 3)), min_size=1, max_size=6))
def test_a_warning_stands_exactly_where_the_dates_and_the_days_disagree(
    rows: list[tuple[int, int | None, int | None, int]],
) -> None:
    """The dates lie around the true ones, so that both cases are common."""
    steps, spans, start = [], [], FIRST
    for days, off_first, off_last, way in rows:
        end = start + timedelta(days=days - 1)
        first = None if off_first is None else start + timedelta(days=max(off_first // 20, 0))
        last = None if off_last is None else end + timedelta(days=max(off_last // 20, 0))
        steps.append(
            step(str(days), written(first, way) if first else "", written(last, way) if last else "")
        )
        spans.append((first in {None, start} and last in {None, end}, (start, end)))
        start = end + timedelta(days=1)
    whole = draft(*steps)
    assert bool(warned(whole)) is not all(agrees for agrees, _ in spans)
    for one, (agrees, span) in zip(steps, spans, strict=True):
        assert bool(sheet_dates(one).disagreement(int(one.days), span)) is not agrees


@given(st.text(max_size=40), st.text(max_size=40), DAYS)
def test_any_text_is_kept_as_it_is_and_makes_no_number(first: str, last: str, days: int) -> None:
    typed = from_post({"steps-0-sheet_first": first, "steps-0-sheet_last": last})
    again = from_json(typed.as_json())
    assert again == typed
    assert [one.days for one in again.steps] == [""]
    for sentence in warned(draft(step(str(days), first, last))):
        assert "Step 1" in sentence


def test_a_sentence_never_says_how_many_days_the_sheet_has() -> None:
    for sentence in warned(draft(step("13", "3/2/2026", "3/15/2026"))):
        assert re.findall(r"\b(\d+) days?\b", sentence) == ["13"]


def test_dates_alone_make_a_row_that_waits_for_its_days() -> None:
    """A row of the sheet is never dropped because nobody has typed its days yet."""
    whole = draft(step("14", "3/2/2026", "3/15/2026"), TypedStep(sheet_first="3/16/2026"))
    assert "Step 2: enter the number of days." in [problem.sentence for problem in problems(whole)]


def test_a_draft_from_before_reads_as_one_without_dates_and_is_written_as_it_was() -> None:
    content = typed_schedule().as_json()
    assert all("sheet_first" not in one and "sheet_last" not in one for one in content["steps"])
    assert from_json(content).as_json() == content


def test_the_dates_survive_saving_and_a_disagreement_is_marked_beside_the_row(
    provider: Client, plan: Plan
) -> None:
    dates = {
        "steps-0-sheet_first": "3/2/2026",
        "steps-0-sheet_last": "3/14/2026",
        "steps-1-sheet_first": "3/2",
    }
    page = provider.post(plan_url(plan, "draft/"), posted_draft(plan, **dates), follow=True).content.decode()
    assert inputs_of(page) | dates == inputs_of(page)
    assert "14 days from Mon, Mar 2, 2026 end on Sun, Mar 15, 2026." in page
    assert "sheet: Mon, Mar 2, 2026 to Sat, Mar 14, 2026" in page
    assert "The start date in the sheet cannot be read." in page
    marked = re.findall(r'<input class="[^"]*is-wrong"\s+id="([^"]*)"', page)
    assert set(marked) == {"steps-0-days", "steps-0-sheet_last", "steps-1-sheet_first"}
    assert 'class="step-table has-sheet"' in page


def test_a_page_without_dates_of_a_sheet_has_no_column_for_them(provider: Client, plan: Plan) -> None:
    assert "has-sheet" not in provider.get(plan_url(plan, "draft/")).content.decode()


def test_the_dates_survive_that_somebody_else_saved_first(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    mine = posted_draft(plan, **{"steps-0-sheet_first": "3/2/2026"})
    save_draft(plan, from_post({"steps-0-days": "21", "steps-0-sheet_last": "3/22/2026"}), universe.ours)
    answer = provider.post(plan_url(plan, "draft/"), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert inputs_of(page)["steps-0-sheet_first"] == "3/2/2026"
    assert "<bdi>3/22/2026</bdi>" in page
    assert "End date in the sheet</th>" in page


def test_signing_over_a_disagreement_needs_a_reason_and_the_dates_are_not_signed(
    provider: Client, plan: Plan
) -> None:
    dates = {"steps-0-sheet_first": "3/2/2026", "steps-0-sheet_last": "3/14/2026"}
    provider.post(plan_url(plan, "draft/"), posted_draft(plan, **dates))
    page = provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan)).content.decode()
    assert "the sheet says Mon, Mar 2, 2026 to Sat, Mar 14, 2026; 14 days from" in html.unescape(page)
    assert not Version.objects.exists()
    answer = posted_reason(plan, "sheet-days-1", "The sheet was a day short")
    provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan, **answer))
    version = Version.objects.get()
    assert [one["reason"] for one in version.acknowledgements] == ["The sheet was a day short"]
    assert [str(one.days) for one in version.steps.all()] == [row[0] for row in NARDI]
    assert not Draft.objects.exists()


def test_what_is_signed_is_the_same_with_and_without_dates_that_agree(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    dates = {"steps-0-sheet_first": "3/2/2026", "steps-0-sheet_last": "3/15/2026"}
    with_dates = parse_draft(from_post(posted_draft(plan, **dates)), {1: tablet(1, "1"), 2: tablet(2, "0.5")})
    without = parse_draft(from_post(posted_draft(plan)), {1: tablet(1, "1"), 2: tablet(2, "0.5")})
    assert with_dates.schedule() == without.schedule()
