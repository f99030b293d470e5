"""One file of all the copies of a batch."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from taperplanner.accounts.models import User
from taperplanner.patients.restricted.rule import open_to
from taperplanner.saving import Refused
from taperplanner.tapers.signed.content import Tampered

from ..copies.files import job_of, no_longer_printable, set_again
from ..models import PrintBatch, PrintedHandout, copies_of
from ..printing.job import Job
from ..printing.render import AddressOf, CannotSet

NOTHING_YET: Final = "Nothing of this batch is printed yet."
NOTHING_LEFT: Final = "Nothing of this batch may be printed any more. The reasons stand below."
CANNOT_BE_SET: Final = "One of these papers can no longer be printed. Open each patient's plan instead."


class NoFile(Refused):
    """The message says why, for the page."""


def batch_file(
    batch: PrintBatch, user: User, today: date, address_of: AddressOf
) -> tuple[list[PrintedHandout], bytes]:
    """The copies that may still be printed and are open to the user, and their pages. Raises: NoFile."""
    jobs = jobs_of(batch, user, today)
    left_out = no_longer_printable(jobs)
    copies = [copy for copy in _copies_of(batch, user) if copy.pk not in left_out]
    if not copies:
        raise NoFile(NOTHING_LEFT if jobs else NOTHING_YET)
    try:
        return copies, set_again([(copy, jobs[copy.pk]) for copy in copies], address_of)
    except (CannotSet, Tampered) as problem:
        raise NoFile(CANNOT_BE_SET) from problem


def jobs_of(batch: PrintBatch, user: User, today: date) -> dict[UUID, Job]:
    return {copy.pk: job_of(copy, today) for copy in _copies_of(batch, user)}


def _copies_of(batch: PrintBatch, user: User) -> list[PrintedHandout]:
    """Their files are asked only what they were set from."""
    copies = copies_of(batch.clinic).of_items(batch.items.all()).with_file().defer("file__pdf")
    return list(open_to(copies, user, patient="version__plan__patient"))
