"""A word for a group of medicines is no medicine: the page asks which one, and keeps the word only by a tick."""

from __future__ import annotations

import time
import tomllib
from importlib import resources
from typing import Final

import pytest
from django.test import Client

from taperplanner.monitoring.models import CheckIn
from taperplanner.patients.details import MedicationDetails
from taperplanner.patients.medications.actions import CannotAddMedication, add_medication
from taperplanner.patients.models import Answer, Kind, MedicationRecord, Patient
from taperplanner.patients.vocabulary import groups, vocabulary
from taperplanner.patients.vocabulary.groups import groups_in
from taperplanner.patients.vocabulary.near import near_misses
from taperplanner.patients.vocabulary.rules import VocabularyError

from ..world.patient_pages import patient_url, text_of
from ..world.people import ana, medication_record
from ..world.plan_pages import plan_url
from ..world.plans import signed_version
from ..world.universe import NOW, Universe

GROUP: Final = "is a group of medicines, not one: which one is it?"
# What a patient says, and the words in it that are asked about.
ASKED: Final = {
    "benzos": ["benzos"],
    "Benzos, from a friend": ["benzos"],
    "BENZODIAZEPINES 1 mg": ["benzodiazepines"],
    "sleeping pills": ["sleeping pills"],
    "some of her sleep meds": ["sleep meds"],
    "pain pill": ["pain pill"],
    "pain killers": ["pain killers"],
    "muscle relaxer 10 mg": ["muscle relaxer"],
    "muscle relaxants": ["muscle relaxants"],
    "water pill": ["water pill"],
    "an antibiotic for a tooth": ["antibiotic"],
    "anti-anxiety medication": ["anti anxiety medication"],
    "fent": ["fent"],
    "Xannies": ["xannies"],
    "k-pins": ["k pins"],
    "percs and oxys": ["percs", "oxys"],
    "gaba": ["gaba"],
    "benzos and pain pills": ["benzos", "pain pills"],
    "Xanax, and some pain pills and water pills": ["pain pills", "water pills"],
}
NOT_ASKED: Final = (
    "", "clonazepam", "Klonopin at night", "Benzocaine", "fentanyl patch", "GABA supplement", "water", "Painaway",
    "sleeping pills (Ambien)", "my pain pill, Percocet", "Wonder root", "paint", "statistics", "x" * 5000, "\x00", "oxygen",
    "Percodan", "dopey", "xanthan gum",
)  # fmt: skip


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return ana(universe.ours)


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


def add(client: Client, patient: Patient, **typed: str) -> str:
    given = {"name": "benzos", "use": "regular", "kind": "prescription", "sedates": "unknown"} | typed
    return text_of(client.post(patient_url("medication_add", patient), given, follow=True))


@pytest.mark.parametrize(("said", "found"), ASKED.items(), ids=ASKED)
def test_a_word_for_a_group_is_found_however_it_is_said(said: str, found: list[str]) -> None:
    assert [group.found for group in groups_in(said)] == found


@pytest.mark.parametrize("said", NOT_ASKED)
def test_a_name_and_a_text_that_says_which_one_are_not_asked_about(said: str) -> None:
    assert groups_in(said) == []


def test_the_question_says_what_the_word_is() -> None:
    assert groups_in("Benzos")[0].sentence == f"“benzos” {GROUP}"
    assert groups_in("fent")[0].sentence == "“fent” is a street word, mostly for fentanyl: which one is it?"


def test_no_word_for_a_group_is_a_medicine_or_near_one() -> None:
    kinds = tomllib.loads(
        resources.files(groups.__package__).joinpath("groups.toml").read_text(encoding="utf-8")
    ).values()
    words = [word.replace("*", "pills") for kind in kinds for word in kind["said"]]
    assert len(words) > 100
    assert [word for word in words if vocabulary().find(word) or near_misses(word)] == []
    assert [word for word in words if not groups_in(word)] == []


def test_no_name_of_the_vocabulary_is_a_word_for_a_group() -> None:
    names = [name for drug in vocabulary().drugs for name in (drug.name, *drug.brands, *drug.also)]
    assert [name for name in names if groups_in(name)] == []


@pytest.mark.parametrize(
    "broken", ['[x]\nis = "a"\nsaid = ["b"]', '[x]\nis = "a"\nmay_sedate = true\nsaid = ["Benzo"]']
)
def test_a_file_that_breaks_a_rule_is_refused(broken: str) -> None:
    with pytest.raises(VocabularyError, match="x: has"):
        list(groups._read(broken))


