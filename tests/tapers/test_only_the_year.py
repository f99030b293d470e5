"""Signing for somebody of whom only the year of birth is known: who it is, and what stands under the hash."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.patients.births import Birth
from taperplanner.tapers.forms.signature import MORE_THAN_RECORDED
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.signed.content import Tampered, verified_content

from ..world.contents import OF_FORMAT_1, OF_FORMAT_2
from ..world.patient_pages import text_of
from ..world.people import of_1961
from ..world.plan_pages import plan_url, posted_signature
from ..world.plans import open_plan, save_draft, typed_schedule
from ..world.tampering import again, past_the_triggers
from ..world.universe import Universe
from ..world.written import written

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def plan(universe: Universe) -> Plan:
    plan = open_plan(universe.ours, of_1961(universe.ours))
    save_draft(plan, typed_schedule(), universe.ours)
    return plan


def sign(provider: Client, plan: Plan, **typed: str) -> str:
    sent = {"date_of_birth": "1961", "mrn": "Y-7"} | typed
    return text_of(provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan, **sent), follow=True))


def test_the_page_asks_for_the_year_and_the_mrn(provider: Client, plan: Plan) -> None:
    page = text_of(provider.get(plan_url(plan, "draft/sign/")))
    assert "The patient's year of birth" in page
    assert "The patient's MRN" in page
    assert "The patient's date of birth" not in page
    assert "Only the year is known. Type it, and the MRN, from the patient's papers" in page


def test_where_the_day_is_known_the_page_asks_for_the_date_as_ever(
    universe: Universe, provider: Client
) -> None:
    plan = open_plan(universe.ours)
    save_draft(plan, typed_schedule(), universe.ours)
    page = text_of(provider.get(plan_url(plan, "draft/sign/")))
    assert "The patient's date of birth" in page
    assert 'name="mrn"' not in page


@pytest.mark.parametrize("mrn", ["Y-7", "y-7", " Y-7 "])
def test_the_year_and_the_mrn_sign_in_format_2(provider: Client, plan: Plan, mrn: str) -> None:
    assert "Signed as version 1." in sign(provider, plan, mrn=mrn)
    version = Version.objects.select_related("plan").get()
    assert (version.patient_date_of_birth, version.patient_birth_year) == (None, 1961)
    content = verified_content(version)
    assert content.patient_birth == version.patient_birth == Birth(only_year=1961)
    signed = json.loads(content.canonical())
    assert (signed["format"], signed["patient"][1:]) == (2, ["Ana Rivera", "1961", "Y-7"])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"date_of_birth": "1962"},
            "This is not this patient's year of birth. Check that the right patient is open.",
        ),
        ({"date_of_birth": ""}, "Type the patient's year of birth."),
        ({"date_of_birth": "61"}, "This is not a date we can read."),
        ({"date_of_birth": "03/04/1961"}, MORE_THAN_RECORDED),
        ({"date_of_birth": "01/01/1961"}, MORE_THAN_RECORDED),
        ({"mrn": "Y-8"}, "This is not this patient's MRN. Check that the right patient is open."),
        ({"mrn": "Y7"}, "This is not this patient's MRN. Check that the right patient is open."),
        ({"mrn": ""}, "Type the patient's MRN."),
        ({"password": "wrong"}, "This is not your password."),
    ],
)
def test_nothing_is_signed_unless_the_year_and_the_mrn_are_the_patients(
    provider: Client, plan: Plan, typed: dict[str, str], sentence: str
) -> None:
    assert sentence in sign(provider, plan, **typed)
    assert not Version.objects.exists()


def test_a_page_that_does_not_send_the_mrn_signs_nothing(provider: Client, plan: Plan) -> None:
    sent = posted_signature(plan, date_of_birth="1961")
    assert "Type the patient's MRN." in text_of(provider.post(plan_url(plan, "draft/sign/"), sent))
    assert not Version.objects.exists()


def test_where_the_day_is_known_its_year_is_not_enough(universe: Universe, provider: Client) -> None:
    plan = open_plan(universe.ours)
    save_draft(plan, typed_schedule(), universe.ours)
    assert "Type the whole date: month, day and year" in sign(provider, plan, date_of_birth="1980")
    assert not Version.objects.exists()


def test_a_wrong_year_and_a_wrong_mrn_leave_an_event_each_without_what_was_typed(
    provider: Client, plan: Plan
) -> None:
    sign(provider, plan, date_of_birth="1962", mrn="Y-8")
    refused = Event.objects.filter(action="draft.signing_refused")
    assert sorted(event.details["why"] for event in refused) == ["wrong date_of_birth", "wrong mrn"]


# --- Under the hash ---------------------------------------------------------------------------

ONLY_THE_YEAR = OF_FORMAT_2["somebody of whom only the year of birth is known"]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param("patient_birth_year = 1962", id="another year"),
        pytest.param("patient_birth_year = NULL, patient_date_of_birth = '1961-01-01'", id="a day made up"),
    ],
)
def test_a_version_whose_year_of_birth_was_changed_is_not_shown(universe: Universe, changed: str) -> None:
    version = written(ONLY_THE_YEAR, universe.ours)
    past_the_triggers(f"UPDATE tapers_version SET {changed}")
    with pytest.raises(Tampered):
        verified_content(again(version))


def test_a_day_that_was_taken_out_of_what_was_signed_is_noticed(universe: Universe) -> None:
    version = written(OF_FORMAT_1["tablets that melt"], universe.ours)
    past_the_triggers("UPDATE tapers_version SET patient_date_of_birth = NULL, patient_birth_year = 1980")
    with pytest.raises(Tampered):
        verified_content(again(version))


@pytest.mark.parametrize(
    "changed", ["patient_birth_year = NULL", "patient_date_of_birth = '1961-01-01'"], ids=["neither", "both"]
)
def test_the_database_holds_no_version_with_both_or_neither(universe: Universe, changed: str) -> None:
    written(ONLY_THE_YEAR, universe.ours)
    with pytest.raises(IntegrityError), transaction.atomic():
        past_the_triggers(f"UPDATE tapers_version SET {changed}")


def test_everything_else_has_the_bytes_that_it_always_had() -> None:
    """A whole date is written as ever, and is no reason for a format."""
    for content in OF_FORMAT_1.values():
        signed = json.loads(content.canonical())
        assert "format" not in signed
        assert date.fromisoformat(signed["patient"][2]) == content.patient_date_of_birth
