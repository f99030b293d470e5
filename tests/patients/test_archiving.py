from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client

from taperplanner.patients.actions import archive_patient
from tests.world.universe import NOW, Universe

from ..world.patient_pages import details_typed, patient_url, text_of
from ..world.people import ana, edit_meanwhile


def test_a_patient_is_archived_with_a_reason_and_restored(universe: Universe, staff: Client) -> None:
    patient = ana(universe.ours)
    assert "Enter why this patient is archived" in text_of(
        staff.post(patient_url("patient_archive", patient), {"revision": 1})
    )

    archived = staff.post(
        patient_url("patient_archive", patient), {"revision": 1, "reason": "Moved away"}, follow=True
    )
    page = text_of(archived)
    assert "This patient is archived" in page
    assert "Since March 2, 2026: <bdi>Moved away</bdi>" in page
    assert '<span class="badge text-bg-dark">Archived</span>' in page
    assert "Rivera" not in text_of(staff.get("/patients/"))
    assert "Rivera, Ana" in text_of(staff.get("/patients/", {"show": "archived"}))

    restored = staff.post(patient_url("patient_restore", patient), {"revision": 2}, follow=True)
    assert "The patient was restored." in text_of(restored)
    assert "Rivera, Ana" in text_of(staff.get("/patients/"))


def test_archiving_from_an_old_page_is_a_409(universe: Universe, staff: Client) -> None:
    patient = ana(universe.ours)
    edit_meanwhile(universe.ours, patient)

    response = staff.post(patient_url("patient_archive", patient), {"revision": 1, "reason": "Moved away"})

    assert response.status_code == HTTPStatus.CONFLICT
    assert 'value="Moved away"' in text_of(response)
    patient.refresh_from_db()
    assert patient.archived_at is None


def test_restoring_from_an_old_page_or_twice_is_refused_with_a_sentence(
    universe: Universe, staff: Client
) -> None:
    patient = ana(universe.ours)
    archive_patient(patient=patient, reason="x", revision=1, by=universe.ours.staff, at=NOW)

    old = staff.post(patient_url("patient_restore", patient), {"revision": 1}, follow=True)
    assert "Somebody changed this after you opened the page." in text_of(old)
    staff.post(patient_url("patient_restore", patient), {"revision": 2})
    twice = staff.post(patient_url("patient_restore", patient), {"revision": 3}, follow=True)
    assert "This patient is not archived." in text_of(twice)


@pytest.mark.parametrize("name", ["patient_edit", "patient_archive", "safety_facts", "medication_add"])
def test_no_form_opens_for_an_archived_patient(universe: Universe, staff: Client, name: str) -> None:
    patient = ana(universe.ours)
    archive_patient(patient=patient, reason="x", revision=1, by=universe.ours.staff, at=NOW)

    response = staff.get(patient_url(name, patient), follow=True)

    assert response.redirect_chain == [(patient.get_absolute_url(), HTTPStatus.FOUND)]
    page = text_of(response)
    assert "Restore the patient first." in page
    for address in ("patient_edit", "patient_archive", "safety_facts", "medication_add", "medication_review"):
        assert patient_url(address, patient) not in page


def test_what_was_typed_while_somebody_archived_the_patient_is_kept(
    universe: Universe, staff: Client
) -> None:
    patient = ana(universe.ours)
    archive_patient(patient=patient, reason="x", revision=1, by=universe.ours.staff, at=NOW)

    typed = details_typed(patient, phone="555-0999", revision=2)
    edit = text_of(staff.post(patient_url("patient_edit", patient), typed))
    facts = text_of(staff.post(patient_url("safety_facts", patient), {"revision": 2, "opioid_use": "yes"}))
    medication = text_of(
        staff.post(
            patient_url("medication_add", patient),
            {"name": "Klonopin", "use": "regular", "strength": "1 mg"},
        )
    )

    for page in (edit, facts, medication):
        assert "Restore the patient first." in page
    assert 'value="555-0999"' in edit
    assert 'value="1 mg"' in medication
