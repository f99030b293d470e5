"""What can be done to a follow-up. No day in here comes from anywhere but a typed field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.patients.actions import record_far_day
from taperplanner.patients.rows import lock_open
from taperplanner.saving import Conflict, Refused, lock_unchanged, next_number
from taperplanner.tapers.models import Plan, Version

from ..models import FollowUp, Status
from ..models.follow_ups import SETTLED
from .due import StepLink

SETTLED_ALREADY: Final = "This follow-up is settled already."
CHANGED: Final = "Somebody changed one of these meanwhile. Open this page again, then decide."
IN_ERROR: Final = "This follow-up was marked as entered in error."


class CannotAddFollowUp(Refused):
    pass


class CannotEditFollowUp(Refused):
    pass


class CannotSettleFollowUp(Refused):
    pass


@dataclass(frozen=True, slots=True)
class FollowUpDetails:
    purpose: str
    assigned_to: User
    far_reason: str = ""  # why a date far from today is meant


@dataclass(frozen=True, slots=True)
class Moved:
    """What a person decided of a follow-up whose step was moved: exactly one of the three.

    `step`: move with it. `reason`: cancel. Neither: keep the date.
    """

    revision: int
    step: StepLink | None = None
    reason: str = ""


@audited_transaction()
def add_follow_up(*, plan: Plan, due_on: date, details: FollowUpDetails, by: User, at: datetime) -> FollowUp:
    """Raises: CannotAddFollowUp."""
    _lock(plan, details)
    follow_up = _new(plan, next_number(plan.follow_ups.all()), due_on, details, by=by, at=at)
    follow_up.save(force_insert=True)
    of = _subject(plan, follow_up.number)
    record_far_day(patient=plan.patient, of=of, day=due_on, reason=details.far_reason, by=by, at=at)
    record(
        "follow_up.added", by=by, at=at, patient_id=plan.patient_id, subject=_subject(plan, follow_up.number)
    )
    return follow_up


@audited_transaction()
def add_follow_ups_with_steps(
    *,
    version: Version,
    steps: Sequence[StepLink],
    details: FollowUpDetails,
    by: User,
    at: datetime,
) -> list[FollowUp]:
    """One for each step given, on the day that goes with it. Raises: CannotAddFollowUp.

    `version`: the newest when the steps were read.
    """
    plan = version.plan
    _lock(plan, details)
    if plan.versions.filter(number__gt=version.number).exists():
        raise CannotAddFollowUp("A newer version was signed meanwhile. Read its steps, then add again.")
    if not steps:
        raise CannotAddFollowUp(
            "No step has such a day from today on. Check the number of days, or type a date."
        )
    first = next_number(plan.follow_ups.all())
    added = []
    for number, link in enumerate(steps, first):
        follow_up = _new(plan, number, link.due_on, details, by=by, at=at)
        _link_to_step(follow_up, link)
        added.append(follow_up)
    FollowUp.objects.bulk_create(added)
    record(
        "follow_up.added_with_steps",
        by=by,
        at=at,
        patient_id=plan.patient_id,
        subject=f"{plan}, {version}",
        details={"count": len(added)},
    )
    return added


@audited_transaction()
def edit_follow_up(
    *, follow_up: FollowUp, due_on: date, details: FollowUpDetails, revision: int, by: User, at: datetime
) -> FollowUp:
    """Another date removes its link to a step. Raises: Conflict, CannotEditFollowUp."""
    lock_open(follow_up.plan.patient, CannotEditFollowUp)
    current = lock_unchanged(follow_up, revision=revision)
    _check_open(current, CannotEditFollowUp)
    if due_on != current.due_on:
        _unlink_from_step(current)
    current.due_on, current.purpose, current.assigned_to = due_on, details.purpose, details.assigned_to
    current.save()
    of = _subject(follow_up.plan, follow_up.number)
    record_far_day(patient=follow_up.plan.patient, of=of, day=due_on, reason=details.far_reason, by=by, at=at)
    _record("follow_up.edited", follow_up, by=by, at=at)
    return current


@audited_transaction()
def settle_follow_up(
    *, follow_up: FollowUp, status: Status, reason: str, revision: int, by: User, at: datetime
) -> FollowUp:
    """Done, missed, or cancelled with a reason. Raises: Conflict, CannotSettleFollowUp."""
    lock_open(follow_up.plan.patient, CannotSettleFollowUp)
    current = lock_unchanged(follow_up, revision=revision)
    _check_open(current, CannotSettleFollowUp)
    if status not in SETTLED:
        raise CannotSettleFollowUp("Choose whether it was done, missed or cancelled.")
    if status == Status.CANCELLED and not reason:
        raise CannotSettleFollowUp("Write why it is cancelled.")
    _settle(current, status, reason, by=by, at=at)
    current.save()
    _record("follow_up.settled", follow_up, by=by, at=at, status=status.value)
    return current


@audited_transaction()
def decide_moved(
    *, version: Version, decisions: Mapping[FollowUp, Moved], by: User, at: datetime
) -> list[FollowUp]:
    """For each follow-up whose step a newer version moved: what a person decided.

    `version`: the newest when the steps that they may go with were read. Raises: CannotEditFollowUp.
    """
    plan = version.plan
    lock_open(plan.patient, CannotEditFollowUp)
    Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.versions.filter(number__gt=version.number).exists():
        raise CannotEditFollowUp(CHANGED)
    changed = []
    for follow_up, decided in decisions.items():
        current = _locked(follow_up, decided.revision)
        _check_open(current, CannotEditFollowUp)
        if decided.step is not None:
            current.due_on = decided.step.due_on
            _link_to_step(current, decided.step)
        elif decided.reason:
            _settle(current, Status.CANCELLED, decided.reason, by=by, at=at)
        else:
            _unlink_from_step(current)
        current.save()
        changed.append(current)
    record(
        "follow_up.moved_decided",
        by=by,
        at=at,
        patient_id=plan.patient_id,
        subject=f"{plan}, {version}",
        details={"count": len(changed)},
    )
    return changed


def _lock(plan: Plan, details: FollowUpDetails) -> None:
    """Numbers are dealt out one at a time, to somebody who works at the patient's clinic."""
    patient = lock_open(plan.patient, CannotAddFollowUp)
    Plan.objects.select_for_update().get(pk=plan.pk)
    if details.assigned_to.clinic_id != patient.clinic_id:
        raise CannotAddFollowUp("Choose somebody of this clinic.")


