"""Emergencies: raised even if the rest of the check-in's form is invalid, answered with what was done, and closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Permission
from taperplanner.audit.log import audited_transaction, record
from taperplanner.patients.models import Patient
from taperplanner.saving import Refused
from taperplanner.tapers.models import Plan

from ..models import Emergency, EmergencyEntry, EntryKind


class CannotAnswerEmergency(Refused):
    pass


class CannotCloseEmergency(Refused):
    pass


@audited_transaction()
def raise_emergency(
    *, plan: Plan, signs: Sequence[str], form_key: str, by: User, at: datetime
) -> list[Emergency]:
    """Save the danger signs of a form that was refused; also for an archived patient.

    Those that the same form raised before are not raised again. Returns every emergency of the form.
    """
    Patient.objects.select_for_update().get(pk=plan.patient_id)
    raised = list(Emergency.objects.of_form(plan, form_key, by).oldest_first().with_plan())
    known = {sign for emergency in raised for sign in emergency.signs}
    new = [sign for sign in signs if sign not in known]
    if new:
        emergency = Emergency.objects.create(
            patient=plan.patient,
            plan=plan,
            signs=new,
            form_key=form_key or None,
            raised_by=by,
            raised_at=at,
        )
        _record("emergency.raised", emergency, by=by, at=at)
        raised.append(emergency)
    return raised


@audited_transaction()
def answer_emergency(*, emergency: Emergency, done: str, by: User, at: datetime) -> EmergencyEntry:
    """Record what was done. Raises: CannotAnswerEmergency."""
    if not done:
        raise CannotAnswerEmergency("Write what was done.")
    _lock(emergency)
    if _is_closed(emergency):
        raise CannotAnswerEmergency("This emergency was closed meanwhile. Record a new check-in.")
    entry = _write(emergency, EntryKind.DONE, done, by=by, at=at)
    _record("emergency.answered", emergency, by=by, at=at)
    return entry


@audited_transaction()
def close_emergency(*, emergency: Emergency, note: str, by: User, at: datetime) -> EmergencyEntry:
    """A provider closes it with a note, after what was done is recorded; the patient is no longer marked.

    Raises: CannotCloseEmergency.
    """
    if not by.may(Permission.CLOSE_EMERGENCY):
        raise CannotCloseEmergency("Only a provider closes an emergency.")
    if not note:
        raise CannotCloseEmergency("Write why the emergency is over.")
    _lock(emergency)
    if _is_closed(emergency):
        raise CannotCloseEmergency("This emergency is closed already.")
    if not emergency.entries.filter(kind=EntryKind.DONE).exists():
        raise CannotCloseEmergency("Record what was done first.")
    entry = _write(emergency, EntryKind.CLOSED, note, by=by, at=at)
    _record("emergency.closed", emergency, by=by, at=at)
    return entry


def _lock(emergency: Emergency) -> None:
    """An archived patient's emergency can still be closed."""
    Patient.objects.select_for_update().get(pk=emergency.patient_id)


def _is_closed(emergency: Emergency) -> bool:
    return emergency.entries.filter(kind=EntryKind.CLOSED).exists()


def _write(emergency: Emergency, kind: EntryKind, text: str, *, by: User, at: datetime) -> EmergencyEntry:
    return EmergencyEntry.objects.create(
        emergency=emergency,
        kind=kind,
        text=text,
        written_by=by,
        written_by_name=by.full_title,
        written_at=at,
    )


def _record(action: str, emergency: Emergency, *, by: User, at: datetime) -> None:
    recorded_in = emergency.recorded_in
    subject = f"{emergency.of_plan}, {recorded_in}" if recorded_in else f"{emergency.of_plan}, emergency"
    record(action, by=by, at=at, patient_id=emergency.patient_id, subject=subject)
