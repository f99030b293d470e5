"""Row locks, held until the transaction ends and always taken in one order: the patient, the plan, its draft. So no two
requests wait for each other."""

from __future__ import annotations

from typing import Final

from taperplanner.patients.models import Patient
from taperplanner.patients.rows import lock_open
from taperplanner.saving import Refused, lock_unchanged

from .models import Draft, Plan

ENDED: Final = "This plan has ended. Open a new one."


class AlreadySigned(Exception):
    """The draft is gone: it was signed or discarded in another tab or by somebody else."""


def locked_plan(plan: Plan, refusal: type[Refused], ended: str = ENDED) -> Plan:
    """The plan, locked. Raises: `refusal`, if its patient is archived or it has ended."""
    lock_open(plan.patient, refusal)
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if not locked.is_open:
        raise refusal(ended)
    return locked


def unchanged_plan(plan: Plan, revision: int, refusal: type[Refused], ended: str = ENDED) -> Plan:
    """The plan, locked, its revision moved on. Raises: Conflict, and as `locked_plan`."""
    lock_open(plan.patient, refusal)
    locked = lock_unchanged(plan, revision=revision)
    if not locked.is_open:
        raise refusal(ended)
    return locked


def locked_draft(draft: Draft, revision: int) -> Draft:
    """The draft, locked, its revision moved on. Raises: Conflict, AlreadySigned."""
    Patient.objects.select_for_update().get(plans=draft.plan_id)
    Plan.objects.select_for_update().get(pk=draft.plan_id)
    try:
        return lock_unchanged(draft, revision=revision)
    except Draft.DoesNotExist:
        raise AlreadySigned from None
