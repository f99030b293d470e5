"""The questions that pages ask of the library."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from taperplanner.guidance.library import Library, library
from taperplanner.guidance.loading import load


@pytest.fixture
def shelf(content: Path) -> Library:
    return Library(load(content))


def test_topic_gives_entries_of_one_drug_in_their_order(shelf: Library) -> None:
    assert [entry.slug for entry in shelf.topic("stopping", "calmazine")] == ["never"]
    assert shelf.topic("stopping", "clonazepam") == ()


def test_topic_beside_a_schedule_leaves_out_what_states_a_pace(shelf: Library) -> None:
    assert [entry.slug for entry in shelf.topic("tapering", "calmazine")] == ["pace"]
    assert shelf.topic("tapering", "calmazine", beside=True) == ()


def test_topic_that_does_not_exist_is_the_callers_mistake(shelf: Library) -> None:
    with pytest.raises(KeyError):
        shelf.topic("wihtdrawal", "calmazine")


def test_topics_lists_what_is_known_of_a_drug(shelf: Library) -> None:
    assert [topic.slug for topic in shelf.topics("calmazine")] == ["withdrawal", "stopping", "tapering"]
    assert shelf.topics("diazepam") == ()


def test_entry_is_found_by_topic_and_slug(shelf: Library) -> None:
    assert shelf.entry("stopping", "never").title == "Never suddenly"
    with pytest.raises(KeyError):
        shelf.entry("withdrawal", "never")


def test_one_entry_stands_over_every_schedule_of_a_drug_that_has_a_document(shelf: Library) -> None:
    assert str(shelf.over_schedules(" Calmazine ")) == "Never suddenly"
    assert shelf.over_schedules("diazepam") is None


def test_concerning_never_gives_an_entry_that_states_a_pace(shelf: Library) -> None:
    assert [entry.slug for entry in shelf.concerning("opioid", "calmazine")] == ["how-soon", "never"]
    assert [entry.slug for entry in shelf.concerning("seizure_disorder", "calmazine")] == ["how-soon"]


def test_concerning_a_medication_that_does_not_sedate_is_nothing(shelf: Library) -> None:
    assert shelf.concerning("other", "calmazine") == ()


def test_concerning_something_unknown_is_the_callers_mistake(shelf: Library) -> None:
    with pytest.raises(KeyError):
        shelf.concerning("opium", "calmazine")


def test_has_drug_knows_a_drug_in_any_case_and_no_other(shelf: Library) -> None:
    assert shelf.has_drug(" Calmazine ")
    assert not shelf.has_drug("diazepam")


def test_search_wants_every_word_in_any_case_with_titles_first(shelf: Library) -> None:
    assert [entry.slug for entry in shelf.search("SUDDENLY never")] == ["never"]
    assert [entry.slug for entry in shelf.search("guideline")] == ["how-soon", "pace"]
    assert [entry.slug for entry in shelf.search("pace")] == ["pace"]
    assert shelf.search("never guideline") == ()
    assert shelf.search("  ") == ()


def test_an_entry_brings_its_lines_ready_to_print(shelf: Library) -> None:
    entry = shelf.entry("withdrawal", "how-soon")

    assert entry.source_line == "Reference document, line 2"
    assert entry.source_address == ""
    assert (
        entry.note_source_line == "Guideline, 2025 (A society): Table 2; read on 23 November 2026 on a copy"
    )
    assert entry.note_source_address == "https://example.org/guideline"
    assert entry.status_label == "From the reference document, with a correction"
    assert entry.review_line == "Reviewed by A. Reviewer, MD on 31 January 2026; next review 31 January 2027"


def test_an_entry_is_past_its_review_from_the_day_after(shelf: Library) -> None:
    entry = shelf.entry("withdrawal", "how-soon")

    assert not entry.review.is_past(date(2027, 1, 31))
    assert entry.review.is_past(date(2027, 2, 1))
    assert not shelf.entry("stopping", "never").review.is_past(date(2099, 1, 1))


def test_the_library_is_read_once_in_a_process() -> None:
    assert library() is library()
