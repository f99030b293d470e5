from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from taperplanner.patients.models import MedicationRecord, Patient
from tests.world.patient_pages import patient_url, row_of, text_of
from tests.world.people import ana, clonazepam_record
from tests.world.universe import Universe


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return ana(universe.ours)


@pytest.fixture
def record(universe: Universe, patient: Patient) -> MedicationRecord:
    return clonazepam_record(patient, universe.ours.provider)


def test_a_name_is_completed_and_filed_while_it_is_typed(staff: Client) -> None:
    typing = text_of(staff.get(reverse("patients:vocabulary"), {"name": "klon"}))
    assert '<option value="Klonopin">Klonopin (clonazepam)</option>' in typing

    typed = text_of(staff.get(reverse("patients:vocabulary"), {"name": "Klonopin"}))
    assert "clonazePAM, benzodiazepine, sedating. Usual kind: prescription." in typed
    assert 'name="sedates"' not in typed


def test_an_unknown_name_is_asked_about_and_keeps_its_answer(staff: Client) -> None:
    asked = staff.get(reverse("patients:vocabulary"), {"name": "Wonder root", "sedates": "unknown"})

    shown = text_of(asked)
    assert "not in the vocabulary" in shown
    checked = shown[shown.index('value="unknown"') :]
    assert "checked" in checked[: checked.index(">")]
    assert "<html" not in shown


@pytest.mark.parametrize("name", ["", " ", "\x00", "x" * 5000, "<script>", "𐀀", "'"])
def test_any_text_may_be_looked_up(staff: Client, name: str) -> None:
    response = staff.get(reverse("patients:vocabulary"), {"name": name})

    assert response.status_code == HTTPStatus.OK
    assert b"<script>" not in response.content


def test_without_script_the_form_offers_the_whole_vocabulary(patient: Patient, staff: Client) -> None:
    page = text_of(staff.get(patient_url("medication_add", patient)))

    offered = page[page.index("<noscript>") : page.index("</noscript>")]
    assert '<datalist id="medication-names">' in offered
    assert '<option value="Klonopin">' in offered


def test_a_date_in_the_record_is_shown_in_words(
    patient: Patient, record: MedicationRecord, staff: Client
) -> None:
    assert "May 2019" in row_of(text_of(staff.get(patient.get_absolute_url())), "Klonopin")
    assert date(2019, 5, 1).strftime("%Y-%m") == record.started
