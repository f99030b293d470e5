"""`audit_head` and `audit_verify`, as whoever runs the server meets them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from taperplanner.audit.heads import FILE
from taperplanner.audit.log import record
from taperplanner.audit.models import Event

from ..world.tampering import past_the_triggers
from ..world.universe import NOW, Universe


def verify(*options: str) -> tuple[str, str]:
    """What it says, and what it finds."""
    out, found = io.StringIO(), io.StringIO()
    try:
        call_command("audit_verify", *options, stdout=out, stderr=found)
    except CommandError as error:  # which ends a command with 1
        return str(error), found.getvalue()
    return out.getvalue(), found.getvalue()


def test_where_all_is_well_it_says_so_and_that_no_heads_were_compared(universe: Universe) -> None:
    said, found = verify()
    assert "Everything is as it was written." in said
    assert "No heads were compared" in said
    assert found == ""


def test_the_first_of_each_clinic_is_named_and_the_others_counted(universe: Universe) -> None:
    for house in (universe.ours, universe.theirs):
        for _ in range(2):
            record("a.done", by=house.staff, at=NOW)
    past_the_triggers("UPDATE audit_event SET subject = 'x' WHERE action = 'a.done'")
    said, found = verify()
    assert said == "4 not as written."
    first = [
        Event.objects.filter(clinic_id=house.clinic.pk, action="a.done").earliest("number")
        for house in (universe.ours, universe.theirs)
    ]
    assert sorted(found.splitlines()) == sorted(
        f"Clinic {event.clinic_id}: Event {event.number} (a.done, 2026-03-02 15:00 UTC) is not what was written,"
        " or the one before it is not."
        for event in first
    )
    assert len(verify("--all")[1].splitlines()) == 4


def test_a_head_is_added_to_the_file_and_none_is_written_over(universe: Universe, tmp_path: Path) -> None:
    for _ in range(2):
        call_command("audit_head", to=tmp_path, stdout=io.StringIO())
        record("a.done", by=universe.ours.staff, at=NOW)
    assert len((tmp_path / FILE).read_text().splitlines()) == 2 * 2
    assert "Everything" in verify("--heads", str(tmp_path))[0]


def test_a_folder_that_is_not_there_is_said(universe: Universe, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No head was written"):
        call_command("audit_head", to=tmp_path / "away")
    assert "No such file" in verify("--heads", str(tmp_path / "away"))[1]
