"""Where a copy lies meanwhile: for its owner alone, and gone afterwards, also after a run that was killed."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

from taperplanner.backups.files import work_folder


def killed_in(parent: Path) -> Path:
    """The folder of a run that was ended by SIGKILL."""
    child = os.fork()
    if not child:
        with work_folder(parent) as folder:
            (folder / "content").write_text("of every patient")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    (left,) = parent.iterdir()
    return left


def test_it_is_for_its_owner_alone_and_gone_afterwards(tmp_path: Path) -> None:
    with work_folder(tmp_path) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert folder.parent == tmp_path
    assert not list(tmp_path.iterdir())


def test_what_a_killed_run_left_is_cleared_by_the_next_one(tmp_path: Path) -> None:
    left = killed_in(tmp_path)
    assert (left / "content").exists()
    with work_folder(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]
    assert not list(tmp_path.iterdir())


def test_what_another_run_works_in_and_what_is_somebody_elses_stays(tmp_path: Path) -> None:
    other = tmp_path / "taperplanner-backup-of-somebody"
    other.mkdir()
    (tmp_path / "taperplanner-20261128T030000Z.backup").touch()
    with work_folder(tmp_path) as running:
        (running / "content").touch()
        with work_folder(tmp_path):
            assert (running / "content").exists()
        assert (running / "content").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "taperplanner-20261128T030000Z.backup",
        "taperplanner-backup-of-somebody",
    ]
