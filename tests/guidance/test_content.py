"""The content as it ships: complete, cited, and without a dose where none may stand."""

from __future__ import annotations

import pytest

from taperplanner.guidance.library import ClaimStatus, library
from taperplanner.guidance.vocabulary import CONCERNS, MEDICATION_CLASSES, TOPICS
from taperplanner.guidance.wording import DOSE

LINES_OF_THE_DOCUMENT = 70


@pytest.mark.parametrize("line", range(1, LINES_OF_THE_DOCUMENT + 1))
def test_each_line_of_the_reference_document_is_shown_or_listed_as_left_out(line: int) -> None:
    shown = any(line in entry.lines for entry in library().of_drug("clonazepam"))
    left_out = any(line in left_out.lines for left_out in library().document("clonazepam").left_out)

    assert shown or left_out


def test_what_is_unsafe_in_line_37_stands_first_among_what_was_left_out() -> None:
    first = library().document("clonazepam").left_out[0]

    assert first.lines == (37,)
    assert "without significant risk" in first.says
    assert first.source is not None


def test_no_entry_rests_on_line_37() -> None:
    assert not [entry.title for entry in library().entries if 37 in entry.lines]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_entries(topic: str) -> None:
    assert library().topic(topic, "clonazepam")


@pytest.mark.parametrize("concern", sorted(CONCERNS))
def test_every_concern_has_an_entry(concern: str) -> None:
    assert library().concerning(concern, "clonazepam")


@pytest.mark.parametrize("medication_class", sorted(MEDICATION_CLASSES))
def test_beside_a_medication_record_stand_at_most_three_entries(medication_class: str) -> None:
    assert len(library().concerning(medication_class, "clonazepam")) <= 3


@pytest.mark.parametrize("topic", TOPICS)
def test_nothing_beside_a_schedule_names_a_dose(topic: str) -> None:
    for entry in library().topic(topic, "clonazepam", beside=True):
        assert not DOSE.search(entry.text), entry.title


def test_figures_of_pace_stand_under_tapering_only() -> None:
    with_figures = {entry.topic for entry in library().entries if DOSE.search(entry.text)}

    assert with_figures == {"tapering"}


def test_each_correction_has_a_better_source_with_an_address() -> None:
    for entry in library().entries:
        if entry.status is ClaimStatus.CORRECTED:
            assert entry.note
            assert entry.note_source_address, entry.title


def test_what_was_added_never_cites_the_reference_document() -> None:
    added = [entry for entry in library().entries if entry.status is ClaimStatus.ADDED]

    assert added
    assert not [entry.title for entry in added if entry.source.is_reference]


@pytest.mark.parametrize(
    "missing_from_the_document",
    [
        ("boxed-warnings", "opioids"),
        ("boxed-warnings", "abuse-misuse-addiction"),
        ("boxed-warnings", "dependence-and-withdrawal"),
        ("emergency", "call-911"),
        ("emergency", "call-988"),
        ("emergency", "call-the-clinic"),
        ("interactions", "naloxone"),
        ("special-populations", "pregnancy"),
        ("special-populations", "older-adults"),
        ("stopping", "missed-doses"),
        ("stopping", "running-out"),
        ("storage", "safe-keeping"),
        ("storage", "disposal"),
        ("withdrawal", "protracted"),
        ("withdrawal", "alcohol"),
        ("monitoring", "prescription-monitoring-program"),
    ],
    ids="/".join,
)
def test_what_the_document_misses_was_added(missing_from_the_document: tuple[str, str]) -> None:
    assert library().entry(*missing_from_the_document).status is ClaimStatus.ADDED


def test_the_document_message_on_stopping_is_kept() -> None:
    entry = library().entry("stopping", "never-abruptly")

    assert (entry.status, entry.lines) == (ClaimStatus.KEPT, (29,))


def test_nothing_claims_a_review_that_did_not_happen() -> None:
    assert {entry.review_line for entry in library().entries} == {"Awaiting clinical review"}


def test_every_source_is_cited_somewhere() -> None:
    cited = {entry.source.key for entry in library().entries}
    cited |= {entry.note_source.key for entry in library().entries if entry.note_source}
    cited |= {left_out.source.key for left_out in library().document().left_out if left_out.source}
    for language in library().languages:
        for text in library().patient_texts(language):
            cited |= {citation.source.key for citation in text.citations}

    assert {source.key for source in library().sources} == cited
