"""The folder in which each clinic's papers for down time stand."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.utils.text import slugify

from taperplanner.accounts.models import Clinic, User

from .actions import record_kept
from .papers import DownTimePapers


def keep_papers(
    *, clinic: Clinic, papers: DownTimePapers, folder: Path, by: User | None, at: datetime
) -> Path | None:
    """Write them over the file of the time before, for its owner alone to read. None: there was nothing.

    The events first, and kept: no paper of a patient stands in the folder without its event.
    """
    kind = "down-time-restricted" if papers.restricted else "down-time"
    file = folder.joinpath(f"{kind}-{slugify(clinic.name)}-{clinic.pk}.pdf")
    if not papers.versions:
        file.unlink(missing_ok=True)
        return None
    record_kept(clinic=clinic, papers=papers, by=by, at=at)
    _write(file, papers.content)
    return file


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all, and for its owner alone."""
    beside = file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(file)
