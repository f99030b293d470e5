"""The safety facts: what each is asked for, and the page that asks for all of them."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client

from taperplanner.guidance.library import library
from taperplanner.guidance.vocabulary import SAFETY_FACTS
from taperplanner.patients.choices import FACT_GROUPS
from taperplanner.patients.models import Answer, Fact
from tests.world.patient_pages import patient_url, text_of
from tests.world.people import answer_all, build_patient
from tests.world.universe import Universe


def test_each_safety_fact_that_is_asked_has_an_entry_and_no_entry_waits_for_one_that_is_not() -> None:
    assert {fact.value for fact in Fact} == SAFETY_FACTS
    assert [fact.label for fact in Fact if not library().concerning(fact.value)] == []


def test_an_entry_about_some_patients_says_which() -> None:
    """Who they are follows from a safety fact, the birth date or the medication list: else nobody sees it."""
    entries = library().topic("special-populations")
    assert entries
    assert [entry.title for entry in entries if not entry.concerns] == []


@pytest.mark.parametrize(
    ("fact", "entries"),
    [
        (Fact.MOOD_OR_PSYCHOTIC_DISORDER, ["monitoring/sleep", "special-populations/mental-health"]),
        (Fact.PTSD, ["special-populations/mental-health"]),
        (
            Fact.EARLIER_WITHDRAWAL,
            ["withdrawal/who-is-at-most-risk", "tapering/where", "emergency/care-for-severe-withdrawal"],
        ),
        (Fact.FALLS, ["side-effects/dizziness-and-falls", "tapering/where"]),
        (
            Fact.SUBSTANCE_USE_DISORDER,
            [
                "special-populations/substance-use",
                "monitoring/review-of-risk-and-benefit",
                "interactions/treatment-for-opioid-use-disorder",
            ],
        ),
        (Fact.KIDNEY_DISEASE, ["special-populations/liver-kidney-glaucoma"]),
        (Fact.GLAUCOMA, ["special-populations/glaucoma"]),
    ],
)
def test_a_fact_brings_the_entries_that_depend_on_it(fact: Fact, entries: list[str]) -> None:
    found = {f"{entry.topic}/{entry.slug}" for entry in library().concerning(fact.value)}
    assert set(entries) <= found


def test_each_fact_is_asked_once_in_the_order_of_all() -> None:
    assert [fact for _, facts in FACT_GROUPS for fact in facts] == list(Fact)


def note_of(page: str, fact: Fact) -> str:
    """The note's fold of one question: from its tag to its end."""
    name = page.index(f'name="{fact}_note"')
    return page[page.rindex("<details", 0, name) : page.index("</details>", name)]


def is_open(fold: str) -> bool:
    return "open" in fold[: fold.index(">")]


def test_a_note_is_closed_until_it_is_wanted_and_open_where_there_is_one(
    universe: Universe, staff: Client
) -> None:
    patient = build_patient(universe.ours)
    staff.post(
        patient_url("safety_facts", patient),
        {"revision": 1, "falls": "yes", "falls_note": "Twice, at night"},
    )

    page = text_of(staff.get(patient_url("safety_facts", patient)))

    assert is_open(note_of(page, Fact.FALLS))
    assert [fact for fact in Fact if is_open(note_of(page, fact))] == [Fact.FALLS]


def test_a_question_about_a_note_is_never_hidden_in_a_closed_fold(universe: Universe, staff: Client) -> None:
    patient = build_patient(universe.ours)
    typed = {"revision": 1, "opioid_use": "yes", "opioid_use_note": "oxycodone .5 mg", "falls_note": "Twice"}

    page = text_of(staff.post(patient_url("safety_facts", patient), typed))

    assert is_open(fold := note_of(page, Fact.OPIOID_USE))
    assert "as typed" in fold
    assert is_open(fold := note_of(page, Fact.FALLS))
    assert 'value="Twice"' in fold
    assert "Choose yes, no or unknown to go with the note." in page


def test_after_a_conflict_every_note_that_was_typed_stands_open(universe: Universe, staff: Client) -> None:
    patient = build_patient(universe.ours)
    answer_all(patient, by=universe.ours.provider, answer=Answer.YES)

    response = staff.post(
        patient_url("safety_facts", patient),
        {"revision": 1, "glaucoma": "yes", "glaucoma_note": "open-angle, treated"},
    )

    assert response.status_code == HTTPStatus.CONFLICT
    assert is_open(fold := note_of(text_of(response), Fact.GLAUCOMA))
    assert 'value="open-angle, treated"' in fold


def test_one_answer_is_enough_to_save(universe: Universe, staff: Client) -> None:
    patient = build_patient(universe.ours)

    staff.post(patient_url("safety_facts", patient), {"revision": 1, "ptsd": "unknown"})

    assert list(patient.safety_facts.values_list("fact", "answer")) == [(Fact.PTSD, Answer.UNKNOWN)]


def test_what_changed_says_who_answered_a_new_fact_and_when(universe: Universe, staff: Client) -> None:
    patient = build_patient(universe.ours)
    staff.post(patient_url("safety_facts", patient), {"revision": 1, "earlier_withdrawal": "no"})
    staff.post(
        patient_url("safety_facts", patient),
        {"revision": 2, "earlier_withdrawal": "yes", "earlier_withdrawal_note": "A seizure in 2019"},
    )

    page = text_of(staff.get(patient_url("patient_history", patient)))

    name = "<bdi>Earlier withdrawal seizure, delirium or failed taper</bdi>"
    newest = page[page.index(f"{name} changed") : page.index(f"{name} added")]
    for told in ("by <bdi>Sam Staff</bdi>", "March 2, 2026", ">No<", ">Yes<", "A seizure in 2019"):
        assert told in newest
