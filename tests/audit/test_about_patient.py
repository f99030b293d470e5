"""What a patient is in is read off indexes: the patient's own, and that of each kind of list in its days."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from taperplanner.audit.about_patient import LISTS, events_about
from taperplanner.audit.log import record
from taperplanner.audit.models import Event
from taperplanner.audit.pages import page_of

from ..world.universe import NOW, Universe


def test_each_source_starts_on_an_index(universe: Universe) -> None:
    sources = events_about(universe.ours.clinic.pk, uuid4(), since=NOW - timedelta(days=90), before=NOW)
    if connection.vendor == "sqlite":
        for source in sources:
            plan = source.newest_first()[:51].explain()
            assert "USING INDEX event_" in plan
            assert "SCAN" not in plan
        minute = Event.objects.filter(user_id=uuid4(), action__in=("a", "b"), at__gte=NOW).explain()
        assert "USING INDEX event_user_at" in minute


@pytest.mark.parametrize("action", LISTS)
def test_every_list_with_the_patient_on_it_is_read(universe: Universe, action: str) -> None:
    patient = uuid4()
    record(action, by=universe.ours.manager, at=NOW, details={"patients": [uuid4().hex, patient.hex]})
    record(action, by=universe.ours.manager, at=NOW, details={"patients": [uuid4().hex]})
    sources = events_about(universe.ours.clinic.pk, patient, since=None, before=None)
    assert [event.action for event in page_of(*sources).events] == [action]


def test_two_sources_read_as_one_newest_first_with_each_event_once(universe: Universe) -> None:
    patient = uuid4()
    for minute in range(6):
        at, by = NOW + timedelta(minutes=minute), universe.ours.staff
        record("patient.page_shown", by=by, at=at, patient_id=patient)
        record("worklist.shown", by=by, at=at, details={"patients": [patient.hex]})
    sources = events_about(universe.ours.clinic.pk, patient, since=None, before=None)
    seen, after = [], ""
    for _ in range(10):
        page = page_of(*sources, after=after, length=5)
        seen += page.events
        if not (after := page.older):
            break
    assert len(seen) == len({event.pk for event in seen}) == 12
    assert [event.at for event in seen] == sorted((event.at for event in seen), reverse=True)
