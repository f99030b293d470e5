from __future__ import annotations

from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.patients.actions import archive_patient, restore_patient
from taperplanner.patients.models import Answer, Fact
from tests.world.universe import NOW, Universe

from ..world.patient_pages import details_typed, patient_url, text_of, times_shown
from ..world.people import (
    ana,
    answer_all,
    build_patient,
    clonazepam_record,
    edit_meanwhile,
    medication_record,
)

# --- The patient's page -----------------------------------------------------------------------


def test_the_page_shows_who_they_are_and_leaves_one_event(universe: Universe, staff: Client) -> None:
    patient = ana(universe.ours)

    page = text_of(staff.get(patient.get_absolute_url()))

    for told in ("Rivera, Ana", "Nita", "March 2, 1980 (46 years)", "A-1001"):
        assert told in page
    for told in ("Luis Rivera", "Brother", "555-0112", "Her brother, every evening"):
        assert told in page
    assert times_shown(patient) == 1


def test_what_was_never_written_down_shows_as_a_gap(universe: Universe, staff: Client) -> None:
    patient = build_patient(universe.ours)

    page = text_of(staff.get(patient.get_absolute_url()))

    assert "not recorded" in page
    assert page.count("Not asked yet") == len(Fact)
    assert "Never reviewed with the patient." in page
    assert page.count("Not recorded") == 3


def test_unknown_is_shown_as_a_gap_and_yes_brings_what_the_sources_say(
    universe: Universe, staff: Client
) -> None:
    patient = build_patient(universe.ours)
    answer_all(patient, by=universe.ours.staff, answer=Answer.UNKNOWN)

    page = text_of(staff.get(patient.get_absolute_url()))
    assert page.count('<span class="gap">Unknown</span>') == len(Fact)
    assert "What the sources say" not in page

    patient.refresh_from_db()
    answer_all(patient, by=universe.ours.staff, answer=Answer.YES)
    page = text_of(staff.get(patient.get_absolute_url()))
    assert "What the sources say: opioid use" in page
    assert "Reference, not an order." in page


def test_the_page_costs_the_same_for_3_medications_and_for_40(universe: Universe, staff: Client) -> None:
    patient = ana(universe.ours)
    counts = []
    for count in (3, 37):
        for number in range(count):
            medication_record(patient, universe.ours.staff, name=("Percocet", "Xanax", "Beer")[number % 3])
        staff.get(patient.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            staff.get(patient.get_absolute_url())
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_somebody_of_the_same_name_is_warned_of_on_every_page(universe: Universe, staff: Client) -> None:
    patient = ana(universe.ours)
    ana(universe.theirs)
    record = clonazepam_record(patient, universe.ours.staff)
    warning = "Another patient here has the same name."
    assert warning not in text_of(staff.get(patient.get_absolute_url()))

    build_patient(universe.ours, given_name="ÁNA", family_name="rivera")

    urls = [
        patient_url(name, patient) for name in ("patient", "patient_edit", "safety_facts", "patient_history")
    ]
    urls.append(patient_url("medication_stop", patient, record))
    for address in urls:
        assert warning in text_of(staff.get(address))


# --- Editing ----------------------------------------------------------------------------------


def test_details_are_edited(universe: Universe, staff: Client) -> None:
    patient = ana(universe.ours)

    response = staff.post(
        patient_url("patient_edit", patient), details_typed(patient, phone="555-0999"), follow=True
    )

    assert "The patient’s details were saved." in text_of(response)
    patient.refresh_from_db()
    assert (patient.phone, patient.revision) == ("555-0999", 2)


def test_the_form_opens_with_what_is_written_down(universe: Universe, staff: Client) -> None:
    page = text_of(staff.get(patient_url("patient_edit", ana(universe.ours))))

    for value in ('value="Ana"', 'value="03/02/1980"', 'value="A-1001"', "Her brother, every evening"):
        assert value in page


def test_bad_input_on_an_edit_comes_back_and_keeps_the_revision_it_came_with(
    universe: Universe, staff: Client
) -> None:
    patient = ana(universe.ours)
    edit_meanwhile(universe.ours, patient)

    response = staff.post(
        patient_url("patient_edit", patient), details_typed(patient, date_of_birth="soon", phone="1")
    )

    assert response.status_code == HTTPStatus.OK
    assert "This is not a date we can read." in text_of(response)
    assert response.context["revision"] == 1  # so that the conflict is still found


@pytest.mark.parametrize("revision", ["1", "", "0", "-1", "nonsense", "9" * 30, "٢", "1.0"])
def test_an_edit_from_an_old_page_is_a_409_that_keeps_everything_typed(
    universe: Universe, staff: Client, revision: str
) -> None:
    patient = ana(universe.ours)
    edit_meanwhile(universe.ours, patient)

    response = staff.post(
        patient_url("patient_edit", patient), details_typed(patient, phone="555-0999", revision=revision)
    )

    page = text_of(response)
    assert response.status_code == HTTPStatus.CONFLICT
    assert "Somebody else saved this while you were typing." in page
    assert "555-0777" in page  # what it says now
    assert 'value="555-0999"' in page  # what was typed
    patient.refresh_from_db()
    assert (patient.phone, patient.revision) == ("555-0777", 2)
    assert times_shown(patient) == 1  # a 409 shows the patient too

    again = staff.post(
        patient_url("patient_edit", patient),
        details_typed(patient, phone="555-0999", revision=response.context["revision"]),
    )
    assert again.status_code == HTTPStatus.FOUND
    patient.refresh_from_db()
    assert patient.phone == "555-0999"


# --- Safety facts -----------------------------------------------------------------------------


def test_nothing_is_taken_for_no(universe: Universe, staff: Client) -> None:
    patient = build_patient(universe.ours)

    page = staff.get(patient_url("safety_facts", patient)).content.decode()
    assert page.count("checked") == len(Fact)  # each at "not asked yet"
    staff.post(patient_url("safety_facts", patient), {"revision": 1})

    assert patient.safety_facts.count() == 0


def test_answers_are_saved_with_their_notes(universe: Universe, staff: Client) -> None:
    patient = build_patient(universe.ours)
    typed = {"revision": 1, "opioid_use": "yes", "opioid_use_note": "methadone", "liver_disease": "unknown"}

    response = staff.post(patient_url("safety_facts", patient), typed, follow=True)

    assert "The safety facts were saved." in text_of(response)
    answers = dict(patient.safety_facts.values_list("fact", "answer"))
    assert answers == {Fact.OPIOID_USE: Answer.YES, Fact.LIVER_DISEASE: Answer.UNKNOWN}
    assert "methadone" in text_of(response)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"opioid_use_note": "methadone"}, "Choose yes, no or unknown to go with the note."),
        ({"opioid_use": "perhaps"}, "perhaps is not one of the available choices."),
        ({"opioid_use": "yes", "opioid_use_note": "x" * 301}, "Keep this to 300 characters; it now has 301."),
    ],
    ids=["note alone", "no answer", "long note"],
)
def test_bad_answers_come_back_with_a_sentence_and_everything_typed(
    universe: Universe, staff: Client, typed: dict[str, str], sentence: str
) -> None:
    patient = build_patient(universe.ours)

    response = staff.post(
        patient_url("safety_facts", patient), {"revision": 1, "liver_disease_note": "hm"} | typed
    )

    assert response.status_code == HTTPStatus.OK
    assert sentence in text_of(response)
    assert 'value="hm"' in text_of(response)
    assert patient.safety_facts.count() == 0