def test_a_wall_of_text_is_answered_at_once() -> None:
    began = time.perf_counter()
    groups_in("pain pills and " * 26)
    assert time.perf_counter() - began < 0.5


def test_the_form_asks_which_one_keeps_what_was_typed_and_writes_down_nothing(
    staff: Client, patient: Patient
) -> None:
    page = add(staff, patient, name="Benzos 1 mg", directions="One from a friend")
    assert f"“benzos” {GROUP}" in page
    assert "Type the name of the one, or tick that nobody knows which one." in page
    assert "Nobody knows which one: keep “benzos”" in page
    assert 'value="Benzos 1 mg"' in page
    assert "One from a friend" in page
    assert not MedicationRecord.objects.exists()


def test_a_tick_keeps_the_word_as_typed_and_the_list_says_that_nobody_knows_which(
    staff: Client, patient: Patient
) -> None:
    page = add(staff, patient, **{"which-benzos": "on"})
    record = MedicationRecord.objects.get()
    assert (record.name, record.drug, record.sedates) == ("benzos", "", Answer.UNKNOWN)
    assert "Which one" in page
    assert "Not known whether it sedates" in page


def test_a_tick_belongs_to_the_word_that_it_was_given_for(staff: Client, patient: Patient) -> None:
    page = add(staff, patient, name="sleeping pills", **{"which-benzos": "on"})
    assert f"“sleeping pills” {GROUP}" in page
    assert not MedicationRecord.objects.exists()


def test_the_name_of_one_is_filed_and_the_question_is_gone(staff: Client, patient: Patient) -> None:
    add(staff, patient, name="lorazepam", **{"which-benzos": "on"})
    assert MedicationRecord.objects.get().drug == "lorazepam"


def test_a_record_that_says_so_already_is_not_asked_about_again(
    universe: Universe, staff: Client, patient: Patient
) -> None:
    record = medication_record(patient, universe.ours.staff, name="pain pills", kind=Kind.PRESCRIPTION)
    page = text_of(staff.get(patient_url("medication_edit", patient, record)))
    assert 'name="which-pain-pills"' in page
    tick = page[page.index('name="which-pain-pills"') :]
    assert "checked" in tick[: tick.index(">")]


@pytest.mark.parametrize("name", ["benzos", "pain pills", "fent", "gaba", "Muscle relaxer"])
def test_what_may_sedate_is_never_filed_as_something_that_does_not(
    universe: Universe, patient: Patient, name: str
) -> None:
    given = {"patient": patient, "by": universe.ours.staff, "at": NOW}
    with pytest.raises(CannotAddMedication, match="may be one that sedates"):
        add_medication(
            details=MedicationDetails(name=name, kind=Kind.PRESCRIPTION, sedates=Answer.NO),
            **given,  # type: ignore[arg-type]
        )
    assert not MedicationRecord.objects.exists()


def test_that_it_may_sedate_is_said_on_the_form(staff: Client, patient: Patient) -> None:
    page = add(staff, patient, sedates="no", **{"which-benzos": "on"})
    assert "“benzos” may be one that sedates. Choose yes or unknown, or type which one it is." in page
    assert add(staff, patient, name="water pill", sedates="no", **{"which-water-pill": "on"})
    assert [record.name for record in MedicationRecord.objects.all()] == ["water pill"]


def test_it_is_asked_while_the_name_is_typed(staff: Client) -> None:
    page = text_of(staff.get("/patients/vocabulary/", {"name": "fent"}))
    assert "“fent” is a street word, mostly for fentanyl: which one is it?" in page
    assert 'name="which-fent"' in page
    assert 'value="fentanyl"' in page


def test_a_check_in_asks_which_new_medicine_it_is_and_keeps_it_by_a_tick(
    universe: Universe, staff: Client
) -> None:
    address = plan_url(signed_version(universe.ours).plan, "check-ins/add/")
    given = {
        "contact": "phone", "rows": "3", "happened_on": "03/02/2026", "new_medicines": "yes",
        "new_medicines_note": "An antibiotic",
    }  # fmt: skip
    page = text_of(staff.post(address, given))
    assert f"“antibiotic” {GROUP}" in page
    assert "An antibiotic" in page
    assert not CheckIn.objects.exists()
    staff.post(address, given | {"new_medicines_note": "An antibiotic, clarithromycin"})
    assert CheckIn.objects.get().new_medicines_note == "An antibiotic, clarithromycin"
