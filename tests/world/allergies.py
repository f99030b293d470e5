"""Allergies and intolerances, for any room's tests, by the pages' own actions."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from taperplanner.accounts.models import User
from taperplanner.patients.allergies.actions import (
    AllergyDetails,
    mark_allergy_in_error,
    note_allergy,
    review_allergies,
)
from taperplanner.patients.allergies.listing import allergies_of
from taperplanner.patients.models import Allergy, AllergyKind, Patient
from taperplanner.tapers.actions import type_excipients
from taperplanner.tapers.models import Excipients, Plan
from taperplanner.tapers.packages import newest_excipients

from .making import Filled
from .people import build_patient
from .universe import NOW, House


def allergic_to(
    substance: str,
    patient: Patient,
    house: House,
    reaction: str = "",
    *,
    kind: AllergyKind = AllergyKind.ALLERGY,
    since: str = "",
    by: User | None = None,
    at: datetime = NOW,
) -> Allergy:
    """By the staff, unless told."""
    details = AllergyDetails(substance=substance, kind=kind, reaction=reaction, known_since=since)
    return note_allergy(patient=patient, details=details, by=by or house.staff, at=at)


def asked_about_allergies(patient: Patient, house: House, *, at: datetime = NOW) -> None:
    patient.refresh_from_db()
    revision = allergies_of(patient, zone=house.clinic.zone).revision
    review_allergies(patient=patient, list_revision=revision, by=house.staff, at=at)


def allergy_rows(patient: Patient, house: House) -> None:
    """A row of each table: a substance that is on the list, one that was entered in error, and that somebody asked."""
    wrong = allergic_to("Latex", patient, house)
    mark_allergy_in_error(allergy=wrong, reason="Another patient’s", by=house.staff, at=NOW)
    allergic_to("Lactose", patient, house, "cramps", kind=AllergyKind.INTOLERANCE, since="2014-03")
    asked_about_allergies(patient, house)


def typed_from_package(plan: Plan, number: int, text: str, house: House, *, at: datetime = NOW) -> Excipients:
    """Of the product of that number, by the staff."""
    product = plan.products.get(number=number)
    product.plan = plan
    shown = newest_excipients(product).number
    return type_excipients(product=product, text=text, number=shown, by=house.staff, at=at)


def allergy_add(house: House) -> Filled:
    url = reverse("patients:allergy_add", args=[build_patient(house).pk])
    return Filled(url, {"substance": "Lactose", "kind": "intolerance", "reaction": "cramps"}, house.staff)


def allergy_in_error(house: House) -> Filled:
    allergy = allergic_to("Lactose", build_patient(house), house)
    url = reverse("patients:allergy_in_error", args=[allergy.patient_id, allergy.number])
    return Filled(url, {"reason": "Another patient’s"}, house.staff)


def allergies_review(house: House) -> Filled:
    url = reverse("patients:allergies_review", args=[build_patient(house).pk])
    return Filled(url, {"revision": "0"}, house.staff)
