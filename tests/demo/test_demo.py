"""The demo is a clinic of synthetic patients, made once."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.models import Event
from taperplanner.demo.clinic import LOGINS, PASSWORD
from taperplanner.monitoring.models import CheckIn, Dispensing, Emergency, FollowUp, HomeCount
from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Draft, Version
from taperplanner.tapers.signed.content import verified_content

from ..world.tampering import settle


@pytest.fixture
def output(db: None) -> str:
    out = io.StringIO()
    call_command("demo", prepare_only=True, stdout=out)
    return out.getvalue()


def counts() -> list[int]:
    return [
        model.objects.count() for model in (Clinic, User, Patient, Draft, Version, CheckIn, FollowUp, Event)
    ]


def test_there_are_two_clinics_a_dozen_marked_patients_and_signed_plans(output: str) -> None:
    assert Clinic.objects.count() == 2
    riverside = Clinic.objects.get(name__startswith="Riverside")
    assert riverside.patients.count() == 12
    assert all(patient.mrn.startswith("SYNTHETIC-") for patient in Patient.objects.all())
    versions = Version.objects.select_related("plan")
    assert len(versions) >= 2
    for version in versions:
        verified_content(version)
    assert Draft.objects.exists()


def test_its_tapers_are_followed(output: str) -> None:
    assert CheckIn.objects.count() == 4
    assert FollowUp.objects.open().count() >= 4
    assert Emergency.objects.open().get().check_in.plan.patient.mrn == "SYNTHETIC-002"
    assert (Dispensing.objects.count(), Dispensing.objects.valid().count()) == (5, 4)
    assert HomeCount.objects.valid().count() == 1


def test_running_it_twice_changes_nothing(output: str) -> None:
    before = counts()
    settle()
    again = io.StringIO()
    call_command("demo", prepare_only=True, stdout=again)
    assert counts() == before
    assert "nothing was changed" in again.getvalue()


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.role)
def test_each_login_it_prints_can_sign_in(output: str, login: object) -> None:
    assert login.email in output
    assert PASSWORD in output
    answer = Client().post("/account/login/", {"login": login.email, "password": PASSWORD})
    assert answer.status_code == 302


def test_it_refuses_to_run_in_production(db: None, settings: object) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="does not run in production"):
        call_command("demo", prepare_only=True)
    assert not Clinic.objects.exists()
