from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from taperplanner.patients.details import MedicationDetails
from taperplanner.patients.medications.actions import edit_medication, stop_medication
from taperplanner.patients.models import Answer, Kind, MedicationRecord, Patient, Use
from tests.world.patient_pages import patient_url, row_of, text_of, times_shown
from tests.world.people import ana, clonazepam_record, medication_record
from tests.world.universe import NOW, Universe

TYPED = {
    "name": "Percocet",
    "kind": "prescription",
    "strength": "5 mg/325 mg",
    "form": "Tablet",
    "directions": "1 tablet every 6 hours as needed",
    "use": "as_needed",
    "started": "03/2014",
    "indication": "Back pain",
    "prescriber": "Dr. Li",
}


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return ana(universe.ours)


@pytest.fixture
def record(universe: Universe, patient: Patient) -> MedicationRecord:
    return clonazepam_record(patient, universe.ours.provider)


def test_a_medication_is_added_filed_and_shown_word_for_word(patient: Patient, staff: Client) -> None:
    response = staff.post(patient_url("medication_add", patient), TYPED, follow=True)

    assert "The medication was added to the list." in text_of(response)
    record = patient.medications.get()
    assert (record.drug, record.drug_class, record.sedates) == (
        "oxycodone and acetaminophen",
        "opioid",
        Answer.YES,
    )
    row = row_of(text_of(response), "Percocet")
    for told in (
        "5 mg/325 mg, Tablet",
        "1 tablet every 6 hours as needed",
        "Back pain",
        "Dr. Li",
        "March 2014",
    ):
        assert told in row
    for told in ("as needed", "Prescription", "Opioid", "Sedating"):
        assert told in row


def test_another_can_be_added_at_once(patient: Patient, staff: Client) -> None:
    response = staff.post(patient_url("medication_add", patient), TYPED | {"another": "yes"})

    assert response["Location"] == patient_url("medication_add", patient)


def test_the_kind_may_be_left_to_the_name(patient: Patient, staff: Client) -> None:
    staff.post(patient_url("medication_add", patient), {"name": "Beer", "use": "regular"})

    assert patient.medications.get().kind == Kind.SUBSTANCE


def test_free_text_is_asked_whether_it_sedates_and_what_kind_it_is(patient: Patient, staff: Client) -> None:
    typed = TYPED | {"name": "Wonder root", "kind": ""}

    asked = text_of(staff.post(patient_url("medication_add", patient), typed))
    assert "This name is not in the vocabulary. Choose yes, no or unknown." in asked
    assert "This name is not in the vocabulary. Choose what kind it is." in asked
    assert 'value="Wonder root"' in asked
    assert 'name="sedates"' in asked
    assert patient.medications.count() == 0

    staff.post(patient_url("medication_add", patient), typed | {"kind": "supplement", "sedates": "unknown"})
    record = patient.medications.get()
    assert (record.name, record.drug, record.sedates) == ("Wonder root", "", Answer.UNKNOWN)


