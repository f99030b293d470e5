from __future__ import annotations

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.patients.sections import sections
from taperplanner.places import Section
from tests.world.universe import Universe

from ..world.people import ana


def _contacts(request: ClinicRequest, patient: Patient) -> Section:
    return Section("patients/_contacts.html")


def _facts(request: ClinicRequest, patient: Patient) -> Section:
    return Section("patients/_contacts.html", {"name": patient.full_name, "clinic": request.clinic.name})


def test_sections_come_in_the_order_in_which_they_were_registered_and_once() -> None:
    sections.register(_contacts)
    sections.register(_facts)
    sections.register(_contacts)

    assert list(sections) == [_contacts, _facts]


def test_the_patients_page_draws_what_a_room_above_registered(universe: Universe) -> None:
    patient = ana(universe.ours)
    client = universe.client_of(universe.ours.staff)
    before = client.get(patient.get_absolute_url()).content.decode().count("Caregiver at home")

    sections.register(_contacts)

    after = client.get(patient.get_absolute_url()).content.decode().count("Caregiver at home")
    assert (before, after) == (1, 2)


def test_a_section_finds_its_context_under_its_own_name(universe: Universe) -> None:
    patient = ana(universe.ours)
    sections.register(_facts)

    response = universe.client_of(universe.ours.staff).get(patient.get_absolute_url())

    assert response.context["section"] == {"name": "Ana Rivera", "clinic": "Riverside Clinic"}
