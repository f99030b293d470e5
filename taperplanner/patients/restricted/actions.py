"""Restricting a record, opening one in an emergency, and looking into that afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Permission
from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import Refused

from ..models import (
    EmergencyAccess,
    EmergencyAccessEnd,
    EmergencyAccessReview,
    MayOpen,
    Patient,
    Restriction,
    RestrictionKind,
)
from .rule import has_a_provider, is_open_to
from .treating import who_treats

LASTS: Final = timedelta(minutes=60)
SHORTEST_REASON: Final = 10


class CannotRestrict(Refused):
    """The message says why, for the page."""


class CannotLiftRestriction(Refused):
    pass


class CannotOpenInEmergency(Refused):
    pass


class CannotEndEmergencyAccess(Refused):
    pass


class CannotReviewEmergencyAccess(Refused):
    pass


@audited_transaction()
def restrict_patient(
    *,
    patient: Patient,
    people: Iterable[User],
    works_here: User | None,
    reason: str,
    seen: str,
    by: User,
    at: datetime,
) -> Restriction:
    """From now on the record is open to these people alone, whether it was restricted before or not.

    `seen`: the id of the restriction that the page was opened with, or empty. Raises: CannotRestrict.
    """
    locked = Patient.objects.select_for_update().get(pk=patient.pk)
    if seen != str(locked.restriction_id or ""):
        raise CannotRestrict("Somebody changed who may open this record meanwhile. Open this page again.")
    chosen = list(people)
    if objections := list(_objections(locked, chosen, works_here, by=by)):
        raise CannotRestrict(" ".join(objections))
    is_new = locked.restriction_id is None
    kind = RestrictionKind.RESTRICTED if is_new else RestrictionKind.PEOPLE_CHANGED
    restriction = Restriction(
        patient=locked,
        kind=kind,
        reason=reason,
        works_here=works_here,
        said_by=by,
        said_by_name=by.full_title,
        said_at=at,
    )
    MayOpen.objects.bulk_create(MayOpen(restriction=restriction, user=person) for person in chosen)
    restriction.save()
    _holds(locked, restriction)
    ids = sorted(person.pk.hex for person in chosen)
    record(
        "patient.restricted" if is_new else "patient.restriction_changed",
        by=by,
        at=at,
        patient_id=locked.pk,
        details={"people": ids, "works_here": works_here.pk.hex if works_here else ""},
    )
    return restriction


@audited_transaction()
def lift_restriction(*, patient: Patient, reason: str, by: User, at: datetime) -> Restriction:
    """Open to everybody whose role sees patients again. Raises: CannotLiftRestriction."""
    locked = Patient.objects.select_for_update().get(pk=patient.pk)
    if locked.restriction_id is None:
        raise CannotLiftRestriction("This record is not restricted.")
    if not is_open_to(locked, by):
        raise CannotLiftRestriction("Only somebody named for this record may lift its restriction.")
    lifted = Restriction.objects.create(
        patient=locked,
        kind=RestrictionKind.LIFTED,
        reason=reason,
        said_by=by,
        said_by_name=by.full_title,
        said_at=at,
    )
    _holds(locked, None)
    record("patient.restriction_lifted", by=by, at=at, patient_id=locked.pk)
    return lifted


@audited_transaction()
def begin_emergency_access(*, patient: Patient, reason: str, by: User, at: datetime) -> EmergencyAccess:
    """Raises: CannotOpenInEmergency, of a record that needs none, or of one's own."""
    restriction = patient.restriction
    if restriction is None or is_open_to(patient, by):
        raise CannotOpenInEmergency("This record is open to you.")
    if restriction.works_here_id == by.pk:
        raise CannotOpenInEmergency("This is your own record. Ask those who treat you to show it to you.")
    if len(reason) < SHORTEST_REASON:
        raise CannotOpenInEmergency(f"Write why, in {SHORTEST_REASON} characters or more.")
    access = EmergencyAccess.objects.create(
        patient=patient,
        reason=reason,
        begun_by=by,
        begun_by_name=by.full_title,
        begun_at=at,
        until=at + LASTS,
    )
    record(
        "emergency_access.begun",
        by=by,
        at=at,
        patient_id=patient.pk,
        details={"emergency_access": access.pk.hex, "until": access.until.isoformat()},
    )
    return access


@audited_transaction()
def end_emergency_access(*, access: EmergencyAccess | None, by: User, at: datetime) -> EmergencyAccessEnd:
    """By the person themself. Raises: CannotEndEmergencyAccess."""
    if access is None or access.begun_by_id != by.pk:
        raise CannotEndEmergencyAccess("You have no emergency access here that could be ended.")
    Patient.objects.select_for_update().get(pk=access.patient_id)
    if not EmergencyAccess.objects.open_at(at).filter(pk=access.pk).exists():
        raise CannotEndEmergencyAccess("This emergency access is over.")
    end = EmergencyAccessEnd.objects.create(access=access, ended_at=at)
    details = {"emergency_access": access.pk.hex}
    record("emergency_access.ended", by=by, at=at, patient_id=access.patient_id, details=details)
    return end


@audited_transaction()
def review_emergency_access(
    *, access: EmergencyAccess, note: str, by: User, at: datetime
) -> EmergencyAccessReview:
    """Raises: CannotReviewEmergencyAccess, of one's own, or where somebody reviewed it."""
    Patient.objects.select_for_update().get(pk=access.patient_id)
    if access.begun_by_id == by.pk:
        raise CannotReviewEmergencyAccess("You opened this record yourself. Another manager reviews it.")
    restriction = access.patient.restriction
    if restriction is not None and restriction.works_here_id == by.pk:
        raise CannotReviewEmergencyAccess("This is your own record. Another manager reviews it.")
    if EmergencyAccessReview.objects.filter(access=access).exists():
        raise CannotReviewEmergencyAccess("This was already reviewed.")
    review = EmergencyAccessReview.objects.create(
        access=access, note=note, reviewed_by=by, reviewed_by_name=by.full_title, reviewed_at=at
    )
    details = {"emergency_access": access.pk.hex}
    record("emergency_access.reviewed", by=by, at=at, patient_id=access.patient_id, details=details)
    return review


def _objections(patient: Patient, people: list[User], works_here: User | None, *, by: User) -> Iterator[str]:
    ids = {person.pk for person in people}
    if patient.restriction_id and not is_open_to(patient, by) and has_a_provider(patient):
        yield "Only somebody named for this record may change who opens it."
    if any(person.clinic_id != patient.clinic_id or not person.is_active for person in people):
        yield "Choose people who work at this clinic."
    if works_here is not None and works_here.pk in ids:
        yield f"{works_here.name} is the patient, and cannot be one of those who open the record."
    if by.pk not in ids:
        yield "You must be one of those who may open the record."
    if not any(person.may(Permission.RESTRICT_PATIENTS) for person in people):
        yield "At least one provider must be able to open the record."
    left_out = who_treats(patient) - ids - ({works_here.pk} if works_here else set())
    for person in patient.clinic.users.active().by_name().filter(pk__in=left_out, is_provider=True):
        yield f"{person.name} treats this patient by a plan that is open, and must be able to open the record."


def _holds(patient: Patient, restriction: Restriction | None) -> None:
    """Not `save()`: who may open a record is no change of what it says."""
    Patient.objects.filter(pk=patient.pk).update(restriction=restriction)
