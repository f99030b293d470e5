"""The folder in which each clinic's papers for down time stand, and the blank forms beside them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from django.conf import settings as project
from django.utils.text import slugify

from taperplanner.accounts.models import Clinic, User
from taperplanner.monitoring.downtime.actions import write_forms
from taperplanner.private_files import opened_to_write, put_over
from taperplanner.sealed import Key, Sealed, first_of, write

from .actions import record_kept
from .forms import BlankForms
from .papers import DownTimePapers

ENCRYPTED: Final = ".encrypted"


def keep_papers(
    *, clinic: Clinic, papers: DownTimePapers, folder: Path, by: User | None, at: datetime
) -> Path | None:
    """Write them over the file of the time before. None: there was nothing. Raises: sealed.Refused, OSError."""
    file = _file(folder, clinic, "down-time-restricted" if papers.restricted else "down-time")
    tell = partial(record_kept, clinic=clinic, papers=papers, by=by, at=at)
    return _keep(file, papers.content, tell) if papers.versions else None


def keep_forms(
    *, clinic: Clinic, forms: BlankForms, folder: Path, restricted: bool, by: User | None, at: datetime
) -> Path | None:
    """The same of the blank forms: each code is known before anybody can write on its form."""
    file = _file(folder, clinic, "down-time-forms-restricted" if restricted else "down-time-forms")
    tell = partial(write_forms, clinic=clinic, contents=forms.forms, restricted=restricted, by=by, at=at)
    return _keep(file, forms.content, tell) if forms.forms else None


def forget_others(folder: Path, clinic: Clinic, kept: Collection[Path]) -> None:
    """What was kept under a name that the clinic had, of a time without a key, or by a run that was ended half way."""
    for file in folder.glob(f"down-time-*-{clinic.pk}.pdf*"):
        if file not in kept:
            file.unlink()


def _file(folder: Path, clinic: Clinic, kind: str) -> Path:
    return folder.joinpath(f"{kind}-{slugify(clinic.name)}-{clinic.pk}.pdf")


def _keep(file: Path, content: bytes, tell: Callable[[], object]) -> Path:
    """For its owner alone, and encrypted where there is a key: what is not encrypted is in memory only.

    It is whole on the disk before the events tell of it, and has its name after them: no event tells of a file that
    found no room, and none lies there without its events.
    """
    key = first_of(project.BACKUP_KEYS)
    to = file.with_name(f"{file.name}{ENCRYPTED}") if key else file
    beside = to.with_name(f"{to.name}.new")
    beside.unlink(missing_ok=True)
    try:
        _write(beside, content, key)
        tell()
        put_over(beside, to)
    finally:
        beside.unlink(missing_ok=True)
    return to


def _write(beside: Path, content: bytes, key: Key | None) -> None:
    with opened_to_write(beside) as opened:
        if key:
            write(opened, [content], key, of=Sealed.PAPERS)
        else:
            opened.write(content)
