"""A batch is printed one patient after another: each is claimed, then set, then written down.

The claim and the copy are two short transactions, and the paper is set between them, so that nobody waits for it.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from taperplanner.accounts.models import User
from taperplanner.days import in_words
from taperplanner.patients.restricted.rule import is_open_to
from taperplanner.tapers.models import Plan
from taperplanner.tapers.signed.content import Tampered, verified_course
from taperplanner.typesetting import TooManyPapers

from ..models import BatchItem, PrintBatch
from ..paper.layouts import Layout
from ..printing.job import PrintJob
from ..printing.may_print import TAMPERED, CannotPrint
from ..printing.presets import preset
from ..printing.render import AddressOf, CannotSet, set_paper
from . import actions

logger = logging.getLogger(__name__)

AT_ONCE: Final = 5
NOT_SIGNED: Final = "No version of this plan is signed yet."
FAILED: Final = "Something went wrong here. Your administrator can find the reason in the log."
CLOSED: Final = "This record is restricted: only the people named for it can print it."
ENDED: Final = "This plan has ended."


def print_next(*, batch: PrintBatch, address_of: AddressOf, by: User, at: datetime) -> list[BatchItem]:
    """Print the next few, or write down why one cannot be. Two who ask at once share them.

    Where too many papers are being set, the rest waits until it is asked for again.
    """
    done: list[BatchItem] = []
    while len(done) < AT_ONCE and (item := batch.items.claim_next()):
        try:
            _finish(item, address_of, by=by, at=at)
        except TooManyPapers:
            batch.items.give_back(item)
            break
        item.refresh_from_db()
        done.append(item)
    return done


def _finish(item: BatchItem, address_of: AddressOf, *, by: User, at: datetime) -> None:
    """Of this patient alone: what goes wrong stops none of the others."""
    why = ""
    try:
        if not is_open_to(item.plan.patient, by):
            raise CannotPrint(CLOSED)
        job = _job(item.plan, item.batch, at)
        actions.print_item(item=item, job=job, paper=set_paper(job, address_of), by=by, at=at)
    except TooManyPapers:
        raise
    except actions.ClaimLost:
        return
    except (CannotPrint, CannotSet) as problem:
        why = str(problem)
    except Tampered:
        why = TAMPERED
    except Exception:  # else one patient would stop the batch for good
        logger.exception("item %s of %s could not be printed", item.position, item.batch_id)
        why = FAILED
    if why:
        actions.refuse_item(item=item, why=why, by=by, at=at)


def _job(plan: Plan, batch: PrintBatch, at: datetime) -> PrintJob:
    """The version in force on the batch's day, or the first that will be.

    Without a day, where another waits, somebody has to say which of the two is wanted: the plan's page prints either.
    """
    course, today = verified_course(plan), plan.patient.clinic.day_of(at)
    if course is None:
        raise CannotPrint(NOT_SIGNED)
    if not plan.is_open:
        raise CannotPrint(ENDED)
    now, *waiting = course.ahead(max(batch.for_day or today, today))
    if waiting and batch.for_day is None:
        raise CannotPrint(
            f"Version {waiting[0].version.number} takes over on {in_words(waiting[0].first_day)}. Print the version that"
            " is wanted, or both, from the plan's page."
        )
    return PrintJob(now.version, preset(plan, Layout(batch.layout)), at=at)
