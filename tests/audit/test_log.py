from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from taperplanner.append_only import NeverChanges
from taperplanner.audit.log import audited_transaction, events_of, record
from taperplanner.audit.models import Event

from ..world.universe import NOW, Universe


def test_an_event_says_who_did_what_at_which_clinic(universe: Universe) -> None:
    patient_id = uuid4()
    event = record(
        "patient.edited",
        by=universe.ours.staff,
        at=NOW,
        patient_id=patient_id,
        subject="x",
        details={"fields": ["phone"]},
    )
    event.refresh_from_db()
    assert (event.user_id, event.user_name) == (universe.ours.staff.pk, "Sam Staff")
    assert (event.clinic_id, event.patient_id, event.at) == (universe.ours.clinic.pk, patient_id, NOW)
    assert (event.subject, event.details) == ("x", {"fields": ["phone"]})
    assert event.sentence == "Changed the patient’s details"


def test_a_clinic_cannot_be_claimed_by_whoever_did_it(universe: Universe) -> None:
    event = record("user.signed_in", by=universe.ours.staff, at=NOW, clinic_id=universe.theirs.clinic.pk)
    assert event.clinic_id == universe.ours.clinic.pk


def test_a_clinics_events_are_its_own(universe: Universe) -> None:
    ours = {event.clinic_id for event in events_of(universe.ours.clinic.pk)}
    assert ours == {universe.ours.clinic.pk}


def test_an_event_is_undone_with_what_it_tells_of(universe: Universe) -> None:
    before = Event.objects.count()
    with transaction.atomic():
        record("user.signed_in", by=universe.ours.staff, at=NOW)
        transaction.set_rollback(True)
    assert Event.objects.count() == before


def test_the_events_of_a_transaction_are_written_at_its_end_in_their_order(universe: Universe) -> None:
    before = Event.objects.count()
    with audited_transaction() as events:
        first = record("a.done", by=universe.ours.staff, at=NOW)
        with audited_transaction():
            second = record("b.done", by=universe.ours.staff, at=NOW)
        assert events == [first, second]
        assert Event.objects.count() == before
    assert Event.objects.count() == before + 2


def test_what_a_part_recorded_is_forgotten_when_the_part_fails(universe: Universe) -> None:
    @audited_transaction()
    def fails() -> None:
        record("b.done", by=universe.ours.staff, at=NOW)
        raise ValueError("undone")

    before = set(Event.objects.values_list("pk", flat=True))
    with audited_transaction():
        kept = record("a.done", by=universe.ours.staff, at=NOW)
        with pytest.raises(ValueError, match="undone"):
            fails()
    assert set(Event.objects.values_list("pk", flat=True)) - before == {kept.pk}


def test_an_event_never_changes(universe: Universe) -> None:
    event = record("user.signed_in", by=universe.ours.staff, at=NOW)
    with pytest.raises(NeverChanges):
        event.save()
    with pytest.raises(NeverChanges):
        event.delete()
    with pytest.raises(NeverChanges):
        events_of(universe.ours.clinic.pk).update(action="x")
    with pytest.raises(NeverChanges):
        events_of(universe.ours.clinic.pk).newest_first().delete()


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"])
def test_the_database_itself_refuses_to_change_the_log(universe: Universe, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_actions_of_a_clinic_are_each_named_once_in_order(universe: Universe) -> None:
    for action in ("b.done", "a.done", "b.done"):
        record(action, by=universe.theirs.staff, at=NOW)
    record("c.done", by=universe.ours.staff, at=NOW)
    assert events_of(universe.theirs.clinic.pk).actions() == [
        "a.done",
        "b.done",
        "clinic.created",
        "user.access_confirmed",
        "user.added",
    ]
