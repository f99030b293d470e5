"""Who helps at home is recorded, and ended. A change is a new record, so that each consent keeps its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import Refused, next_number

from ..actions import record_far_day
from ..models import HomeHelper, HomeHelperEnd, MayBeTold, Patient
from ..rows import lock_open


class CannotRecordHelper(Refused):
    pass


class CannotEndHelper(Refused):
    pass


@dataclass(frozen=True, kw_only=True)
class HelperDetails:
    """As typed. `agreed_on`: the day of the patient's consent; `far_reason`: why one far from today is meant."""

    name: str
    may_be_told: MayBeTold
    relation: str = ""
    phone: str = ""
    agreed_on: date | None = None
    is_on_paper: bool = False
    far_reason: str = ""


@audited_transaction()
def record_helper(*, patient: Patient, details: HelperDetails, by: User, at: datetime) -> HomeHelper:
    """Raises: CannotRecordHelper, if archived, or if something is said that nobody agreed to."""
    locked = lock_open(patient, CannotRecordHelper)
    _refuse_unless_agreed(locked, details)
    helper = HomeHelper.objects.create(
        patient=locked,
        number=next_number(locked.home_helpers.all()),
        name=details.name,
        relation=details.relation,
        phone=details.phone,
        may_be_told=details.may_be_told,
        agreed_on=details.agreed_on,
        is_on_paper=details.is_on_paper,
        recorded_by=by,
        recorded_by_name=by.full_title,
        recorded_at=at,
    )
    if details.is_on_paper:
        Patient.objects.filter(pk=locked.pk).update(helper_on_paper=helper)
    if details.agreed_on:
        of = f"{helper}, the day of the consent"
        record_far_day(patient=locked, of=of, day=details.agreed_on, reason=details.far_reason, by=by, at=at)
    record("home_helper.recorded", by=by, at=at, patient_id=locked.pk, subject=str(helper))
    return helper


@audited_transaction()
def end_helper(*, helper: HomeHelper, reason: str, by: User, at: datetime) -> HomeHelperEnd:
    """Papers that are printed from now on do not name them. Raises: CannotEndHelper, if archived or ended already."""
    lock_open(helper.patient, CannotEndHelper)
    if not reason:
        raise CannotEndHelper("Write why, for example “the patient withdrew the consent”.")
    if HomeHelperEnd.objects.filter(helper=helper).exists():
        raise CannotEndHelper("This was ended already.")
    end = HomeHelperEnd.objects.create(
        helper=helper, reason=reason, said_by=by, said_by_name=by.full_title, said_at=at
    )
    Patient.objects.filter(pk=helper.patient_id, helper_on_paper=helper).update(helper_on_paper=None)
    record("home_helper.ended", by=by, at=at, patient_id=helper.patient_id, subject=str(helper))
    return end


def _refuse_unless_agreed(patient: Patient, details: HelperDetails) -> None:
    if not details.name:
        raise CannotRecordHelper("Enter the name.")
    if details.agreed_on is None and (details.is_on_paper or details.may_be_told != MayBeTold.NOTHING):
        raise CannotRecordHelper(
            "Enter the day on which the patient agreed, or choose “nothing” and no paper."
        )
    if details.is_on_paper and not details.phone:
        raise CannotRecordHelper("Enter the phone that should stand on the paper.")
    if details.is_on_paper and (there := patient.helper_on_paper):
        raise CannotRecordHelper(
            f"{there.name} stands on the paper already. End that first: the paper names one person."
        )
