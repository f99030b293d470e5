"""What the tests of this room's pages share: what is typed, and how a page is read."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from taperplanner.audit.models import Event
from taperplanner.patients.forms import PatientForm
from taperplanner.patients.models import MedicationRecord, Patient

ADD = "/patients/add/"
TYPED = {
    "given_name": "Ana",
    "family_name": "Rivera",
    "preferred_name": "Nita",
    "date_of_birth": "03/02/1980",
    "mrn": "A-1001",
    "phone": "555-0111",
    "emergency_contact_name": "Luis",
    "emergency_contact_relation": "Brother",
    "emergency_contact_phone": "555-0112",
    "home_caregiver": "Her brother",
}


def text_of(response: HttpResponse) -> str:
    """The page with its characters unescaped and its white space folded."""
    return " ".join(unescape(response.content.decode()).split())


def patient_url(name: str, patient: Patient, record: MedicationRecord | None = None) -> str:
    return reverse(f"patients:{name}", args=[patient.pk, *([record.pk] if record else [])])


def times_shown(patient: Patient) -> int:
    return Event.objects.filter(action="patient.page_shown", patient_id=patient.pk).count()


def details_typed(patient: Patient, **changed: Any) -> dict[str, Any]:
    values = PatientForm.values_of(patient) | {"revision": patient.revision}
    values["date_of_birth"] = patient.birth.as_typed
    return {name: value for name, value in values.items() if value is not False} | changed


def row_of(page: str, name: str) -> str:
    """The list item in which a name stands."""
    start = page.index(f"<bdi>{name}</bdi>")
    return page[start : page.index("</li>", start)]
