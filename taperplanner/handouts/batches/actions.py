"""A batch: started with its plans; then each is printed or refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import Refused
from taperplanner.tapers.models import Plan

from ..copies.actions import print_handout
from ..models import BatchItem, ItemState, PrintBatch
from ..paper.layouts import Layout
from ..printing.job import PrintJob
from ..printing.render import SetPaper
from .picking import MOST


class CannotStartBatch(Refused):
    """The message says why, for the page."""


class ClaimLost(Refused):
    """Somebody else printed or refused it meanwhile."""


@audited_transaction()
def start_batch(
    *,
    clinic: Clinic,
    plans: Sequence[Plan],
    layout: Layout,
    for_day: date | None = None,
    by: User,
    at: datetime,
) -> PrintBatch:
    """`plans`: the clinic's own. `for_day`: the version in force on it is printed, today's without one.

    Nothing is printed yet. Raises: CannotStartBatch.
    """
    if not plans:
        raise CannotStartBatch("Choose one patient or more.")
    if len(plans) > MOST:
        raise CannotStartBatch(f"Choose {MOST} patients at most, and print the others after them.")
    batch = PrintBatch.objects.create(
        clinic=clinic,
        layout=layout.value,
        for_day=for_day,
        made_by=by,
        made_at=at,
    )
    BatchItem.objects.bulk_create(
        BatchItem(batch=batch, position=position, plan=plan) for position, plan in enumerate(plans, 1)
    )
    record("handout_batch.started", by=by, at=at, subject=str(batch), details={"plans": len(plans)})
    return batch


@audited_transaction()
def print_item(*, item: BatchItem, job: PrintJob, paper: SetPaper, by: User, at: datetime) -> None:
    """Write down the copy whose paper is set. Raises: CannotPrint, ClaimLost."""
    current = _claimed(item)
    current.copy = print_handout(job=job, paper=paper, by=by, at=at)
    current.state = ItemState.PRINTED
    current.save(update_fields=["copy", "state"])


@audited_transaction()
def refuse_item(*, item: BatchItem, why: str, by: User, at: datetime) -> None:
    """Write down why there is no copy. Raises: ClaimLost."""
    current = _claimed(item)
    current.state, current.refusal = ItemState.REFUSED, why[:500]
    current.save(update_fields=["state", "refusal"])
    record("handout.refused", by=by, at=at, patient_id=item.plan.patient_id, subject=str(item.plan))


def _claimed(item: BatchItem) -> BatchItem:
    """Locked; it is still this one's to finish."""
    current = BatchItem.objects.select_for_update().get(pk=item.pk)
    if current.state != ItemState.WAITING or current.claim != item.claim:
        raise ClaimLost(str(current))
    return current
