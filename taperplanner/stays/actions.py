"""That a patient is in a facility, that they left it, what a provider decides then; and that one was entered in error.

No action here changes a schedule, a follow-up or a count.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final

from taperplanner.accounts.models import User
from taperplanner.accounts.signing_rights import why_not_sign
from taperplanner.audit.log import audited_transaction, record
from taperplanner.days import without_weekday
from taperplanner.patients.actions import record_far_day
from taperplanner.patients.models import Patient
from taperplanner.patients.rows import lock_open
from taperplanner.saving import Refused, next_number
from taperplanner.tapers.locking import locked_plan
from taperplanner.tapers.models import Plan
from taperplanner.tapers.signed.content import verified_course

from .models import Gives, GoesOn, Stay, StayEnd, StayEndInError, StayInError
from .rule import where, whereabouts_of_one

CHANGED: Final = "This was changed meanwhile. Read it again first."
IN_ERROR_ALREADY: Final = "This is marked as entered in error already."


class CannotRecordStay(Refused):
    pass


class CannotEndStay(Refused):
    pass


class CannotGoOn(Refused):
    pass


class CannotMarkStayInError(Refused):
    pass


@dataclass(frozen=True, slots=True)
class StayDetails:
    facility: str
    began_on: date
    gives: Gives
    told_by: str
    expected_until: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class EndDetails:
    """`taken_there`: in the words of whoever said so; nothing reads an amount from them."""

    ended_on: date
    taken_there: str
    told_by: str


@audited_transaction()
def begin_stay(
    *, patient: Patient, details: StayDetails, far_reason: str = "", by: User, at: datetime
) -> Stay:
    """Raises: CannotRecordStay, if archived or in a facility already."""
    locked = lock_open(patient, CannotRecordStay)
    if there := whereabouts_of_one(locked).stay:
        raise CannotRecordStay(f"{where(there)}, by what was recorded. Record first that they left it.")
    stay = _write(locked, details, None, by=by, at=at)
    day, of = details.began_on, str(stay)
    record_far_day(patient=locked, of=of, day=day, reason=far_reason, by=by, at=at)
    record("stay.begun", by=by, at=at, patient_id=locked.pk, subject=of)
    return stay


@audited_transaction()
def correct_stay(*, stay: Stay, details: StayDetails, far_reason: str = "", by: User, at: datetime) -> Stay:
    """What is known of a stay that goes on, in a row of its own. Raises: CannotRecordStay."""
    locked = lock_open(stay.patient, CannotRecordStay)
    if not Stay.objects.open().filter(pk=stay.pk).exists():
        raise CannotRecordStay(CHANGED)
    newer = _write(locked, details, stay, by=by, at=at)
    day, of = details.began_on, str(newer)
    record_far_day(patient=locked, of=of, day=day, reason=far_reason, by=by, at=at)
    record("stay.corrected", by=by, at=at, patient_id=locked.pk, subject=of)
    return newer


@audited_transaction()
def end_stay(*, stay: Stay, details: EndDetails, far_reason: str = "", by: User, at: datetime) -> StayEnd:
    """From now on each plan waits for a provider. Raises: CannotEndStay."""
    lock_open(stay.patient, CannotEndStay)
    if not Stay.objects.open().filter(pk=stay.pk).exists():
        raise CannotEndStay(CHANGED)
    if details.ended_on < stay.began_on:
        raise CannotEndStay(
            f"The stay began on {without_weekday(stay.began_on)}. Enter that day or a later one."
        )
    end = StayEnd.objects.create(
        stay=stay, **asdict(details), recorded_by=by, recorded_by_name=by.full_title, recorded_at=at
    )
    day, of = details.ended_on, str(stay)
    record_far_day(patient=stay.patient, of=of, day=day, reason=far_reason, by=by, at=at)
    record("stay.ended", by=by, at=at, patient_id=stay.patient_id, subject=of)
    return end


@audited_transaction()
def go_on_as_signed(*, plan: Plan, end: StayEnd | None, reason: str, by: User, at: datetime) -> GoesOn:
    """A provider has heard what was taken there, and the schedule holds as it is. It changes nothing of it.

    `end`: what they read of; None where their page found nothing any more. Raises: CannotGoOn; Tampered.
    """
    locked = locked_plan(plan, CannotGoOn)
    if held := why_not_sign(by, at):
        raise CannotGoOn(held)
    if not reason:
        raise CannotGoOn("Write why the schedule goes on as signed.")
    now, versions = whereabouts_of_one(plan.patient), list(locked.versions.all())
    if now.stay is not None:
        raise CannotGoOn(f"{where(now.stay)}, by what was recorded. Decide when they have left it.")
    if end is None or now.end != end or not now.is_undecided(locked.pk, versions):
        raise CannotGoOn("Somebody decided meanwhile, or the stay was changed. Read it again.")
    course = verified_course(locked)
    assert course is not None  # noqa: S101 - an undecided plan has a signed version
    version = course.in_force_or_first(plan.patient.clinic.day_of(at)).version
    decision = GoesOn.objects.create(
        end=end,
        plan=locked,
        version=version,
        reason=reason,
        decided_by=by,
        decided_by_name=by.full_title,
        decided_at=at,
    )
    record("stay.goes_on", by=by, at=at, patient_id=plan.patient_id, subject=f"{plan}, {version}")
    return decision


@audited_transaction()
def mark_stay_in_error(*, stay: Stay, reason: str, by: User, at: datetime) -> StayInError:
    """With its end and what was decided after it: as if it had never been recorded. Raises: CannotMarkStayInError."""
    lock_open(stay.patient, CannotMarkStayInError)
    _refuse_to_mark(reason, is_marked=StayInError.objects.filter(stay=stay).exists())
    if Stay.objects.filter(corrects=stay).exists():
        raise CannotMarkStayInError("This was put right meanwhile. Mark the newer one.")
    error = StayInError.objects.create(
        stay=stay, reason=reason, marked_by=by, marked_by_name=by.full_title, marked_at=at
    )
    record("stay.entered_in_error", by=by, at=at, patient_id=stay.patient_id, subject=str(stay))
    return error


@audited_transaction()
def mark_end_in_error(*, end: StayEnd, reason: str, by: User, at: datetime) -> StayEndInError:
    """They are there still, and what was decided after it counts for nothing. Raises: CannotMarkStayInError."""
    patient = lock_open(end.stay.patient, CannotMarkStayInError)
    _refuse_to_mark(reason, is_marked=StayEndInError.objects.filter(end=end).exists())
    now = whereabouts_of_one(patient)
    if now.stay is not None or now.end != end:
        raise CannotMarkStayInError(
            "A later stay is recorded, and a patient is in one place. Mark that one first if it is wrong."
        )
    error = StayEndInError.objects.create(
        end=end, reason=reason, marked_by=by, marked_by_name=by.full_title, marked_at=at
    )
    record("stay.end_in_error", by=by, at=at, patient_id=patient.pk, subject=str(end.stay))
    return error


def _write(patient: Patient, details: StayDetails, corrects: Stay | None, *, by: User, at: datetime) -> Stay:
    return Stay.objects.create(
        patient=patient,
        number=next_number(patient.stays.all()),
        corrects=corrects,
        **asdict(details),
        recorded_by=by,
        recorded_by_name=by.full_title,
        recorded_at=at,
    )


def _refuse_to_mark(reason: str, *, is_marked: bool) -> None:
    if not reason:
        raise CannotMarkStayInError("Write what was wrong.")
    if is_marked:
        raise CannotMarkStayInError(IN_ERROR_ALREADY)
