"""Where a clinic's own notes stand beside the guidance: its own only, and always said to be its own."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from taperplanner.protocols.actions import edit_protocol, withdraw_protocol

from ..world.notes import add_note
from ..world.patient_pages import text_of
from ..world.plans import signed_version
from ..world.universe import NOW, Universe

OWN = "Your clinic’s own note, not from a source"
TOPIC = "/guidance/withdrawal/"


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


def test_a_note_stands_on_its_topics_page_with_author_date_and_version(
    universe: Universe, staff: Client
) -> None:
    add_note(universe.ours)

    page = text_of(staff.get(TOPIC))

    assert "Call the charge nurse first." in page
    assert OWN in page
    assert "<bdi>Mina Manager</bdi>, March 2, 2026" in page
    assert OWN not in text_of(staff.get("/guidance/monitoring/"))


def test_only_the_newest_version_stands_there_and_a_withdrawn_one_does_not(
    universe: Universe, staff: Client
) -> None:
    note, manager = add_note(universe.ours), universe.ours.manager
    edit_protocol(protocol=note, revision=1, title="Now", text="Ring the bell.", by=manager, at=NOW)
    page = text_of(staff.get(TOPIC))
    assert "Ring the bell." in page
    assert "charge nurse" not in page

    withdraw_protocol(protocol=note, revision=2, reason="Outdated", by=manager, at=NOW)
    assert OWN not in text_of(staff.get(TOPIC))


@pytest.mark.parametrize("address", [TOPIC, "/guidance/?q=charge"])
def test_another_clinics_note_is_never_shown(universe: Universe, address: str) -> None:
    add_note(universe.ours)

    assert "charge nurse" in text_of(universe.client_of(universe.ours.staff).get(address))
    for user in universe.theirs.people.values():
        assert "charge nurse" not in text_of(universe.client_of(user).get(address))


def test_a_search_finds_the_clinics_notes_by_every_word(universe: Universe, staff: Client) -> None:
    add_note(universe.ours)

    assert OWN in text_of(staff.get("/guidance/?q=NURSE+whom"))
    assert OWN not in text_of(staff.get("/guidance/?q=nurse+moon"))
    assert OWN not in text_of(staff.get("/guidance/"))


def test_only_a_manager_is_offered_to_add_one(universe: Universe, staff: Client) -> None:
    add = "/clinic/protocols/add/?topic=withdrawal"
    manager = universe.client_of(universe.ours.manager)

    assert add in text_of(manager.get(TOPIC))
    assert add not in text_of(staff.get(TOPIC))
    assert '<option value="withdrawal" selected>' in text_of(manager.get(add))


def test_beside_a_schedule_stand_the_notes_on_withdrawal_and_monitoring(
    universe: Universe, staff: Client
) -> None:
    version = signed_version(universe.ours)
    add_note(universe.ours)
    add_note(universe.ours, topic="tapering", title="House pace", text="Slowly, in house style.")
    add_note(universe.theirs, topic="monitoring", title="Theirs", text="Hilltop only.")

    page = text_of(staff.get(version.plan.get_absolute_url()))

    assert "Call the charge nurse first." in page
    assert OWN in page
    assert "in house style" not in page
    assert "Hilltop only." not in page


@pytest.mark.parametrize(
    "figures", ["Go down 10% a week", "Halve to 0.25 mg", "half a tablet less", "One step every two weeks"]
)
def test_beside_a_schedule_a_note_with_figures_shows_its_title_alone(
    universe: Universe, staff: Client, figures: str
) -> None:
    version = signed_version(universe.ours)
    note = add_note(universe.ours, title="House pace", text=f"{figures}, as ever.")

    page = text_of(staff.get(version.plan.get_absolute_url()))

    assert "as ever" not in page
    assert "House pace" in page
    assert f'href="{note.get_absolute_url()}"' in page
    assert "as ever" in text_of(staff.get(TOPIC))


def test_no_note_of_the_clinic_reaches_the_paper(universe: Universe, staff: Client) -> None:
    version = signed_version(universe.ours)
    add_note(universe.ours)

    page = text_of(staff.get(f"{version.get_absolute_url()}handout/"))
    assert "charge nurse" not in page[page.index('<div class="paper">') :]
