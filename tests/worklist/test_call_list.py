"""What stands beside each patient of the first page, so that they can be called from it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from taperplanner.patients.models import Patient
from taperplanner.phones import dial_address
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.wording.today import TAMPERED

from ..world.course import add_follow_up, words_of
from ..world.needed import signed_with_needed
from ..world.people import build_patient
from ..world.plans import MARCH_20, TODAY, open_plan, sign_revision, start_revision
from ..world.tampering import past_the_triggers
from ..world.universe import Universe
from .test_worklist import At, noon, page_at

__all__ = ["page_at"]
SECOND_STEP = date(2026, 3, 16)


def test_what_should_be_taken_today_stands_beside_each_patient(
    universe: Universe, version: Version, page_at: At
) -> None:
    add_follow_up(version.plan, universe.ours, SECOND_STEP)
    page = page_at(noon(SECOND_STEP))
    assert page.count("Clonazepam today: step 2 of 6, 1.5 mg a day") == page.count("MRN A-1001") > 1


def test_it_is_said_by_the_version_in_force_and_not_by_the_newest(
    universe: Universe, version: Version, page_at: At
) -> None:
    sign_revision(start_revision(version, universe.ours, MARCH_20), universe.ours)
    for day, said in ((MARCH_20 - timedelta(days=1), "step 2 of 6"), (MARCH_20, "step 1 of 5")):
        add_follow_up(version.plan, universe.ours, day)
        assert f"Clonazepam today: {said}" in page_at(noon(day))


def test_what_may_be_taken_beside_it_as_needed_is_said_too(universe: Universe, page_at: At) -> None:
    version = signed_with_needed(universe.ours)
    add_follow_up(version.plan, universe.ours, SECOND_STEP)
    assert "bedtime 1 tablet of 1 mg. Beside it as needed 0.25 mg" in page_at(noon(SECOND_STEP))


def test_of_a_plan_that_was_tampered_with_it_says_so(
    universe: Universe, version: Version, page_at: At
) -> None:
    past_the_triggers("UPDATE tapers_step SET dose_nanograms = 5000000 WHERE position = 2")
    assert f"Clonazepam today: {TAMPERED}" in page_at(noon(SECOND_STEP))


def test_of_a_plan_without_a_signature_nothing_is_said(universe: Universe, plan: Plan, staff: Client) -> None:
    unsigned = open_plan(universe.ours, build_patient(universe.ours))
    add_follow_up(unsigned, universe.ours, TODAY)
    page = words_of(staff.get("/", {"only": "due-today"}))
    assert "Follow-ups due today (1)" in page
    assert " today: " not in page


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("(555) 010-0100 ext 12", "tel:5550100100"),
        ("+1 555 0100", "tel:+15550100"),
        ("ask the daughter", ""),
        ("", ""),
    ],
)
def test_a_phone_is_dialled_without_what_is_no_number(typed: str, address: str) -> None:
    assert dial_address(typed) == address


def test_their_phone_is_a_link_and_a_missing_one_is_said(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    add_follow_up(plan, universe.ours, TODAY)
    Patient.objects.filter(pk=plan.patient_id).update(phone="")
    assert "No phone number recorded" in words_of(staff.get("/"))
    Patient.objects.filter(pk=plan.patient_id).update(phone="555-0100 <b>")
    page = staff.get("/").content.decode()
    assert 'href="tel:5550100"' in page
    assert "<bdi>555-0100 &lt;b&gt;</bdi>" in page


def test_providers_see_their_own_with_one_press(
    universe: Universe, version: Version, provider: Client, staff: Client
) -> None:
    assert f'href="?provider={universe.ours.provider.pk}"' in provider.get("/").content.decode()
    assert ">Mine<" not in staff.get("/").content.decode()


def test_an_empty_clinic_is_led_to_its_first_patient(universe: Universe, staff: Client) -> None:
    page = words_of(staff.get("/"))
    assert "There is no patient yet. Add the first patient" in page, page
    build_patient(universe.ours)
    assert "There is no patient yet" not in words_of(staff.get("/"))
