"""What applies to one patient: shown first, with the recorded fact or medication it is shown for."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from taperplanner.guidance.library import library
from taperplanner.patients.actions import answer_safety_facts
from taperplanner.patients.details import FactAnswer
from taperplanner.patients.medications.actions import review_medications, stop_medication
from taperplanner.patients.models import Answer, Fact, Kind, Patient
from tests.world.patient_pages import patient_url, text_of
from tests.world.people import ana, build_patient, clonazepam_record, medication_record
from tests.world.universe import NOW, Universe

TITLE = 'id="applies-title"'


def answer(universe: Universe, patient: Patient, fact: Fact, given: Answer) -> None:
    answer_safety_facts(
        patient=patient,
        answers={fact: FactAnswer(answer=given)},
        revision=patient.safety_facts_revision,
        by=universe.ours.staff,
        at=NOW,
    )
    patient.refresh_from_db()


def panel(client: Client, patient: Patient) -> str:
    page = text_of(client.get(patient.get_absolute_url()))
    return page[page.index(TITLE) : page.index("</section>", page.index(TITLE))]


@pytest.fixture
def patient(universe: Universe) -> Patient:
    """Every fact is answered no."""
    return ana(universe.ours)


@pytest.mark.parametrize("fact", Fact)
def test_a_fact_answered_yes_brings_its_entries_and_is_named(
    universe: Universe, staff: Client, patient: Patient, fact: Fact
) -> None:
    answer(universe, patient, fact, Answer.YES)

    shown = panel(staff, patient)

    assert f"<bdi>{fact.label}</bdi>" in shown
    assert "Safety fact, answered yes: Sam Staff, March 2, 2026" in shown
    for entry in library().concerning(fact.value):
        assert f"<summary>{entry.topic_title}: {entry.title}</summary>" in shown


@pytest.mark.parametrize("given", [Answer.NO, Answer.UNKNOWN])
def test_any_other_answer_brings_no_entry(
    universe: Universe, staff: Client, patient: Patient, given: Answer
) -> None:
    answer(universe, patient, Fact.SEIZURE_DISORDER, given)

    assert "<summary>" not in panel(staff, patient)


@pytest.mark.parametrize(
    ("name", "recorded"),
    [
        ("Percocet", "Opioid with clonazePAM"),
        ("Beer", "Alcohol with clonazePAM"),
        ("Paxlovid", "Can raise clonazePAM’s level"),
        ("Tegretol", "Other sedative with clonazePAM; can lower clonazePAM’s level"),
        ("Depakote", "Other sedative with clonazePAM; valproic acid with clonazePAM"),
    ],
)
def test_a_record_on_the_list_brings_its_entries_and_is_named(
    universe: Universe, staff: Client, patient: Patient, name: str, recorded: str
) -> None:
    clonazepam_record(patient, universe.ours.provider)
    record = medication_record(patient, universe.ours.staff, name=name)

    shown = panel(staff, patient)

    assert f"<bdi>{record.name}</bdi>" in shown
    assert f"On the medication list: {recorded}" in shown


@pytest.mark.parametrize(
    ("name", "recorded"),
    [("Percocet", "Opioid"), ("Beer", "Alcohol"), ("Xanax", "Benzodiazepine")],
)
def test_nothing_is_with_clonazepam_where_none_is_taken(
    universe: Universe, staff: Client, patient: Patient, name: str, recorded: str
) -> None:
    medication_record(patient, universe.ours.staff, name=name)
    assert f"<bdi>On the medication list: {recorded}</bdi>" in panel(staff, patient)
    taken = clonazepam_record(patient, universe.ours.provider)
    stop_medication(
        medication=taken,
        revision=taken.revision,
        stopped_on=None,
        reason="Stopped",
        by=universe.ours.staff,
        at=NOW,
    )
    assert f"<bdi>On the medication list: {recorded}</bdi>" in panel(staff, patient)


def test_an_entry_stands_once_and_the_second_reason_says_that_it_stands_above(
    universe: Universe, staff: Client, patient: Patient
) -> None:
    answer(universe, patient, Fact.OPIOID_USE, Answer.YES)
    medication_record(patient, universe.ours.staff, name="Percocet")

    shown = panel(staff, patient)

    assert shown.count("<summary>Interactions: Opioids</summary>") == 1
    assert shown.index("Opioid use") < shown.index("Percocet") < shown.index("See above: Opioids;")


@pytest.mark.parametrize(
    ("born", "title", "recorded", "entries"),
    [
        (
            date(1938, 3, 2),
            "65 years or older",
            "Born March 2, 1938: 88 years old",
            ["Older adults", "Dizziness, coordination and falls"],
        ),
        (
            date(2009, 3, 2),
            "Under 18 years",
            "Born March 2, 2009: 17 years old",
            ["Whom the guideline does not cover"],
        ),
    ],
)
def test_an_age_that_guidance_names_is_shown_first_with_the_birth_date(
    universe: Universe, staff: Client, born: date, title: str, recorded: str, entries: list[str]
) -> None:
    patient = build_patient(universe.ours, date_of_birth=born)
    answer(universe, patient, Fact.SEIZURE_DISORDER, Answer.YES)

    with time_machine.travel(NOW):
        shown = panel(staff, patient)

    assert f"<bdi>{title}</bdi>" in shown
    assert f"<bdi>{recorded}</bdi>" in shown
    assert shown.index(title) < shown.index("Seizure disorder")
    for entry in entries:
        assert f": {entry}</summary>" in shown


@pytest.mark.parametrize(
    ("at", "is_older"),
    [
        (datetime(2026, 3, 4, 4, 59, tzinfo=UTC), False),  # a minute to midnight of the eve, in New York
        (datetime(2026, 3, 4, 5, tzinfo=UTC), True),
    ],
)
def test_a_birthday_begins_at_the_clinics_midnight(
    universe: Universe, staff: Client, at: datetime, is_older: bool
) -> None:
    patient = build_patient(universe.ours, date_of_birth=date(1961, 3, 4), at=at)

    with time_machine.travel(at):
        assert ("65 years or older" in panel(staff, patient)) is is_older
        page = text_of(staff.get(patient.get_absolute_url()))

    assert f"March 4, 1961 ({65 if is_older else 64} years)" in page


def test_between_18_and_64_the_age_brings_nothing(
    universe: Universe, staff: Client, patient: Patient
) -> None:
    with time_machine.travel(NOW):
        assert "<summary>" not in panel(staff, patient)


def test_what_nobody_knows_is_named_as_a_gap(universe: Universe, staff: Client) -> None:
    patient = build_patient(universe.ours)
    answer(universe, patient, Fact.LIVER_DISEASE, Answer.UNKNOWN)
    medication_record(
        patient, universe.ours.staff, name="Wonder root", kind=Kind.SUPPLEMENT, sedates=Answer.UNKNOWN
    )

    shown = panel(staff, patient)

    assert "<bdi>Seizure disorder: not asked yet</bdi>" in shown
    assert "<bdi>Liver disease: unknown</bdi>" in shown
    assert "<bdi>Wonder root: not known whether it sedates</bdi>" in shown
    assert '#medication-review">Everything they take: no current review</a>' in shown
    page = text_of(staff.get(patient.get_absolute_url()))
    review = page[page.index('id="medication-review"') :]
    assert "I went through this list with the patient" in review


def test_a_list_that_was_reviewed_and_facts_that_are_answered_leave_no_gap(
    universe: Universe, staff: Client, patient: Patient
) -> None:
    review_medications(patient=patient, list_revision=0, by=universe.ours.staff, at=NOW)

    with time_machine.travel(NOW):
        assert "Not known" not in panel(staff, patient)


def test_it_stands_before_the_rest_of_the_page_and_shows_only(
    universe: Universe, staff: Client, patient: Patient
) -> None:
    answer(universe, patient, Fact.PREGNANCY_OR_BREASTFEEDING, Answer.YES)
    page = text_of(staff.get(patient.get_absolute_url()))
    shown = panel(staff, patient)

    assert page.index(TITLE) < page.index('class="patient-columns"')
    for control in ("<form", "<button", "<input", "hx-"):
        assert control not in shown


def test_no_pace_stands_on_a_patients_page(universe: Universe, staff: Client, patient: Patient) -> None:
    for fact in Fact:
        answer(universe, patient, fact, Answer.YES)
    page = text_of(staff.get(patient.get_absolute_url()))

    paces = [entry for entry in library().entries if entry.only_on_guidance_page]
    assert paces
    assert not [entry.title for entry in paces if entry.paragraphs[0] in page]


def test_beside_the_safety_facts_stands_why_each_matters(
    universe: Universe, staff: Client, patient: Patient
) -> None:
    page = text_of(staff.get(patient_url("safety_facts", patient)))
    why = page[page.index('id="why-title"') :]

    for fact in Fact:
        assert f"<summary>{fact.label}</summary>" in why
        for entry in library().concerning(fact.value):
            assert entry.paragraphs[0] in why
