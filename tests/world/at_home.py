"""Who helps at home, for any room's tests, by the pages' own actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from taperplanner.patients.at_home.actions import HelperDetails, end_helper, record_helper
from taperplanner.patients.models import HomeHelper, MayBeTold, Patient

from .making import Filled
from .people import build_patient
from .universe import NOW, House


def helped_by(name: str, patient: Patient, house: House, *, at: datetime = NOW, **given: Any) -> HomeHelper:
    """By the staff; may be told about the schedule, unless told."""
    said: dict[str, Any] = {"may_be_told": MayBeTold.SCHEDULE, "agreed_on": NOW.date(), "phone": "555-0112"}
    details = HelperDetails(name=name, **(said | given))
    return record_helper(patient=patient, details=details, by=house.staff, at=at)


def no_longer(helper: HomeHelper, house: House, reason: str = "The patient withdrew the consent") -> None:
    end_helper(helper=helper, reason=reason, by=house.staff, at=NOW)


def helper_rows(patient: Patient, house: House) -> None:
    """A row of each table: one whose consent was withdrawn, and one who helps."""
    no_longer(helped_by("Rosa Rivera", patient, house), house)
    helped_by("Luis Rivera", patient, house)


def helper_add(house: House) -> Filled:
    url = reverse("patients:helper_add", args=[build_patient(house).pk])
    return Filled(
        url, {"name": "Luis Rivera", "may_be_told": "schedule", "agreed_on": "03/02/2026"}, house.staff
    )


def helper_end(house: House) -> Filled:
    helper = helped_by("Luis Rivera", build_patient(house), house)
    url = reverse("patients:helper_end", args=[helper.patient_id, helper.number])
    return Filled(url, {"reason": "The patient withdrew the consent"}, house.staff)
