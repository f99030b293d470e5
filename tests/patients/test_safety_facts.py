"""The safety facts: what each is asked for, and the page that asks for all of them."""

from __future__ import annotations

import pytest

from taperplanner.guidance.library import library
from taperplanner.guidance.vocabulary import SAFETY_FACTS
from taperplanner.patients.choices import FACT_GROUPS
from taperplanner.patients.models import Fact


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