def test_answers_from_an_old_page_are_a_409_that_tells_both(universe: Universe, staff: Client) -> None:
    patient = build_patient(universe.ours)
    answer_all(patient, by=universe.ours.provider, answer=Answer.YES)

    response = staff.post(
        patient_url("safety_facts", patient),
        {"revision": 1, "opioid_use": "no", "opioid_use_note": "never"},
    )

    page = text_of(response)
    assert response.status_code == HTTPStatus.CONFLICT
    assert (
        '<th scope="row">Opioid use</th> <td class="text-prewrap" data-label="It now says">Yes</td>'
        ' <td class="text-prewrap" data-label="You typed">No</td>' in page
    )
    assert 'value="never"' in page
    renewed = {"revision": response.context["revision"], "opioid_use": "no"}
    staff.post(patient_url("safety_facts", patient), renewed)
    answers = dict(patient.safety_facts.values_list("fact", "answer"))
    assert answers.pop(Fact.OPIOID_USE) == Answer.NO
    assert set(answers.values()) == {Answer.YES}  # what was left open stays as the other wrote it


# --- Every page about a patient ---------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["patient", "patient_edit", "patient_archive", "patient_history", "safety_facts", "medication_add"],
)
def test_the_identity_banner_stands_on_every_page_and_each_leaves_one_event(
    universe: Universe, staff: Client, name: str
) -> None:
    patient = ana(universe.ours)

    response = staff.get(patient_url(name, patient))

    page = text_of(response)
    banner = page[page.index('<section class="identity"') : page.index("</section>")]
    for told in ("Rivera, Ana", "Nita", "March 2, 1980 (46 years)", "A-1001"):
        assert told in banner
    assert times_shown(patient) == 1
    assert response["Cache-Control"].count("no-store") == 1
    assert "style=" not in page
    assert "onclick" not in page


def test_a_restored_patient_can_be_edited_again(universe: Universe, staff: Client) -> None:
    patient = ana(universe.ours)
    archive_patient(patient=patient, reason="x", revision=1, by=universe.ours.staff, at=NOW)
    restore_patient(patient=patient, revision=2, by=universe.ours.staff, at=NOW)

    response = staff.post(patient_url("patient_edit", patient), details_typed(patient, phone="1", revision=3))

    assert response.status_code == HTTPStatus.FOUND
