"""How lines, dates, sources and reviews are written out."""

from __future__ import annotations

from datetime import date

import pytest

from taperplanner.guidance.entries import Review, Source, day_in_words, lines_in_words


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ((29,), "line 29"),
        ((25, 29), "lines 25 and 29"),
        ((19, 20), "lines 19 and 20"),
        ((19, 20, 21), "lines 19 to 21"),
        ((3, 7, 8, 9), "lines 3 and 7 to 9"),
        ((1, 2, 4, 16, 17, 18), "lines 1, 2, 4 and 16 to 18"),
    ],
)
def test_lines_in_words_reads_like_a_citation(lines: tuple[int, ...], text: str) -> None:
    assert lines_in_words(lines) == text


def test_written_dates_are_in_words() -> None:
    assert day_in_words(date(2026, 5, 3)) == "3 May 2026"


def test_the_reference_document_is_cited_by_its_lines_alone() -> None:
    shop = Source("shop", "Reference document", "A shop", "", "", date(2026, 11, 23), "", is_reference=True)

    assert shop.line("lines 25 and 29") == "Reference document, lines 25 and 29"


def test_another_source_says_who_published_it_and_when_and_where_it_was_read() -> None:
    source = Source(
        "a",
        "Letter",
        "FDA",
        "https://e.org",
        "2 May 2020",
        date(2026, 11, 23),
        "on a copy",
        is_reference=False,
    )

    assert source.line("Part 1") == "Letter, 2 May 2020 (FDA): Part 1; read on 23 November 2026 on a copy"


def test_a_review_names_reviewer_and_dates() -> None:
    review = Review(by="A. Reviewer, MD", on=date(2026, 1, 31), next=date(2027, 1, 31))

    assert review.line == "Reviewed by A. Reviewer, MD on 31 January 2026; next review 31 January 2027"


def test_no_review_awaits_one() -> None:
    assert Review().line == "Awaiting clinical review"
