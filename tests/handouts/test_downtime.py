"""The papers that a clinic reads from while Taper Planner cannot be reached."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from taperplanner.audit.models import Event
from taperplanner.handouts.downtime.folder import keep_papers
from taperplanner.handouts.downtime.papers import DownTimePapers, down_time_papers
from taperplanner.handouts.models import PrintedHandout

from ..world.papers import pages_of
from ..world.plans import sign_revision, start_revision
from ..world.tampering import past_the_triggers
from ..world.universe import NOW, Universe
from .test_batches import plan_of

NOTICE = "Down-time copy, written on March 2, 2026, 10:00 AM"


def kept(universe: Universe, folder: Path) -> tuple[DownTimePapers, Path]:
    clinic = universe.ours.clinic
    papers = down_time_papers(clinic, NOW)
    file = keep_papers(clinic=clinic, papers=papers, folder=folder, by=None, at=NOW)
    assert file is not None
    return papers, file


def test_every_current_paper_is_kept_and_says_on_each_page_what_it_is(
    universe: Universe, tmp_path: Path
) -> None:
    plan_of(universe.ours, "Baker")
    plan_of(universe.ours, "Adams")
    plan_of(universe.ours, "Draft", is_signed=False)
    plan_of(universe.theirs, "Stranger")
    papers, file = kept(universe, tmp_path)
    assert (len(papers.versions), papers.refused) == (2, ())
    pages = [page for page in pages_of(file.read_bytes()) if page]  # a back that is left empty says nothing
    assert all(NOTICE in page and "DOWN-TIME" in page for page in pages)
    text = " ".join(pages)
    assert text.index("Adams") < text.index("Baker")
    assert "Stranger" not in text
    assert "Draft" not in text


def test_nobody_but_its_owner_reads_the_file_and_the_older_one_is_gone(
    universe: Universe, tmp_path: Path
) -> None:
    plan_of(universe.ours, "Adams")
    for _ in range(2):
        _, file = kept(universe, tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_each_paper_that_was_kept_is_in_the_audit_log_and_is_no_printed_copy(
    universe: Universe, tmp_path: Path
) -> None:
    plan = plan_of(universe.ours, "Adams")
    kept(universe, tmp_path)
    event = Event.objects.get(action="handout.kept_for_down_time")
    assert (event.patient_id, event.clinic_id) == (plan.patient_id, universe.ours.clinic.pk)
    assert not PrintedHandout.objects.exists()


def test_no_paper_is_kept_whose_event_cannot_be_written(universe: Universe, tmp_path: Path) -> None:
    plan_of(universe.ours, "Adams")
    no_link = patch("taperplanner.audit.log.link", side_effect=DatabaseError("the disk is full"))
    with no_link, pytest.raises(DatabaseError, match="the disk is full"):
        kept(universe, tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_version_that_holds_until_a_newer_one_begins_is_kept_too(
    universe: Universe, tmp_path: Path
) -> None:
    plan = plan_of(universe.ours, "Adams")
    sign_revision(start_revision(plan.versions.get(), universe.ours, date(2026, 3, 20)), universe.ours)
    papers, file = kept(universe, tmp_path)
    text = " ".join(pages_of(file.read_bytes()))
    assert len(papers.versions) == 2
    assert "Follow this paper up to the day before Friday, March 20, 2026." in text
    assert "Version 2, signed by" in text


def test_what_is_not_as_signed_is_refused_and_keeps_no_other_away(universe: Universe, tmp_path: Path) -> None:
    wrong = plan_of(universe.ours, "Baker")
    past_the_triggers("UPDATE tapers_step SET days = 21 WHERE position = 2")
    plan_of(universe.ours, "Adams")
    papers, _file = kept(universe, tmp_path)
    assert len(papers.versions) == 1
    assert papers.refused == (
        f"patient {wrong.patient_id}, plan 1, version 1: what is stored is not what was signed.",
    )


def test_the_command_keeps_each_clinics_and_names_none_of_the_patients(
    universe: Universe, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan_of(universe.ours, "Adams")
    plan_of(universe.theirs, "Stranger")
    call_command("keep_papers", str(tmp_path))
    said = capsys.readouterr().out
    assert len(list(tmp_path.iterdir())) == 4
    assert "Riverside Clinic: 1 kept in" in said
    assert "Riverside Clinic: 33 blank forms in" in said
    assert "Adams" not in said


def test_the_command_makes_no_folder_by_itself(universe: Universe, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Make it first, readable for nobody else"):
        call_command("keep_papers", str(tmp_path / "absent"))
