"""Printed copies for the tests: with the file that the product stores, or as the browser prints one, which is quick."""

from __future__ import annotations

from datetime import datetime

from taperplanner.accounts.models import User
from taperplanner.handouts.batches import printing
from taperplanner.handouts.copies import actions
from taperplanner.handouts.models import BatchItem, PrintBatch, PrintedHandout
from taperplanner.handouts.paper.layouts import Choice
from taperplanner.handouts.printing.job import PrintJob
from taperplanner.handouts.printing.render import set_paper
from taperplanner.tapers.models import Version


def address_of(path: str) -> str:
    return f"http://testserver{path}"


def print_handout(
    *, version: Version, choice: Choice, by: User, at: datetime, keep: bool = False, with_file: bool = False
) -> PrintedHandout:
    """A copy as an action makes it; without `with_file` no paper is set."""
    job = PrintJob(version, choice, at=at)
    paper = set_paper(job, address_of) if with_file else None
    return actions.print_handout(job=job, paper=paper, by=by, at=at, keep=keep)


def print_next(*, batch: PrintBatch, by: User, at: datetime) -> list[BatchItem]:
    return printing.print_next(batch=batch, address_of=address_of, by=by, at=at)
