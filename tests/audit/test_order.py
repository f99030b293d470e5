"""However the clock jumps, the chain has one order, that of its numbers; and what is dated out of it is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taperplanner.audit.log import audited_transaction, events_of, record
from taperplanner.audit.verify.evidence import findings

from ..world.universe import NOW, Universe

JUMPS = st.lists(
    st.tuples(st.integers(min_value=-4_000_000, max_value=4_000_000), st.booleans()), min_size=1, max_size=12
)


@given(jumps=JUMPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_the_order_is_that_of_the_numbers_however_the_clock_jumps(
    universe: Universe, jumps: list[tuple[int, bool]]
) -> None:
    """Events one by one and several in a transaction, each at whatever time the clock says."""
    staff = universe.ours.staff
    began = newest(universe)
    written = []
    for seconds, together in jumps:
        at = NOW + timedelta(seconds=seconds)
        if together:
            with audited_transaction():
                written += [record("a.first", by=staff, at=at), record("a.second", by=staff, at=NOW)]
        else:
            written.append(record("a.done", by=staff, at=at))
    assert [event.number for event in written] == list(range(began + 1, began + 1 + len(written)))
    found = list(events_of(universe.ours.clinic.pk).filter(number__gt=began).order_by("number"))
    assert [event.pk for event in found] == [event.pk for event in written]
    assert all(" is dated " in finding.sentence for finding in findings())  # no seal is broken


@pytest.mark.parametrize(("back", "is_said"), [(59, False), (60, False), (61, True), (3000, True)])
def test_an_event_that_is_dated_before_the_one_before_it_is_said_and_is_no_fault(
    universe: Universe, capsys: pytest.CaptureFixture[str], back: int, is_said: bool
) -> None:
    """A clock that was set right is no tampering: the walk ends well, and says where."""
    staff = universe.ours.staff
    record("a.first", by=staff, at=NOW + timedelta(hours=1))
    event = record("a.second", by=staff, at=NOW + timedelta(hours=1, seconds=-back))
    assert list(findings()) == []
    call_command("audit_verify")
    said = capsys.readouterr().out
    assert (f"Event {event.number} (a.second, {event.at:%Y-%m-%d %H:%M} UTC) is dated" in said) == is_said
    assert "Everything is as it was written." in said


def test_the_page_and_the_file_of_the_audit_log_mark_it(universe: Universe) -> None:
    house = universe.ours
    client = universe.client_of(house.manager)
    mark = "written after an event that is dated"
    with time_machine.travel(NOW + timedelta(hours=1), tick=False) as clock:
        assert mark not in client.get("/clinic/audit/").content.decode()
        clock.shift(timedelta(minutes=-2))
        record("user.signed_out", by=house.staff, at=NOW + timedelta(minutes=58))
        text = client.get("/clinic/audit/").content.decode()
        saved = client.get("/clinic/audit/file/").content.decode()
    assert text.count(f"{mark} 2 minutes later") == text.count(mark) == saved.count(mark) == 1


def newest(universe: Universe) -> int:
    event = events_of(universe.ours.clinic.pk).order_by("-number")[0]
    return event.number or 0
