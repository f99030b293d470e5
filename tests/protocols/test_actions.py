"""A clinic's own note is written in versions, none of which ever changes or goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from taperplanner.append_only import NeverChanges
from taperplanner.audit.models import Event
from taperplanner.protocols.actions import CannotWithdraw, edit_protocol, withdraw_protocol
from taperplanner.protocols.models import ProtocolVersion
from taperplanner.saving import Conflict

from ..world.notes import TEXT, add_note
from ..world.universe import NOW, Universe

LATER = NOW + timedelta(days=1)


def test_a_note_begins_with_a_first_version_that_replaces_nothing(universe: Universe) -> None:
    (version,) = add_note(universe.ours).versions.all()

    assert (version.number, version.replaces, version.title, version.text) == (1, 0, "Whom to call", TEXT)
    assert (version.written_by_name, version.written_at) == ("Mina Manager", NOW)


def test_an_edit_is_a_version_that_replaces_the_one_before(universe: Universe) -> None:
    manager = universe.ours.manager
    edited = edit_protocol(
        protocol=add_note(universe.ours), revision=1, title="Calls", text="New.", by=manager, at=LATER
    )

    newest, first = edited.versions.newest_first()
    assert (newest.number, newest.replaces, newest.text, newest.written_at) == (2, 1, "New.", LATER)
    assert first.text == TEXT


def test_a_withdrawal_is_a_version_with_its_reason_and_no_text(universe: Universe) -> None:
    manager = universe.ours.manager
    note = withdraw_protocol(
        protocol=add_note(universe.ours), revision=1, reason="Outdated", by=manager, at=LATER
    )

    newest, first = note.versions.newest_first()
    assert (newest.number, newest.text, newest.withdrawn_because) == (2, "", "Outdated")
    assert first.text == TEXT
    with pytest.raises(CannotWithdraw):
        withdraw_protocol(protocol=note, revision=2, reason="Again", by=manager, at=LATER)
    assert note.versions.count() == 2


def test_the_second_of_two_managers_is_told(universe: Universe) -> None:
    note, manager = add_note(universe.ours), universe.ours.manager
    edit_protocol(protocol=note, revision=1, title="Calls", text="First.", by=manager, at=LATER)

    with pytest.raises(Conflict):
        edit_protocol(protocol=note, revision=1, title="Calls", text="Second.", by=manager, at=LATER)
    with pytest.raises(Conflict):
        withdraw_protocol(protocol=note, revision=1, reason="Old", by=manager, at=LATER)
    assert note.versions.count() == 2


def test_each_write_leaves_one_event_without_what_was_written(universe: Universe) -> None:
    note, manager = add_note(universe.ours), universe.ours.manager
    edit_protocol(protocol=note, revision=1, title="Calls", text="0.5 mg", by=manager, at=LATER)
    withdraw_protocol(protocol=note, revision=2, reason="Old", by=manager, at=LATER)

    events = Event.objects.filter(subject=str(note.pk)).order_by("details__version")
    assert {(event.action, str(event.details)) for event in events} == {
        ("protocol.added", "{'topic': 'withdrawal'}"),
        ("protocol.edited", "{'topic': 'withdrawal', 'version': 2}"),
        ("protocol.withdrawn", "{'topic': 'withdrawal', 'version': 3}"),
    }


def test_a_version_never_changes_and_never_goes(universe: Universe) -> None:
    (version,) = add_note(universe.ours).versions.all()
    version.text = "Other."
    for change in (version.save, version.delete):
        with pytest.raises(NeverChanges):
            change()


@pytest.mark.parametrize(
    "given",
    [
        {"text": "", "withdrawn_because": ""},
        {"text": "Both", "withdrawn_because": "Both"},
        {"title": ""},
        {"number": 1},
        {"number": 0},
    ],
    ids=str,
)
def test_the_database_refuses_what_is_no_version(universe: Universe, given: dict[str, object]) -> None:
    note, manager = add_note(universe.ours), universe.ours.manager
    row: dict[str, object] = {"protocol": note, "number": 2, "title": "Calls", "text": "New."}
    who = {"written_by": manager, "written_by_name": "Mina", "written_at": NOW}

    with pytest.raises(IntegrityError), transaction.atomic():
        ProtocolVersion.objects.create(**{**row, **who, **given})
