"""What the table of lines says of the places of an entry is so: the pages themselves are looked at."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.utils.html import escape

from taperplanner.guidance.library import Entry, library
from taperplanner.guidance.shown import where_shown
from taperplanner.patients.models import Answer, Fact

from ..world.people import answer_all
from ..world.plans import signed_version
from ..world.universe import NOW, Universe

ENTRIES = library().entries


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


def page(universe: Universe, address: str) -> str:
    html = universe.client_of(universe.ours.provider).get(address).content.decode()
    return html[html.index("<main") : html.index("</main>")]


def said_to_stand(where: str) -> list[Entry]:
    return [entry for entry in ENTRIES if any(place.startswith(where) for place in where_shown(entry))]


def not_on(html: str, entries: list[Entry]) -> list[str]:
    return [entry.title for entry in entries if escape(entry.title) not in html]


@pytest.mark.parametrize(
    ("where", "below"),
    [
        ("beside every schedule", ""),
        ("beside every schedule", "versions/1/"),
        ("beside every check-in", "check-ins/add/"),
    ],
)
def test_each_entry_stands_where_it_is_said_to(universe: Universe, where: str, below: str) -> None:
    plan = signed_version(universe.ours).plan
    html = page(universe, f"{plan.get_absolute_url()}{below}")

    assert said_to_stand(where)
    assert not_on(html, said_to_stand(where)) == []


def test_beside_a_schedule_stands_nothing_that_is_not_said_to(universe: Universe) -> None:
    """The patient has answered no to every fact, so that nothing applies."""
    plan = signed_version(universe.ours).plan
    answer_all(plan.patient, by=universe.ours.provider)
    html = page(universe, plan.get_absolute_url())

    linked = set(re.findall(r'href="(/guidance/[^/"]+/[^/"]+/)"', html))
    said = [*said_to_stand("beside every schedule"), *said_to_stand("over every schedule")]
    assert linked - {entry.get_absolute_url() for entry in said} == set()


def test_what_a_fact_concerns_stands_with_what_is_recorded_of_a_patient(universe: Universe) -> None:
    patient = signed_version(universe.ours).plan.patient
    answer_all(patient, by=universe.ours.provider, answer=Answer.YES)
    html = page(universe, patient.get_absolute_url())

    facts = {fact.value for fact in Fact}
    concerned = [
        entry for entry in said_to_stand("with what is recorded of a patient") if entry.concerns & facts
    ]
    assert concerned
    assert not_on(html, concerned) == []


def test_what_stands_on_paper_is_a_text_of_the_paper() -> None:
    keys = {text.key.replace("-", " ") for text in library().patient_texts("en")}
    named = {
        key
        for entry in said_to_stand("on paper")
        for key in re.sub(r"^on paper \((.*)\)$", r"\1", where_shown(entry)[-1]).split(", ")
    }
    assert named
    assert named <= keys