def _locked(follow_up: FollowUp, revision: int) -> FollowUp:
    try:
        return lock_unchanged(follow_up, revision=revision)
    except Conflict as conflict:
        raise CannotEditFollowUp(CHANGED) from conflict


def _check_open(follow_up: FollowUp, refusal: type[Refused]) -> None:
    if hasattr(follow_up, "error"):
        raise refusal(IN_ERROR)
    if not follow_up.is_open:
        raise refusal(SETTLED_ALREADY)


def _new(
    plan: Plan, number: int, due_on: date, details: FollowUpDetails, *, by: User, at: datetime
) -> FollowUp:
    return FollowUp(
        plan=plan,
        number=number,
        due_on=due_on,
        purpose=details.purpose,
        assigned_to=details.assigned_to,
        added_by=by,
        added_at=at,
    )


def _link_to_step(follow_up: FollowUp, link: StepLink) -> None:
    follow_up.offset_days = link.offset_days
    follow_up.version_number = link.step.version.number
    follow_up.step_position = link.step.dated.step.position
    follow_up.step_begins_on = link.step.first_day


def _unlink_from_step(follow_up: FollowUp) -> None:
    follow_up.offset_days = follow_up.version_number = follow_up.step_position = None
    follow_up.step_begins_on = None


def _settle(follow_up: FollowUp, status: Status, reason: str, *, by: User, at: datetime) -> None:
    follow_up.status, follow_up.reason = status, reason
    follow_up.settled_by, follow_up.settled_at = by, at


def _record(action: str, follow_up: FollowUp, *, by: User, at: datetime, **details: str) -> None:
    plan = follow_up.plan
    subject = _subject(plan, follow_up.number)
    record(action, by=by, at=at, patient_id=plan.patient_id, subject=subject, details=details)


def _subject(plan: Plan, number: int) -> str:
    return f"{plan}, follow-up {number}"
