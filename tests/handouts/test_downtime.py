"""The papers that a clinic reads from while Taper Planner cannot be reached."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from taperplanner.audit.models import Event
from taperplanner.handouts.downtime.folder import keep_papers
from taperplanner.handouts.downtime.papers import DownTimePapers, down_time_papers
from taperplanner.handouts.models import PrintedHandout
from taperplanner.open_papers import papers_in

from ..house.law import TOP
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


# --- With a key -------------------------------------------------------------------------------

KEYS = {"of-2026": "a secret of thirty-two characters", "of-2025": "the secret of the year before it!"}


@pytest.fixture
def with_key(settings: Any) -> None:
    settings.BACKUP_KEYS = KEYS


def opened(file: Path, *to: str, keys: dict[str, str] = KEYS) -> subprocess.CompletedProcess[bytes]:
    """By a process that has no settings and no database."""
    given = ",".join(f"{name}:{secret}" for name, secret in keys.items())
    command = [sys.executable, "-m", "taperplanner.open_papers", str(file), *to]
    environment = {"PATH": os.environ["PATH"], "BACKUP_KEYS": given}
    return subprocess.run(command, cwd=TOP, env=environment, capture_output=True, check=False)


def test_with_a_key_the_papers_and_forms_are_encrypted_and_open_without_the_server(
    universe: Universe, with_key: None, tmp_path: Path
) -> None:
    plan_of(universe.ours, "Adams")
    call_command("keep_papers", str(tmp_path), "--spare", "1")
    files = sorted(file for file in tmp_path.iterdir() if "riverside" in file.name)
    assert [file.name.rpartition("-")[2][-14:] for file in files] == [".pdf.encrypted"] * 2
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert b"%PDF" not in file.read_bytes()
        done = opened(file)
        assert (done.returncode, done.stderr) == (0, b"")
        assert "Adams" in " ".join(pages_of(done.stdout))
    pdf = tmp_path / "open.pdf"
    assert opened(files[0], "--to", str(pdf)).returncode == 0
    assert stat.S_IMODE(pdf.stat().st_mode) == 0o600
    assert b"is there already. Name a new file." in opened(files[0], "--to", str(pdf)).stderr


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({"of-2026": "another secret of as many letters"}, "The key 'of-2026' of BACKUP_KEYS is not the one"),
        ({"of-2027": KEYS["of-2026"]}, "the key 'of-2026', which BACKUP_KEYS does not have"),
    ],
)
def test_a_wrong_key_is_said_in_a_sentence_and_opens_nothing(
    universe: Universe, with_key: None, tmp_path: Path, keys: dict[str, str], why: str
) -> None:
    plan_of(universe.ours, "Adams")
    _, file = kept(universe, tmp_path)
    done = opened(file, "--to", str(tmp_path / "open.pdf"), keys=keys)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith("The papers are not opened. ")
    assert why in done.stderr.decode()
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("place", [3, 60, 300, -1])
def test_a_byte_that_was_flipped_is_found_and_nothing_is_opened(
    universe: Universe, with_key: None, tmp_path: Path, place: int
) -> None:
    plan_of(universe.ours, "Adams")
    _, file = kept(universe, tmp_path)
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    done = opened(file)
    assert (done.returncode, done.stdout) == (1, b"")
    assert re.fullmatch(r"The papers are not opened\. [^\n]+\.\n", done.stderr.decode())


def test_the_secret_is_asked_for_where_no_key_is_set(
    universe: Universe, with_key: None, tmp_path: Path
) -> None:
    plan_of(universe.ours, "Adams")
    papers, file = kept(universe, tmp_path)
    asked: list[str] = []
    content = papers_in(file, {}, lambda prompt: asked.append(prompt) or f"{KEYS['of-2026']}\n")  # type: ignore[func-returns-value]
    assert content == papers.content
    assert asked == ["Secret of the key 'of-2026': "]


def test_what_is_not_encrypted_never_lies_on_the_disk(
    universe: Universe, with_key: None, tmp_path: Path
) -> None:
    """Every file that the process opens to write, for however short a time, is an encrypted one."""
    plan_of(universe.ours, "Adams")
    written: list[str] = []
    active = True

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if active and event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            written.append(str(arguments[0]))

    sys.addaudithook(watch)
    call_command("keep_papers", str(tmp_path))
    active = False
    ours = [name for name in written if name not in {os.devnull, "-1"} and not name.isdigit()]
    assert len(ours) == 3
    assert all(name.endswith(".pdf.encrypted.new") and name.startswith(str(tmp_path)) for name in ours)


def test_the_events_are_written_once_the_file_is_whole_and_before_it_has_its_name(
    universe: Universe, with_key: None, tmp_path: Path
) -> None:
    plan_of(universe.ours, "Adams")
    papers = down_time_papers(universe.ours.clinic, NOW)
    there: list[tuple[str, bytes]] = []

    def told(**_: Any) -> None:
        (file,) = tmp_path.iterdir()
        there.append((file.suffix, papers_in(file, KEYS, str)))

    with patch("taperplanner.handouts.downtime.folder.record_kept", told):
        keep_papers(clinic=universe.ours.clinic, papers=papers, folder=tmp_path, by=None, at=NOW)
    assert there == [(".new", papers.content)]
    assert [file.suffix for file in tmp_path.iterdir()] == [".encrypted"]


def test_a_full_disk_keeps_the_file_of_before_and_tells_of_nothing(
    universe: Universe, tmp_path: Path
) -> None:
    plan_of(universe.ours, "Adams")
    _, file = kept(universe, tmp_path)
    before, events = file.read_bytes(), Event.objects.count()
    full = patch("taperplanner.private_files.os.fsync", side_effect=OSError(28, "No space left on device"))
    with full, pytest.raises(OSError, match="No space left"):
        kept(universe, tmp_path)
    assert (list(tmp_path.iterdir()), file.read_bytes()) == ([file], before)
    assert Event.objects.count() == events


def test_what_was_kept_before_there_was_a_key_or_under_another_name_is_gone(
    universe: Universe, settings: Any, tmp_path: Path
) -> None:
    clinic = universe.ours.clinic
    plan_of(universe.ours, "Adams")
    call_command("keep_papers", str(tmp_path))
    (tmp_path / f"down-time-riverside-clinic-{clinic.pk}.pdf.new").write_bytes(
        b"%PDF of a run that was killed"
    )
    (tmp_path / "notes.txt").write_text("somebody's own")
    settings.BACKUP_KEYS = KEYS
    type(clinic).objects.filter(pk=clinic.pk).update(name="Lakeside")
    call_command("keep_papers", str(tmp_path))
    left = sorted(file.name for file in tmp_path.iterdir() if str(clinic.pk) in file.name)
    assert left == [
        f"down-time-forms-lakeside-{clinic.pk}.pdf.encrypted",
        f"down-time-lakeside-{clinic.pk}.pdf.encrypted",
    ]
    assert (tmp_path / "notes.txt").exists()


def test_a_secret_that_is_too_short_keeps_nothing_and_is_said(
    universe: Universe, settings: Any, tmp_path: Path
) -> None:
    settings.BACKUP_KEYS = {"of-2026": "short"}
    with pytest.raises(CommandError, match="Set BACKUP_KEYS to name:secret, each 32 characters or more"):
        call_command("keep_papers", str(tmp_path))
    assert not list(tmp_path.iterdir())
