"""A manager writes the clinic's own notes; everybody of the clinic reads them, nobody of another."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from taperplanner.protocols.actions import edit_protocol, withdraw_protocol
from taperplanner.protocols.models import Protocol

from ..world.notes import INDEX, TEXT, add_note
from ..world.patient_pages import text_of
from ..world.universe import NOW, Universe


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def manager(universe: Universe) -> Client:
    return universe.client_of(universe.ours.manager)


@pytest.fixture
def note(universe: Universe) -> Protocol:
    return add_note(universe.ours)


def typed(**given: str) -> dict[str, str]:
    return {"topic": "emergency", "title": "On weekends", "text": "Ring twice.\r\n  Then wait."} | given


def test_a_manager_adds_a_note_and_it_is_kept_as_typed(universe: Universe, manager: Client) -> None:
    answer = manager.post(f"{INDEX}add/", typed())

    note = universe.ours.clinic.protocols.get()
    (version,) = note.versions.all()
    assert answer["Location"] == note.get_absolute_url()
    assert (note.topic, version.title, version.text) == (
        "emergency",
        "On weekends",
        "Ring twice.\n  Then wait.",
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"title": ""}, "Enter a title"),
        ({"text": " "}, "Enter what the note says."),
        ({"topic": ""}, "Choose a guidance topic"),
        ({"topic": "weather"}, "Select a valid choice"),
        ({"title": "a" * 81}, "Keep this to 80 characters; it now has 81."),
        ({"text": "a" * 4001}, "Keep this to 4000 characters; it now has 4001."),
        ({"text": "pay\u202eload"}, "an invisible character after “pay”"),
        ({"title": "a\u3164b"}, "an invisible character after “a”"),
        ({"text": "a\u2800b"}, "an invisible character after “a”"),
    ],
    ids=str,
)
def test_what_cannot_be_kept_comes_back_with_a_sentence(
    manager: Client, given: dict[str, str], sentence: str
) -> None:
    answer = manager.post(f"{INDEX}add/", typed(**given))

    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert not Protocol.objects.exists()


def test_a_spelling_that_is_misread_is_pointed_out_and_kept_when_its_author_says_so(manager: Client) -> None:
    first = manager.post(f"{INDEX}add/", typed(text="Seen q.d. by the nurse"))
    assert "“q.d.” can be misread. Write “daily”." in text_of(first)
    assert "Seen q.d. by the nurse" in text_of(first)
    assert not Protocol.objects.exists()

    manager.post(f"{INDEX}add/", typed(text="Seen q.d. by the nurse", keeps_spelling="on"))
    assert Protocol.objects.get().versions.get().text == "Seen q.d. by the nurse"


def test_the_tick_for_a_spelling_is_given_anew_with_each_version(universe: Universe, manager: Client) -> None:
    note = add_note(universe.ours, text="Seen q.d. by the nurse")
    page = text_of(manager.get(f"{note.get_absolute_url()}edit/"))
    assert "Keep the spelling as typed" in page
    assert "checked" not in page


def test_a_text_is_plain_and_shows_as_it_was_typed(universe: Universe, manager: Client) -> None:
    note = add_note(universe.ours, title="<b>Bold</b>", text="<script>alert(1)</script>")
    for address in (INDEX, note.get_absolute_url(), "/guidance/withdrawal/", "/guidance/?q=alert"):
        page = manager.get(address).content.decode()
        assert "<b>Bold" not in page
        assert "<script>alert" not in page
        assert "&lt;b&gt;Bold&lt;/b&gt;" in page


def test_two_managers_one_note_the_second_gets_both_texts(
    universe: Universe, manager: Client, note: Protocol
) -> None:
    edit_protocol(
        protocol=note, revision=1, title="Whom to call", text="Theirs.", by=universe.ours.manager, at=NOW
    )

    answer = manager.post(
        f"{note.get_absolute_url()}edit/", {"revision": "1", "title": "Whom to call", "text": "Mine."}
    )

    page = text_of(answer)
    assert answer.status_code == 409
    assert "Theirs." in page
    assert page.count("Mine.") == 2  # beside theirs, and in the form
    assert 'name="revision" value="2"' in page
    again = manager.post(
        f"{note.get_absolute_url()}edit/", {"revision": "2", "title": "Whom to call", "text": "Mine."}
    )
    assert again.status_code == 302
    assert [version.text for version in note.versions.newest_first()] == ["Mine.", "Theirs.", TEXT]


def test_a_withdrawal_of_what_was_edited_meanwhile_is_a_409(
    universe: Universe, manager: Client, note: Protocol
) -> None:
    edit_protocol(protocol=note, revision=1, title="New", text="Theirs.", by=universe.ours.manager, at=NOW)

    answer = manager.post(f"{note.get_absolute_url()}withdraw/", {"revision": "1", "reason": "Old"})

    assert answer.status_code == 409
    assert not note.versions.exclude(withdrawn_because="").exists()


@pytest.mark.parametrize("role", ["provider", "staff", "manager"])
def test_everybody_of_the_clinic_reads_it_with_its_author_date_and_history(
    universe: Universe, note: Protocol, role: str
) -> None:
    manager = universe.ours.manager
    edit_protocol(protocol=note, revision=1, title="Whom to call now", text="New.", by=manager, at=NOW)
    withdraw_protocol(protocol=note, revision=2, reason="Outdated", by=manager, at=NOW)

    page = text_of(universe.client_of(getattr(universe.ours, role)).get(note.get_absolute_url()))

    for said in (
        "Withdrawn: <bdi>Outdated</bdi>",
        "Version 3, replaces version 2",
        "Version 2: <bdi>Whom to call now</bdi>",
        "Version 1: <bdi>Whom to call</bdi>",
        "Call the charge nurse first. Then the provider on call.",
        "<bdi>Mina Manager</bdi>, March 2, 2026, 10:00 AM",
        "Your clinic’s own note, not from a source",
    ):
        assert said in page
    assert ("Use it again" in page) == (role == "manager")


def test_the_clinics_notes_are_listed_by_topic(universe: Universe, manager: Client, note: Protocol) -> None:
    add_note(universe.theirs, title="Hilltop's own")
    page = text_of(manager.get(INDEX))

    assert "Whom to call" in page
    assert "version 1 by <bdi>Mina Manager</bdi>, March 2, 2026" in page
    assert "Hilltop" not in page
