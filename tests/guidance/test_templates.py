"""The fragment that stands beside schedules, records and check-ins."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.template.loader import render_to_string

from taperplanner.guidance.library import Library, library
from taperplanner.guidance.loading import load

OVERDUE = "past its review date"


@pytest.fixture
def shelf(content: Path) -> Library:
    return Library(load(content))


def fragment(*entries: object, **context: object) -> str:
    return " ".join(render_to_string("guidance/_entries.html", {"entries": entries, **context}).split())


def test_entries_say_that_they_are_no_order(shelf: Library) -> None:
    assert "Reference, not an order." in fragment(*shelf.entries)


def test_entries_show_text_source_note_standing_and_review(shelf: Library) -> None:
    entry = shelf.entry("withdrawal", "how-soon")

    html = fragment(entry)

    for expected in (
        "<p>Withdrawal comes late.</p>",
        "Source: Reference document, line 2",
        "<strong>Note:</strong> Sooner than that.",
        'Source: <a href="https://example.org/guideline" rel="noreferrer noopener">Guideline, 2025 (A',
        entry.status_label,
        entry.review_line,
        f'href="{entry.get_absolute_url()}"',
    ):
        assert expected in html


def test_the_note_stands_in_a_box_of_its_own(shelf: Library) -> None:
    assert '<div class="guidance-note"> <p> <strong>Note:</strong>' in fragment(
        shelf.entry("withdrawal", "how-soon")
    )
    assert "Note:" not in fragment(shelf.entry("stopping", "never"))


def test_headings_stand_at_the_level_that_the_page_asks_for(shelf: Library) -> None:
    assert '<h3 class="guidance-title">Never suddenly</h3>' in fragment(shelf.entry("stopping", "never"))
    assert '<h5 class="guidance-title">' in fragment(shelf.entry("stopping", "never"), heading_level=5)


def test_entries_past_their_review_date_are_shown_with_a_notice(shelf: Library) -> None:
    entry = shelf.entry("withdrawal", "how-soon")

    with time_machine.travel(datetime(2027, 1, 31, 12, tzinfo=UTC), tick=False):
        assert OVERDUE not in fragment(entry)
    with time_machine.travel(datetime(2027, 2, 1, 12, tzinfo=UTC), tick=False):
        assert OVERDUE in fragment(entry)
        assert "due for review on 31 January 2027" in fragment(entry)
        assert entry.paragraphs[0] in fragment(entry)


def test_no_entries_say_so() -> None:
    assert "There is no guidance on this." in fragment()


def test_entries_escape_whatever_is_in_them(shelf: Library) -> None:
    bad = "<script>alert(1)</script>"
    entry = shelf.entry("withdrawal", "how-soon")
    source = replace(entry.source, title=bad, address='https://example.org/"><script>')

    html = fragment(replace(entry, title=bad, paragraphs=(bad,), note=bad, source=source, note_source=source))

    assert "<script" not in html
    assert html.count("&lt;script&gt;alert") == 6


def test_the_fragment_has_nothing_to_press_and_nothing_inline() -> None:
    html = fragment(*library().entries)

    for forbidden in (
        "<form",
        "<button",
        "<input",
        "<select",
        "<textarea",
        "<script",
        "style=",
        "onclick",
        "hx-",
    ):
        assert forbidden not in html


def test_the_fragment_has_no_ids_so_that_two_may_stand_on_a_page() -> None:
    assert " id=" not in fragment(*library().entries)