BAD = [
    ({"name": ""}, "Enter the name, as on the label or as the patient says it."),
    ({"name": "x" * 121}, "Keep this to 120 characters; it now has 121."),
    ({"name": "Klon\u202eopin"}, "This has an invisible character after “Klon”. Type it again there"),
    ({"name": "Klon\x00opin"}, "This has an invisible character after “Klon”. Type it again there"),
    ({"name": "123"}, "A name has at least one letter. Type it in letters."),
    ({"kind": "potion"}, "potion is not one of the available choices."),
    ({"use": ""}, "Choose regularly or as needed."),
    ({"use": "often"}, "often is not one of the available choices."),
    ({"strength": "x" * 61}, "Keep this to 60 characters; it now has 61."),
    ({"form": "x" * 61}, "Keep this to 60 characters; it now has 61."),
    ({"directions": "x" * 501}, "Keep this to 500 characters; it now has 501."),
    ({"indication": "x" * 201}, "Keep this to 200 characters; it now has 201."),
    ({"prescriber": "x" * 121}, "Keep this to 120 characters; it now has 121."),
    ({"started": "13/2014"}, "There is no month 13."),
    ({"started": "3/14"}, "This is not a date we can read. Enter it like 03/02/2014, 03/2014 or 2014."),
    ({"started": "last year"}, "This is not a date we can read."),
    ({"started": "02/30/2014"}, "February 2014 has no day 30."),
    ({"started": "1850"}, "enter one from 1900"),
    ({"started": "2027"}, "This is after today, March 2, 2026. Check the year."),
    ({"started": "04/2026"}, "This is after today, March 2, 2026. Check the year."),
    ({"started": "03/03/2026"}, "This is after today, March 2, 2026. Check the year."),
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: str(bad[0])[:40])
@pytest.mark.parametrize("page", ["medication_add", "medication_edit"])
def test_bad_input_comes_back_with_a_sentence_and_everything_typed(
    patient: Patient, record: MedicationRecord, staff: Client, page: str, bad: tuple[dict[str, str], str]
) -> None:
    typed, sentence = bad
    address = patient_url(page, patient, record if page == "medication_edit" else None)

    response = staff.post(address, TYPED | {"revision": "1"} | typed)

    shown = text_of(response)
    assert response.status_code == HTTPStatus.OK
    assert sentence in shown
    ((name, value),) = typed.items()
    assert response.context["form"][name].value() == value
    for kept in set(TYPED) - {name, "kind", "use"}:
        assert TYPED[kept] in shown
    assert patient.medications.get().name == "Klonopin"


def test_the_strength_is_kept_as_on_the_label(patient: Patient, staff: Client) -> None:
    """What can be misread is pointed out, and its author may keep it with a reason."""
    sent = TYPED | {"strength": ".50mg / 1,0 mL"}
    assert "“.50mg” can be misread" in text_of(staff.post(patient_url("medication_add", patient), sent))
    assert not patient.medications.exists()
    staff.post(patient_url("medication_add", patient), sent | {"spelling_reason": "As on the label"})
    assert patient.medications.get().strength == ".50mg / 1,0 mL"


# --- Editing, stopping, restarting ------------------------------------------------------------


def test_a_record_is_edited(patient: Patient, record: MedicationRecord, staff: Client) -> None:
    opened = text_of(staff.get(patient_url("medication_edit", patient, record)))
    assert 'value="Klonopin"' in opened
    assert 'value="05/2019"' in opened

    response = staff.post(
        patient_url("medication_edit", patient, record),
        TYPED | {"name": "Klonopin", "revision": "1"},
        follow=True,
    )

    assert "The medication record was saved." in text_of(response)
    record.refresh_from_db()
    assert (record.use, record.started, record.revision) == (Use.AS_NEEDED, "2014-03", 2)


def test_an_edit_from_an_old_page_is_a_409_that_keeps_everything_typed(
    universe: Universe, patient: Patient, record: MedicationRecord, staff: Client
) -> None:
    edit_medication(
        medication=record,
        details=MedicationDetails(name="Klonopin", strength="1 mg", kind=Kind.SUBSTANCE),
        revision=1,
        by=universe.ours.provider,
        at=NOW,
    )

    address = patient_url("medication_edit", patient, record)
    response = staff.post(address, TYPED | {"strength": "2 mg", "revision": "1"})

    page = text_of(response)
    assert response.status_code == HTTPStatus.CONFLICT
    assert "Somebody else saved this while you were typing." in page
    assert (
        '<td class="text-prewrap" data-label="It now says">1 mg</td>'
        ' <td class="text-prewrap" data-label="You typed">2 mg</td>'
    ) in page
    assert "Alcohol or other substance</td>" in page  # a choice in its words
    assert 'value="2 mg"' in page
    assert response.context["revision"] == 2
    assert times_shown(patient) == 1
    record.refresh_from_db()
    assert record.strength == "1 mg"
    assert staff.post(address, TYPED | {"revision": "2"}).status_code == HTTPStatus.FOUND


