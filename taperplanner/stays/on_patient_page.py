"""On every page of the patient: that they are away, or which plans wait for a provider since. On the patient's page: where
a stay is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.phones import dial_address
from taperplanner.places import Section
from taperplanner.rows_within import has_any
from taperplanner.tapers.models import Plan

from .models import Gives, Stay
from .rule import left, undecided_plans, where, whereabouts_of_one


@dataclass(frozen=True, slots=True)
class StayMark:
    """`undecided`: the plans that wait for a provider."""

    where: str
    expected_until: str
    gives: str
    phone: str
    phone_address: str
    number: int
    left: str
    undecided: tuple[Plan, ...]


def stay_mark(patient: Patient) -> Section | None:
    """`patient.clinic` at hand."""
    if not has_any(patient, Stay):
        return None
    now = whereabouts_of_one(patient)
    waiting = undecided_plans(patient.clinic).filter(patient=patient) if now.end else Plan.objects.none()
    plans = tuple(waiting.order_by("number"))
    if now.stay is None and not plans:
        return None
    stay, end = now.stay, now.end
    mark = StayMark(
        where=where(stay) if stay else "",
        expected_until=stay.expected_until if stay else "",
        gives=Gives(stay.gives).label if stay else "",
        phone=stay.phone if stay else "",
        phone_address=dial_address(stay.phone) if stay else "",
        number=stay.number if stay else 0,
        left=left(end) if end and plans else "",
        undecided=plans,
    )
    return Section("stays/_mark.html", {"stay": mark})


def stays_section(request: ClinicRequest, patient: Patient) -> Section | None:
    """Nothing of an archived patient of whom no stay was recorded: none can be."""
    has_stays = has_any(patient, Stay)
    return Section("stays/_beside.html", {"any": has_stays}) if has_stays or not patient.archived_at else None
