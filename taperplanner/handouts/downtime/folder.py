"""The folder in which each clinic's papers for down time stand, and the blank forms beside them."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.utils.text import slugify

from taperplanner.accounts.models import Clinic, User
from taperplanner.monitoring.downtime.actions import write_forms

from .actions import record_kept
from .forms import BlankForms
from .papers import DownTimePapers


def keep_papers(
    *, clinic: Clinic, papers: DownTimePapers, folder: Path, by: User | None, at: datetime
) -> Path | None:
    """Write them over the file of the time before, for its owner alone to read. None: there was nothing.

    The events first, and kept: no paper of a patient stands in the folder without its event.
    """
    file = _file(folder, clinic, "down-time-restricted" if papers.restricted else "down-time")
    if not papers.versions:
        file.unlink(missing_ok=True)
        return None
    record_kept(clinic=clinic, papers=papers, by=by, at=at)
    _write(file, papers.content)
    return file


def keep_forms(
    *, clinic: Clinic, forms: BlankForms, folder: Path, restricted: bool, by: User | None, at: datetime
) -> Path | None:
    """The same of the blank forms: each code is known before anybody can write on its form."""
    file = _file(folder, clinic, "down-time-forms-restricted" if restricted else "down-time-forms")
    if not forms.forms:
        file.unlink(missing_ok=True)
        return None
    write_forms(clinic=clinic, new=forms.forms, restricted=restricted, by=by, at=at)
    _write(file, forms.content)
    return file


def _file(folder: Path, clinic: Clinic, kind: str) -> Path:
    return folder.joinpath(f"{kind}-{slugify(clinic.name)}-{clinic.pk}.pdf")


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