def test_a_stop_needs_a_reason_and_folds_the_record_away(
    patient: Patient, record: MedicationRecord, staff: Client
) -> None:
    address = patient_url("medication_stop", patient, record)
    refused = staff.post(address, {"revision": "1", "stopped_on": "03/01/2026", "reason": ""})
    assert "Enter why it was stopped" in text_of(refused)
    assert 'value="03/01/2026"' in text_of(refused)

    response = staff.post(
        address, {"revision": "1", "stopped_on": "03/01/2026", "reason": "Finished"}, follow=True
    )

    page = text_of(response)
    assert "The medication was recorded as stopped." in page
    assert "Stopped (1)" in page
    assert "Stopped on March 1, 2026: <bdi>Finished</bdi>" in page
    assert page.index("Stopped (1)") < page.index("<bdi>Klonopin</bdi>")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"stopped_on": "03/03/2026"}, "This is after today, March 2, 2026."),
        ({"stopped_on": "04/30/2019"}, "This is before it was started (May 2019). Check both dates."),
        ({"stopped_on": "2/30/2026"}, "February 2026 has no day 30."),
        ({"stopped_on": "2014"}, "This is not a date we can read."),
        ({"reason": "x" * 201}, "Keep this to 200 characters; it now has 201."),
    ],
    ids=str,
)
def test_a_bad_stop_comes_back_with_a_sentence(
    patient: Patient, record: MedicationRecord, staff: Client, typed: dict[str, str], sentence: str
) -> None:
    response = staff.post(
        patient_url("medication_stop", patient, record), {"revision": "1", "reason": "Finished"} | typed
    )

    assert response.status_code == HTTPStatus.OK
    assert sentence in text_of(response)
    ((name, value),) = typed.items()
    assert response.context["form"][name].value() == value
    record.refresh_from_db()
    assert record.is_taken


def test_a_stop_on_a_day_nobody_knows(patient: Patient, record: MedicationRecord, staff: Client) -> None:
    response = staff.post(
        patient_url("medication_stop", patient, record),
        {"revision": "1", "reason": "Ran out"},
        follow=True,
    )

    assert "Stopped, day not known: <bdi>Ran out</bdi>" in text_of(response)


def test_a_stop_from_an_old_page_is_a_409(patient: Patient, record: MedicationRecord, staff: Client) -> None:
    response = staff.post(
        patient_url("medication_stop", patient, record), {"revision": "7", "reason": "Finished"}
    )

    assert response.status_code == HTTPStatus.CONFLICT
    assert 'value="Finished"' in text_of(response)


def test_a_stop_is_undone(
    universe: Universe, patient: Patient, record: MedicationRecord, staff: Client
) -> None:
    stop_medication(
        medication=record, stopped_on=None, reason="x", revision=1, by=universe.ours.staff, at=NOW
    )
    address = patient_url("medication_restart", patient, record)

    assert "Somebody changed this list" in text_of(staff.post(address, {"revision": "1"}, follow=True))
    assert "back among those taken" in text_of(staff.post(address, {"revision": "2"}, follow=True))
    assert "not recorded as stopped" in text_of(staff.post(address, {"revision": "3"}, follow=True))


# --- The review -------------------------------------------------------------------------------


def test_the_list_is_reviewed_by_the_button_on_the_page(
    universe: Universe, patient: Patient, record: MedicationRecord, staff: Client, time_machine: Any
) -> None:
    page = staff.get(patient.get_absolute_url())
    revision = {"revision": str(page.context["medications"].revision)}

    response = staff.post(patient_url("medication_review", patient), revision, follow=True)
    shown = text_of(response)
    assert "List reviewed with the patient by Sam Staff, RN on March 2, 2026." in shown
    assert "Never reviewed" not in shown

    time_machine.move_to(NOW + timedelta(minutes=1), tick=False)
    medication_record(patient, universe.ours.staff, name="Beer", at=NOW + timedelta(minutes=1))
    assert "The list was changed since then." in text_of(staff.get(patient.get_absolute_url()))
    refused = staff.post(patient_url("medication_review", patient), revision, follow=True)
    assert "Somebody changed this list after you opened the page." in text_of(refused)


def test_a_review_of_long_ago_is_called_stale(
    patient: Patient, universe: Universe, staff: Client, time_machine: Any
) -> None:
    staff.post(patient_url("medication_review", patient), {"revision": "0"})
    time_machine.move_to(NOW + timedelta(days=91), tick=False)
    client = Client()
    client.force_login(universe.ours.staff)

    assert "That is more than 90 days ago." in text_of(client.get(patient.get_absolute_url()))
