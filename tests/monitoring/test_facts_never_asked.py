"""A patient who was last asked before a safety fact was asked for: it is a gap, wherever gaps are shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from taperplanner.patients.models import Fact, Patient

from ..world.patient_pages import text_of
from ..world.plans import open_plan, save_draft, sign_plan, typed_schedule
from ..world.universe import NOW, Universe

ASKED_LATER = (
    Fact.EARLIER_WITHDRAWAL,
    Fact.SUBSTANCE_USE_DISORDER,
    Fact.MOOD_OR_PSYCHOTIC_DISORDER,
    Fact.PTSD,
    Fact.FALLS,
    Fact.KIDNEY_DISEASE,
    Fact.GLAUCOMA,
)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def patient(universe: Universe) -> Patient:
    """With a signed plan."""
    plan = open_plan(universe.ours)
    sign_plan(plan, universe.ours)
    plan.patient.safety_facts.filter(fact__in=ASKED_LATER).delete()
    return plan.patient


@pytest.fixture
def provider(universe: Universe) -> Client:
    return universe.client_of(universe.ours.provider)


def test_the_patients_page_says_of_each_that_it_was_not_asked(provider: Client, patient: Patient) -> None:
    page = text_of(provider.get(patient.get_absolute_url()))

    assert page.count("Not asked yet") == len(ASKED_LATER)
    for fact in ASKED_LATER:
        assert f"<bdi>{fact.label}: not asked yet</bdi>" in page


def test_the_visit_summary_names_each(provider: Client, patient: Patient) -> None:
    page = text_of(provider.get(f"{patient.get_absolute_url()}plans/1/summary/"))

    names = "; ".join(fact.label.lower() for fact in ASKED_LATER)
    assert f"Safety facts not known: {names}" in page


def test_each_is_asked_about_at_the_signature(universe: Universe, provider: Client) -> None:
    plan = open_plan(universe.ours)
    plan.patient.safety_facts.filter(fact__in=ASKED_LATER).delete()
    save_draft(plan, typed_schedule(), universe.ours)

    page = text_of(provider.get(f"{plan.patient.get_absolute_url()}plans/1/draft/sign/"))

    names = "; ".join(fact.label.lower() for fact in ASKED_LATER)
    assert f"Not known about this patient: {names}." in page
