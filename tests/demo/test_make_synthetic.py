"""Many synthetic patients are made by the patients' own rules, and all that was signed of them verifies."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from taperplanner.accounts.models import Clinic
from taperplanner.audit.models import Event
from taperplanner.day_book.rebuilding import rebuild
from taperplanner.demo import many
from taperplanner.demo.clinic import PASSWORD, make_clinic
from taperplanner.demo.many_people import person
from taperplanner.demo.many_plans import DUE, said
from taperplanner.patients.actions import add_patient
from taperplanner.patients.details import PatientDetails
from taperplanner.patients.models import Patient, SearchKey
from taperplanner.tapers.models import Draft, Version
from taperplanner.tapers.signed.content import verified_content

from ..world.universe import NOW, Universe
from .made_alone import PARTS, columns, planned_alone, told_of

PATIENTS, PLANS = 24, 10


def made(**options: int) -> str:
    out = io.StringIO()
    call_command("make_synthetic", **{"patients": PATIENTS, "plans": PLANS, "due": 5, **options}, stdout=out)
    return out.getvalue()


def lakeside() -> Clinic:
    return Clinic.objects.get(name=many.NAME)


def test_all_that_was_signed_and_told_of_verifies(db: None) -> None:
    made()
    versions = Version.objects.select_related("plan")
    assert len(versions) == PLANS
    for version in versions:
        verified_content(version)
    call_command("verify_signed", stdout=io.StringIO())
    call_command("audit_verify", stdout=io.StringIO())
    assert not Draft.objects.exists()
    assert not [difference for _, difference in rebuild() if difference]


def test_rows_that_no_event_tells_of_do_not_verify(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taperplanner.audit.log.Waiting.name_rows", lambda waiting: None)
    made()
    with pytest.raises((CommandError, SystemExit)):
        call_command("audit_verify", stdout=io.StringIO(), stderr=io.StringIO())


def test_each_event_names_its_own_patients_rows(db: None) -> None:
    made()
    for event in Event.objects.filter(action="patient.added"):
        [[label, key, _]] = event.rows
        assert label == "patients.historicalpatient"
        assert Patient.history.get(pk=int(key)).id == event.patient_id
    for event in Event.objects.filter(action="draft.signed"):
        [[label, key, _]] = event.rows
        assert (label, Version.objects.get(pk=key).content_hash) == ("tapers.version", event.details["hash"])


def test_every_patient_is_marked_as_synthetic(db: None) -> None:
    made()
    assert "(synthetic patients only)" in lakeside().name
    assert lakeside().patients.count() == PATIENTS
    assert all(patient.mrn.startswith("SYNTHETIC-") for patient in Patient.objects.all())


def test_a_patient_has_the_row_the_history_and_the_keys_that_the_action_makes(db: None) -> None:
    made(plans=0, due=0)
    clinic, by = make_clinic("Another clinic", "another", NOW)
    for number in range(1, PATIENTS + 1):
        details = person(number)
        alone = add_patient(clinic=clinic, details=details, by=by, at=NOW)
        among = lakeside().patients.get(mrn=details.mrn)
        assert columns(among) == columns(alone)
        assert columns(among.history.get()) == columns(alone.history.get())
        assert keys(among) == keys(alone)


def test_a_plan_has_the_rows_and_the_events_that_the_actions_make(db: None) -> None:
    made(patients=1, plans=1, due=0)
    among = lakeside().patients.get().plans.get()
    by_actions = planned_alone(*make_clinic("Another clinic", "another", NOW), among.opened_at)
    for rows in PARTS:
        assert list(map(columns, rows(among))) == list(map(columns, rows(by_actions))), rows
    assert told_of(among) == told_of(by_actions)


def keys(patient: Patient) -> list[bytes]:
    return sorted(
        bytes(key) for key in SearchKey.objects.filter(patient=patient).values_list("key", flat=True)
    )


def test_they_are_found_by_search(db: None) -> None:
    made(plans=0, due=0)
    browser = Client()
    browser.force_login(lakeside().users.get(email="provider@lakeside.example"))
    wanted = person(7)
    for words in (wanted.family_name, wanted.mrn, f"{wanted.given_name} {wanted.family_name}"):
        page = browser.get("/patients/", {"q": words}).content.decode()
        assert wanted.mrn in page


def test_something_is_due_of_so_many_plans_and_the_others_are_quiet(db: None) -> None:
    made(due=0)
    browser = Client()
    browser.force_login(lakeside().users.get(email="provider@lakeside.example"))
    assert not browser.get("/").context["counted"]
    assert lakeside().patients.filter(plans__state="open").count() == PLANS
    made(due=len(DUE), plans=len(DUE))
    counted = browser.get("/").context["counted"]
    assert sum(section.total for section in counted) == len(DUE)
    assert {section.key for section in counted} == {
        "steps-today", "steps-week", "overdue", "due-today", "due-week",
    }  # fmt: skip


def test_running_it_again_makes_more_with_other_numbers(db: None) -> None:
    made(plans=0, due=0)
    made()
    assert lakeside().patients.count() == 2 * PATIENTS
    assert len(set(lakeside().patients.values_list("mrn", flat=True))) == 2 * PATIENTS


def test_it_says_how_far_it_is_and_that_it_is_done(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(many, "PATIENTS_AT_ONCE", 5)
    monkeypatch.setattr(many, "PLANS_AT_ONCE", 3)
    lines = made().splitlines()
    assert lines[-3].split(" s")[0].startswith(f"{PATIENTS} of {PATIENTS} patients, {PLANS} of {PLANS} plans")
    assert lines[-2].startswith(f"Made {PATIENTS} synthetic patients and {PLANS} plans")
    assert f"password: {PASSWORD}" in lines[-1]
    assert 3 < len(lines) <= 13


def test_it_holds_no_more_than_a_lot_of_patients(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "PATIENTS_AT_ONCE", 5)
    lots = []
    add = many.add_many_patients
    monkeypatch.setattr(
        many, "add_many_patients", lambda **given: lots.append(len(given["people"])) or add(**given)
    )
    made()
    assert (max(lots), sum(lots)) == (5, PATIENTS)


def test_it_refuses_to_run_in_production(db: None, settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="does not run in production"):
        made()
    assert not Clinic.objects.exists()


def test_it_refuses_where_a_patient_is_not_synthetic(universe: Universe) -> None:
    details = PatientDetails(
        mrn="1234", given_name="", family_name="Somebody", date_of_birth=None, birth_year=1950
    )
    add_patient(clinic=universe.ours.clinic, details=details, by=universe.ours.provider, at=NOW)
    before = Patient.objects.count()
    with pytest.raises(CommandError, match="does not begin with SYNTHETIC-"):
        made()
    assert (Patient.objects.count(), Clinic.objects.filter(name=many.NAME).count()) == (before, 0)


@pytest.mark.parametrize(
    "asked", [{"plans": PATIENTS + 1}, {"plans": 2, "due": 3}, {"due": -1}, {"patients": -1}], ids=str
)
def test_it_refuses_more_plans_than_patients_and_more_due_than_plans(db: None, asked: dict[str, int]) -> None:
    with pytest.raises(CommandError, match="no more plans than patients"):
        made(**asked)
    assert not Clinic.objects.exists()


def test_the_same_number_is_the_same_person() -> None:
    assert person(41) == person(41)
    assert (
        len({(one.given_name, one.family_name, one.date_of_birth) for one in map(person, range(500))}) > 450
    )


def test_what_each_plan_says_is_marked_as_an_example(db: None) -> None:
    assert said(NOW.date()).meant == "Synthetic example."
