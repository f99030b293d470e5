"""The visit summary on paper: whose it is on every page, what was recorded, and no word of advice."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from pypdf import PageObject, PdfReader

from taperplanner.monitoring.chart.page import chart_of
from taperplanner.monitoring.visit_summary.content import (
    Clinic,
    Identity,
    PlanBlock,
    VisitSummary,
    check_ins,
    emergencies,
    medications,
    printable,
    steps,
    typeset,
)

from ..world.papers import pages_of
from ..world.stories import half_a_year, nothing

SUMMARY = VisitSummary(
    made_by="Taper Planner 0.2.0",
    identity=Identity("Rivera, Ana", "March 4, 1971", "MRN-20417", "Penicillin (rash)"),
    clinic=Clinic("Harbor Clinic", "1 Quay Street\nPortland, ME 04101", "207-555-0100"),
    plan=PlanBlock(
        "Plan 1: clonazepam (Klonopin), to stop",
        "Version 3, signed by Ada Alvarez, MD, on April 27, 2026.",
        "Today, Tuesday, June 30, 2026: 0.75 mg a day: bedtime 1½ tablets of 0.5 mg.",
    ),
    tables=(
        steps(
            tuple(
                (
                    str(number),
                    "Mon, Mar 2, 2026 to Sun, Mar 15, 2026",
                    "2 mg",
                    "morning 2 tablets of 0.5 mg; bedtime 2 tablets of 0.5 mg",
                )
                for number in range(1, 9)
            )
        ),
        check_ins(
            (
                (
                    "Mon, Mar 30, 2026",
                    "Hold",
                    "Sleep (severe), tremor (moderate)",
                    "PHQ-9 12, GAD-7 15",
                    "nothing recorded",
                ),
                ("Tue, Jun 9, 2026", "Emergency", "Seizure", "PHQ-9 14, CIWA-B 46", "nothing recorded"),
            )
        ),
        emergencies((("Tue, Jun 9, 2026", "A seizure at home", "Ambulance called; admitted"),)),
        medications((("sertraline 50 mg tablet", "1 tablet in the morning", "January 4, 2026"),)),
    ),
    open_questions=("Is the sleep trouble new, or was it there before the taper?",),
    printed="June 30, 2026, 9:05 AM",
    printed_by="Sam Ode, RN",
    paper="letter",
)


def pages(summary: VisitSummary = SUMMARY) -> list[str]:
    return [page.strip() for page in pages_of(typeset(summary, chart_of(half_a_year())))]


def test_every_page_says_whose_it_is_and_that_it_is_no_order() -> None:
    many = replace(SUMMARY, tables=(*SUMMARY.tables, check_ins(SUMMARY.tables[1].rows * 40)))  # type: ignore[arg-type]
    printed = pages(many)
    assert len(printed) > 2
    for number, page in enumerate(printed, 1):
        for words in ("Rivera, Ana", "March 4, 1971", "MRN-20417", "Penicillin (rash)"):
            assert words in page
        assert "Record, not an order. Printed June 30, 2026, 9:05 AM by Sam Ode, RN" in page
        assert f"Page {number} of {len(printed)}" in page


@pytest.mark.parametrize(("paper", "width"), [("letter", 612), ("a4", 595)])
def test_it_is_set_on_the_clinics_paper(paper: str, width: int) -> None:
    reader = PdfReader(io.BytesIO(typeset(replace(SUMMARY, paper=paper), chart_of(half_a_year()))))
    assert {int(page.mediabox.width) for page in reader.pages} == {width}


def heights_of_text(page: PageObject) -> list[float]:
    """How high above the foot of the page each piece of text stands, in points."""
    heights = []

    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            heights.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

    page.extract_text(visitor_text=visit)
    return heights


def test_long_allergies_are_not_cut_off() -> None:
    allergies = ", ".join(f"allergen number {number} (hives)" for number in range(40))
    long = replace(SUMMARY, identity=replace(SUMMARY.identity, allergies=allergies))
    reader = PdfReader(io.BytesIO(typeset(long, chart_of(half_a_year()))))
    for page in reader.pages:
        heights = heights_of_text(page)
        assert max(heights) < page.mediabox.height - 20
        assert "allergen number 39 (hives)" in " ".join(page.extract_text().split())


def test_every_fact_given_is_on_the_paper_as_it_was_given() -> None:
    printed = " ".join(pages())
    given = [
        *(cell for table in SUMMARY.tables for row in table.rows for cell in row),
        *SUMMARY.open_questions,
    ]
    given += [SUMMARY.plan.signed, SUMMARY.plan.today, SUMMARY.clinic.name, SUMMARY.clinic.phone]
    squeezed = printed.replace(" ", "")
    assert [words for words in given if words.replace(" ", "") not in squeezed] == []


def test_the_picture_is_drawn_in_the_papers_own_letters_and_named_for_everybody() -> None:
    shown = chart_of(half_a_year())
    reader = PdfReader(io.BytesIO(typeset(SUMMARY, shown)))
    printed = " ".join(page.extract_text() for page in reader.pages)
    for words in ("Emergency", "Reported as taken", "2.25 mg", "Symptoms, not a validated scale, 0 to 72"):
        assert words in printed
    assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_data()  # type: ignore[union-attr]
    assert printable(SUMMARY, shown)["chart"]["alt"].endswith(shown.description)  # type: ignore[index]


def test_nothing_recorded_is_said_in_words() -> None:
    bare = replace(
        SUMMARY, tables=(steps(()), check_ins(()), emergencies(()), medications(())), open_questions=()
    )
    reader = PdfReader(io.BytesIO(typeset(bare, chart_of(nothing()))))
    printed = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in (
        "There is nothing to draw yet",
        "No schedule is signed.",
        "No check-in is recorded.",
        "No emergency is recorded.",
        "Nothing is on the list.",
        "None is recorded.",
    ):
        assert words in printed


def test_it_says_nothing_of_its_own_about_what_to_do() -> None:
    printed = " ".join(pages())
    assert not re.search(
        r"\b(should|recommend|suggest|advise|consider|reduce|increase)", printed, re.IGNORECASE
    )


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="4 cells"):
        replace(SUMMARY.tables[0], rows=(("1", "2 mg"),))
