"""A flag is written, seen and done. The event of each says that it was, and never what the flag says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.patients.models import Patient
from taperplanner.patients.rows import lock_open
from taperplanner.saving import Refused, next_number

from .models import ANY_PROVIDER, Flag, FlagDone, FlagSeen
from .readers import colleagues_of, is_to_read

NOBODY_SUCH: Final = "This colleague is away, no longer works here, or may not open this record. Choose somebody else, or any provider."
NO_SENTENCE: Final = "Write the sentence that they should read."
OWN_FLAG: Final = "You wrote this flag. It is seen when a colleague presses “Seen”."


class CannotFlag(Refused):
    pass


class CannotSettleFlag(Refused):
    pass


@audited_transaction()
def write_flag(*, patient: Patient, to: User | None, sentence: str, by: User, at: datetime) -> Flag:
    """`to`: None for any provider. Raises: CannotFlag."""
    locked = lock_open(patient, CannotFlag)
    if not sentence:
        raise CannotFlag(NO_SENTENCE)
    if to is not None and not colleagues_of(locked, by, _today(by, at)).filter(pk=to.pk).exists():
        raise CannotFlag(NOBODY_SUCH)
    flag = Flag.objects.create(
        patient=locked,
        number=next_number(locked.flags.all()),
        for_user=to,
        for_name=to.full_title if to else ANY_PROVIDER,
        sentence=sentence,
        written_by=by,
        written_by_name=by.full_title,
        written_at=at,
    )
    record("flag.written", by=by, at=at, patient_id=patient.pk, subject=str(flag))
    return flag


@audited_transaction()
def see_flag(*, flag: Flag, by: User, at: datetime) -> FlagSeen:
    """By whom it is for. Of an archived patient too: somebody must read it. Raises: CannotSettleFlag."""
    _lock(flag)
    if flag.written_by_id == by.pk:
        raise CannotSettleFlag(OWN_FLAG)
    if not is_to_read(flag, by, _today(by, at)):
        raise CannotSettleFlag(_for_somebody_else(flag))
    if there := FlagSeen.objects.filter(flag=flag).first():
        raise CannotSettleFlag(f"{there.seen_by_name} has seen this flag already.")
    seen = FlagSeen.objects.create(flag=flag, seen_by=by, seen_by_name=by.full_title, seen_at=at)
    record("flag.seen", by=by, at=at, patient_id=flag.patient_id, subject=str(flag))
    return seen


@audited_transaction()
def finish_flag(*, flag: Flag, by: User, at: datetime) -> FlagDone:
    """By whom it is for, or by whoever wrote it. Raises: CannotSettleFlag."""
    _lock(flag)
    if flag.written_by_id != by.pk and not is_to_read(flag, by, _today(by, at)):
        raise CannotSettleFlag(_for_somebody_else(flag))
    if there := FlagDone.objects.filter(flag=flag).first():
        raise CannotSettleFlag(f"{there.done_by_name} has said already that this flag is done.")
    done = FlagDone.objects.create(flag=flag, done_by=by, done_by_name=by.full_title, done_at=at)
    record("flag.done", by=by, at=at, patient_id=flag.patient_id, subject=str(flag))
    return done


def _today(by: User, at: datetime) -> date:
    return by.clinic.day_of(at)


def _lock(flag: Flag) -> None:
    """The flag itself never changes, so its patient is locked."""
    Patient.objects.select_for_update().get(pk=flag.patient_id)


def _for_somebody_else(flag: Flag) -> str:
    return f"This flag is for {flag.for_name}. Ask them, or write a flag of your own."
