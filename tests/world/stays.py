"""Stays in a hospital, for any room's tests, by the pages' own actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.urls import reverse

from taperplanner.patients.models import Patient
from taperplanner.stays.actions import (
    EndDetails,
    StayDetails,
    begin_stay,
    correct_stay,
    end_stay,
    go_on_as_signed,
    mark_end_in_error,
    mark_stay_in_error,
)
from taperplanner.stays.models import Gives, GoesOn, Stay, StayEnd
from taperplanner.stays.rule import undecided_plans
from taperplanner.tapers.models import Plan

from .making import Filled, address_of
from .people import build_patient
from .plans import TODAY, signed_version
from .universe import NOW, House

FACILITY: Final = "St. Mary’s Hospital, ward 4"
TAKEN_THERE: Final = "Lorazepam at night, the ward says; nothing of ours"
REASON: Final = "The ward gave clonazepam as signed; Dr. Ode confirmed by phone"
SENT: Final = {
    "facility": FACILITY,
    "began_on": "03/02/2026",
    "expected_until": "about two weeks",
    "gives": "facility",
    "told_by": "His sister",
    "phone": "555-0142",
}
ENDED: Final = {"ended_on": "03/02/2026", "taken_there": TAKEN_THERE, "told_by": "The ward’s nurse"}


def stay_of(
    patient: Patient,
    house: House,
    gives: Gives = Gives.FACILITY,
    *,
    began_on: date = TODAY,
    at: datetime = NOW,
) -> Stay:
    details = StayDetails(FACILITY, began_on, gives, "His sister", "about two weeks", "555-0142")
    return begin_stay(patient=patient, details=details, by=house.staff, at=at)


def ended(stay: Stay, house: House, *, ended_on: date | None = None, at: datetime = NOW) -> StayEnd:
    details = EndDetails(ended_on or stay.began_on, TAKEN_THERE, "The ward’s nurse")
    return end_stay(stay=stay, details=details, by=house.staff, at=at)


def goes_on(plan: Plan, end: StayEnd, house: House, *, at: datetime = NOW) -> GoesOn:
    return go_on_as_signed(plan=plan, end=end, reason=REASON, by=house.provider, at=at)


def back_of(plan: Plan, house: House, *, at: datetime = NOW + timedelta(hours=1)) -> StayEnd:
    """The patient was away and has left; nobody has decided."""
    return ended(stay_of(plan.patient, house, at=at), house, at=at)


def decide_all(patient: Patient, end: StayEnd, house: House) -> None:
    for waiting in undecided_plans(house.clinic).filter(patient=patient):
        goes_on(waiting, end, house, at=NOW + timedelta(hours=1))


def stays_of(plan: Plan, house: House) -> tuple[Stay, Stay]:
    """One that has ended, and each plan was decided about; one that goes on from their own tablets."""
    end = back_of(plan, house)
    decide_all(plan.patient, end, house)
    return end.stay, stay_of(plan.patient, house, Gives.PATIENT, at=NOW + timedelta(hours=1))


def stays_in_error(patient: Patient, house: House, times: int, *, at: datetime = NOW) -> None:
    for _ in range(times):
        mark_stay_in_error(
            stay=stay_of(patient, house, at=at), reason="Another patient", by=house.provider, at=at
        )


def write_everything_of_stays(plan: Plan, house: House) -> None:
    """A row in every table of the room, and nothing that waits or goes on afterwards."""
    at = NOW + timedelta(hours=1)
    stays_in_error(plan.patient, house, 1, at=at)
    first = stay_of(plan.patient, house, Gives.NOT_KNOWN, at=at)
    details = StayDetails(FACILITY, first.began_on, Gives.FACILITY, "The ward")
    stay = correct_stay(stay=first, details=details, by=house.staff, at=at)
    mark_end_in_error(end=ended(stay, house, at=at), reason="Still there", by=house.provider, at=at)
    end = ended(stay, house, at=at)
    decide_all(plan.patient, end, house)


def stay_add(house: House) -> Filled:
    return Filled(reverse("stays:stay_add", args=[build_patient(house).pk]), SENT, house.staff)


def stay_correct(house: House) -> Filled:
    stay = stay_of(build_patient(house), house)
    url = reverse("stays:stay_correct", args=[stay.patient_id, stay.number])
    return Filled(url, SENT | {"gives": "patient"}, house.staff)


def stay_end(house: House) -> Filled:
    stay = stay_of(build_patient(house), house)
    return Filled(reverse("stays:stay_end", args=[stay.patient_id, stay.number]), ENDED, house.staff)


def stay_in_error(house: House) -> Filled:
    stay = stay_of(build_patient(house), house)
    url = reverse("stays:stay_in_error", args=[stay.patient_id, stay.number])
    return Filled(url, {"reason": "Another patient"}, house.provider)


def end_in_error(house: House) -> Filled:
    end = ended(stay_of(build_patient(house), house), house)
    url = reverse("stays:end_in_error", args=[end.stay.patient_id, end.stay.number])
    return Filled(url, {"reason": "Still there"}, house.provider)


def after_stay(house: House) -> Filled:
    plan = signed_version(house).plan
    back_of(plan, house)
    return Filled(address_of("stays:after_stay", plan), {"reason": REASON}, house.provider)
