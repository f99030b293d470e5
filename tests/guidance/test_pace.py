"""Figures of pace stand on the guidance pages alone: beside no entry field, on no patient's page, on no paper."""

from __future__ import annotations

import pytest
import time_machine

from taperplanner.guidance.library import Entry, library
from taperplanner.guidance.vocabulary import TOPICS
from taperplanner.patients.models import Answer

from ..world.patient_pages import text_of
from ..world.people import answer_all
from ..world.places import Places
from ..world.universe import NOW, Universe

PACES = [entry for entry in library().entries if entry.only_on_guidance_page]
# Below the address of a patient, and of their plan.
PAGES = [
    "",
    "edit/",
    "safety-facts/",
    "medications/add/",
    "plans/add/",
    "plans/1/",
    "plans/1/draft/",
    "plans/1/draft/sign/",
    "plans/1/draft/preview/",
    "plans/1/versions/1/",
    "plans/1/versions/1/handout/",
]


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


def test_the_guidance_pages_state_them() -> None:
    assert {entry.topic for entry in PACES} == {"tapering"}


@pytest.mark.parametrize("entry", PACES, ids=str)
def test_each_is_readable_on_its_guidance_page(universe: Universe, entry: Entry) -> None:
    page = text_of(universe.client_of(universe.ours.staff).get(entry.get_absolute_url()))
    assert entry.paragraphs[0] in page


@pytest.mark.parametrize("below", PAGES)
def test_none_stands_on_a_page_about_a_patient(universe: Universe, below: str) -> None:
    places = Places(universe.ours)
    places["plan_number"]
    patient = places.made["plan"].patient
    patient.refresh_from_db()
    answer_all(patient, by=universe.ours.provider, answer=Answer.YES)
    answer = universe.client_of(universe.ours.provider).get(f"{patient.get_absolute_url()}{below}")

    page = text_of(answer)
    assert answer.status_code == 200
    assert [entry.title for entry in PACES if entry.title in page or entry.paragraphs[0] in page] == []


def test_no_topic_has_the_address_of_another_guidance_page() -> None:
    assert not {"about", "paper"} & set(TOPICS)
