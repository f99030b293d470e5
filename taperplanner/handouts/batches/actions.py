"""A batch: started with its plans, then printed a few at a time."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction

from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.log import record
from taperplanner.days import in_words
from taperplanner.saving import Refused
from taperplanner.tapers.models import Plan
from taperplanner.tapers.signed import Tampered, load_course
from taperplanner.typesetting import CannotTypeset

from ..copies.actions import CannotPrint, print_handout
from ..models import BatchItem, ItemState, PrintBatch, PrintedHandout
from ..paper.day_by_day import CannotLayOut
from ..paper.layouts import Layout
from ..printing.files import preview_data
from ..printing.may_print import TAMPERED
from ..printing.presets import preset
from ..printing.render import pdf_of
from .picking import MOST

logger = logging.getLogger(__name__)

AT_ONCE: Final = 5
NOT_SIGNED: Final = "No version of this plan is signed yet."
FAILED: Final = "Something went wrong here. Whoever runs Taper Planner finds it in the log."
ENDED: Final = "This plan has ended."


class CannotStartBatch(Refused):
    """The message says why, for the page."""


@transaction.atomic
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


@transaction.atomic
def print_next(*, batch: PrintBatch, by: User, at: datetime) -> list[BatchItem]:
    """Print the next few, or write down why one cannot be. Two who ask at once take turns."""
    locked = PrintBatch.objects.select_for_update().get(pk=batch.pk)
    waiting = locked.items.in_state(ItemState.WAITING).in_order()
    items = list(waiting.select_related("plan__patient__clinic")[:AT_ONCE])
    for item in items:
        try:
            with transaction.atomic():  # what goes wrong with one patient undoes nothing of the others
                item.copy = _print(item.plan, locked, by=by, at=at)
            item.state = ItemState.PRINTED
        except (CannotPrint, CannotTypeset, CannotLayOut) as problem:
            _refuse(item, str(problem)[:500], by=by, at=at)
        except Tampered:
            _refuse(item, TAMPERED, by=by, at=at)
        except Exception:  # else one patient would stop the batch for good
            logger.exception("item %s of %s could not be printed", item.position, locked)
            _refuse(item, FAILED, by=by, at=at)
        item.save(update_fields=["copy", "state", "refusal"])
    return items


def _print(plan: Plan, batch: PrintBatch, *, by: User, at: datetime) -> PrintedHandout:
    """The version in force on the batch's day, or the first that will be, once nobody can sign another in between.

    Without a day, where another waits, somebody has to say which of the two is wanted: the plan's page prints either.
    """
    plan.refresh_from_db(fields=["state"], from_queryset=Plan.objects.select_for_update())
    course, today = load_course(plan), plan.patient.clinic.day_of(at)
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
    version = now.version
    choice = preset(plan, Layout(batch.layout))
    pdf_of([preview_data(version, choice, at=at)])
    return print_handout(version=version, choice=choice, by=by, at=at)


def _refuse(item: BatchItem, why: str, *, by: User, at: datetime) -> None:
    item.state, item.refusal = ItemState.REFUSED, why
    record("handout.refused", by=by, at=at, patient_id=item.plan.patient_id, subject=str(item.plan))
