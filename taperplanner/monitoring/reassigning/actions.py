"""Plans and follow-ups of people who are away are given to a colleague: all that was ticked, or nothing.

What was signed stays as it is, under the name of whoever signed it. Each plan and each follow-up has an event of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from taperplanner.accounts.away import away_on
from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Permission
from taperplanner.audit.log import audited_transaction, record
from taperplanner.patients.models import Patient
from taperplanner.patients.restricted.rule import closed_to
from taperplanner.saving import Refused, next_number
from taperplanner.tapers.models import Plan, PlanAssignment

from ..models import FollowUp, FollowUpAssignment
from .theirs import follow_ups_of_people, plans_of_people

NOTHING: Final = "Tick what is to be given to somebody else."
NO_WHY: Final = "Write why."
NOT_HERE: Final = "This person is away, or sees no patients here. Choose somebody who is here."
NO_PROVIDER: Final = "A plan is given to a provider. Choose a provider, or tick follow-ups alone."
CHANGED: Final = (
    "Somebody gave or closed one of these meanwhile. Nothing was changed. Read the list again, then tick."
)
CLOSED: Final = (
    "The record of {patient} is restricted, and {to} may not open it. Leave it out, or have them named for it first."
    " Nothing was changed."
)


class CannotReassign(Refused):
    pass


@audited_transaction()
def reassign(
    *, plans: Collection[UUID], follow_ups: Collection[UUID], to: User, why: str, by: User, at: datetime
) -> int:
    """By id. Gives how many. Raises: CannotReassign, and nothing of it is done."""
    if not plans and not follow_ups:
        raise CannotReassign(NOTHING)
    if not why:
        raise CannotReassign(NO_WHY)
    away = away_on(by.clinic, by.clinic.day_of(at))
    _check_to(to, away, by, is_for_plans=bool(plans))
    found = list(plans_of_people(away.keys(), by).filter(pk__in=plans))
    due = list(follow_ups_of_people(away.keys(), by).filter(pk__in=follow_ups))
    if (len(found), len(due)) != (len(set(plans)), len(set(follow_ups))):
        raise CannotReassign(CHANGED)
    _lock({plan.patient_id for plan in found} | {one.plan.patient_id for one in due}, to)
    _give_plans(found, away.keys(), to=to, why=why, by=by, at=at)
    _give_follow_ups(due, away.keys(), to=to, why=why, by=by, at=at)
    return len(found) + len(due)


def _check_to(to: User, away: Collection[UUID], by: User, *, is_for_plans: bool) -> None:
    """Raises: CannotReassign."""
    may_see = to.clinic_id == by.clinic_id and to.may(Permission.SEE_PATIENTS)
    if to.pk in away or not may_see or not to.may(Permission.RECORD_MONITORING):
        raise CannotReassign(NOT_HERE)
    if is_for_plans and not to.may(Permission.SIGN_PLAN):
        raise CannotReassign(NO_PROVIDER)


def _lock(patients: Collection[UUID], to: User) -> None:
    """In one order. Raises: CannotReassign, of one that is archived, or closed to whom it would be given."""
    locked = list(Patient.objects.select_for_update().filter(pk__in=patients).order_by("pk"))
    if any(patient.archived_at for patient in locked):
        raise CannotReassign(CHANGED)
    if closed := closed_to(to).filter(pk__in=patients).first():
        raise CannotReassign(CLOSED.format(patient=closed.list_name, to=to.name))


def _give_plans(
    found: Sequence[Plan], away: Collection[UUID], *, to: User, why: str, by: User, at: datetime
) -> None:
    """Raises: CannotReassign, if one is no longer whose it was before it was locked."""
    ids = [plan.pk for plan in found]
    locked = Plan.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    still = plans_of_people(away, by).filter(pk__in=[plan.pk for plan in locked])
    if still.count() != len(ids):
        raise CannotReassign(CHANGED)
    for plan in found:
        given = PlanAssignment.objects.create(
            plan=plan,
            after_version=next_number(plan.versions.all()) - 1,
            to=to,
            to_name=to.full_title,
            why=why,
            assigned_by=by,
            assigned_by_name=by.full_title,
            assigned_at=at,
        )
        details = {"from": str(vars(plan)["provider"]), "to": str(to.pk)}
        subject = str(plan)
        record(
            "plan.reassigned",
            by=by,
            at=at,
            patient_id=plan.patient_id,
            subject=subject,
            details=details,
            tells_of=[given],
        )


def _give_follow_ups(
    due: Sequence[FollowUp], away: Collection[UUID], *, to: User, why: str, by: User, at: datetime
) -> None:
    """Raises: CannotReassign, if one is no longer open, or no longer whose it was."""
    ids = [one.pk for one in due]
    locked = {one.pk: one for one in FollowUp.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    for one in due:
        current = locked[one.pk]
        if not current.is_open or current.assigned_to_id not in away:
            raise CannotReassign(CHANGED)
        given = FollowUpAssignment.objects.create(
            follow_up=current,
            before=current.assigned_to,
            to=to,
            to_name=to.full_title,
            why=why,
            assigned_by=by,
            assigned_by_name=by.full_title,
            assigned_at=at,
        )
        details = {"from": str(current.assigned_to_id), "to": str(to.pk)}
        current.assigned_to = to
        current.revision += 1
        current.save(update_fields=["assigned_to", "revision"])
        subject = f"{one.plan}, {one}"
        record(
            "follow_up.reassigned",
            by=by,
            at=at,
            patient_id=one.plan.patient_id,
            subject=subject,
            details=details,
            tells_of=[given],
        )
