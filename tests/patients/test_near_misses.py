"""A slip in a drug's name is asked about, and the rule of one plan holds for it."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.patients.details import MedicationDetails
from taperplanner.patients.medications.actions import CannotAddMedication, add_medication
from taperplanner.patients.models import Kind, MedicationRecord, Patient
from taperplanner.patients.vocabulary import vocabulary
from taperplanner.patients.vocabulary.near import corrected, distance, near_misses
from taperplanner.tapers.models import Plan

from ..world.patient_pages import text_of
from ..world.people import ana, clonazepam_record, medication_record
from ..world.universe import NOW, Universe

PLAN = {"goal": "discontinue", "reason": "Falls"}


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return ana(universe.ours)


@pytest.fixture
def provider(universe: Universe) -> Client:
    return universe.client_of(universe.ours.provider)


def add(client: Client, patient: Patient, **typed: str) -> str:
    """Answers for a name that the vocabulary does not know come with it."""
    given = {"name": "clonazapam", "use": "regular", "kind": "prescription", "sedates": "yes"} | typed
    return text_of(client.post(f"/patients/{patient.pk}/medications/add/", given, follow=True))


@pytest.mark.parametrize(
    ("typed", "drugs"),
    [
        ("clonazapam", ["clonazepam"]),
        ("clonazepan", ["clonazepam"]),
        ("Clonazapam 0.5 mg tablets", ["clonazepam"]),
        ("colnazepam", ["clonazepam"]),
        ("clonozapam", ["clonazepam"]),
        ("Klonapin", ["clonazepam"]),
        ("klonipin at night", ["clonazepam"]),
        ("Rivotrill", ["clonazepam"]),
        ("xanex", ["alprazolam"]),
        ("lorazapam", ["lorazepam"]),
        ("clonapam", ["clobazam", "clonazepam"]),
    ],
)
def test_a_slip_comes_near_what_was_meant(typed: str, drugs: list[str]) -> None:
    assert sorted(near.drug for near in near_misses(typed)) == drugs


@pytest.mark.parametrize(
    "typed",
    [
        "clonidine", "clobazam", "lorazepam", "clonazepam", "clonazolam", "Klonopin 1 mg", "Xanax at night",
        "Wonder root", "green tea", "insulin", "multivitamin", "vitamin", "", "x", "z" * 300, "\x00", "٣٣٣٣٣٣",
    ],
)  # fmt: skip
def test_a_real_name_and_a_name_of_its_own_come_near_nothing(typed: str) -> None:
    assert near_misses(typed) == ()


def test_no_name_of_the_vocabulary_is_called_a_slip_of_another() -> None:
    names = [name for drug in vocabulary().drugs for name in (drug.name, *drug.brands, *drug.also)]
    assert [name for name in names if near_misses(name)] == []


words = st.text("abcdz", max_size=7)


@given(words, words)
def test_the_distance_is_the_same_both_ways_and_nothing_only_of_a_word_to_itself(
    one: str, other: str
) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) == (one == other)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("abc", "abc", 0), ("abc", "abd", 1), ("abc", "ab", 1), ("abc", "acb", 1), ("abc", "cba", 2), ("a", "abcd", 3)],
)  # fmt: skip
def test_the_distance_counts_slips(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 2) == slips


def test_only_the_slip_is_put_right() -> None:
    (near,) = near_misses("Klonapin 1 mg (wafer)")
    assert corrected("Klonapin 1 mg (wafer)", near) == "Klonopin 1 mg (wafer)"


def test_the_form_asks_and_writes_down_nothing(provider: Client, patient: Patient) -> None:
    page = add(provider, patient)
    assert "clonazepam?" in page
    assert "“clonazapam” is not in the vocabulary, and reads like clonazepam." in page
    assert not MedicationRecord.objects.exists()


def test_a_yes_writes_the_known_name_and_files_it(provider: Client, patient: Patient) -> None:
    add(provider, patient, meant="clonazepam", name="Clonazapam 0.5 mg")
    record = MedicationRecord.objects.get()
    assert (record.name, record.drug, record.drug_class) == (
        "clonazepam 0.5 mg",
        "clonazepam",
        "benzodiazepine",
    )


def test_a_no_keeps_the_name_and_what_it_is_not(provider: Client, patient: Patient) -> None:
    add(provider, patient, meant="else")
    record = MedicationRecord.objects.get()
    assert (record.name, record.drug, record.is_not) == ("clonazapam", "", "clonazepam")
    edit = text_of(provider.get(f"/patients/{patient.pk}/medications/{record.pk}/edit/"))
    assert "clonazepam?" in edit


def test_the_action_takes_no_slip_that_nobody_was_asked_about(universe: Universe, patient: Patient) -> None:
    details = MedicationDetails(name="clonazapam", kind=Kind.PRESCRIPTION)
    with pytest.raises(CannotAddMedication, match="reads like clonazepam"):
        add_medication(patient=patient, details=details, by=universe.ours.staff, at=NOW)


def test_the_name_is_asked_about_while_it_is_typed(provider: Client) -> None:
    page = text_of(provider.get("/patients/vocabulary/", {"name": "clonazapam"}))
    assert "clonazepam?" in page
    assert "Yes: clonazepam" in page


def open_plan(provider: Client, patient: Patient, record: MedicationRecord) -> str:
    given = PLAN | {"medication": str(record.pk)}
    return text_of(provider.post(f"/patients/{patient.pk}/plans/add/", given, follow=True))


def before_it_was_asked(record: MedicationRecord) -> None:
    """As a record stands that was written down before names were asked about."""
    MedicationRecord.objects.filter(pk=record.pk).update(is_not="")


def test_no_plan_opens_for_a_slip_until_somebody_says_what_it_is(
    universe: Universe, provider: Client, patient: Patient
) -> None:
    by = universe.ours.staff
    slip = medication_record(patient, by, name="clonazapam", kind=Kind.PRESCRIPTION, is_not="clonazepam")
    before_it_was_asked(slip)
    assert open_plan(provider, patient, clonazepam_record(patient, by))
    assert "“clonazapam” reads like clonazepam." in open_plan(provider, patient, slip)
    assert Plan.objects.count() == 1


def test_no_plan_for_clonazepam_opens_beside_one_that_was_opened_for_a_slip(
    universe: Universe, provider: Client, patient: Patient
) -> None:
    by = universe.ours.staff
    slip = medication_record(patient, by, name="clonazapam", kind=Kind.PRESCRIPTION, is_not="clonazepam")
    open_plan(provider, patient, slip)
    before_it_was_asked(slip)
    assert "an open plan for clonazapam already" in open_plan(
        provider, patient, clonazepam_record(patient, by)
    )
    assert Plan.objects.count() == 1


def test_what_is_said_to_be_something_else_has_a_plan_of_its_own(
    universe: Universe, provider: Client, patient: Patient
) -> None:
    by = universe.ours.staff
    slip = medication_record(patient, by, name="clonazapam", kind=Kind.PRESCRIPTION, is_not="clonazepam")
    open_plan(provider, patient, clonazepam_record(patient, by))
    open_plan(provider, patient, slip)
    assert Plan.objects.count() == 2
