"""What goes with the patient: what is taken today by what was signed, what was really taken, whom to call; and no order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from taperplanner.doses import Dose
from taperplanner.monitoring.check_ins.taken import TakenRun
from taperplanner.patients.models import Patient
from taperplanner.stays.ward_paper.content import NO_PLAN, typeset
from taperplanner.stays.ward_paper.from_rows import NEWEST, ward_paper_of
from taperplanner.tapers.models import Plan

from ..world.allergies import allergic_to
from ..world.away import reassigned
from ..world.course import check_in, words_of
from ..world.joint_papers import fresh
from ..world.papers import pages_of
from ..world.people import build_patient
from ..world.plans import TODAY, open_plan, sign_plan
from ..world.stays import TAKEN_THERE, back_of, stay_of
from ..world.tampering import past_the_triggers
from ..world.two_plans import open_bridge, rising
from ..world.universe import NOW, House


def words(patient: Patient, house: House, today: date = TODAY) -> str:
    paper = typeset(ward_paper_of(fresh(patient), today=today, by=house.staff))
    return " ".join(" ".join(pages_of(paper)).split())


def test_it_says_what_is_taken_today_and_is_no_order(house: House, plan: Plan) -> None:
    check_in(plan, house, taken=(TakenRun(TODAY, TODAY, Dose(1_500_000)),), missed_or_extra="Forgot Sunday")
    said, version = words(plan.patient, house), plan.versions.get()
    assert "It is no order and no prescription" in said
    assert "Stopping clonazepam suddenly can cause seizures." in said
    assert "Today, Monday, March 2, 2026: 2 mg a day (two milligrams), by step 1 of 6 of version 1." in said
    assert "Bedtime: 1 tablet (one tablet) of clonazepam 1 mg tablet." in said
    assert f"signed by {version.signed_by_name}" in said
    assert version.content_hash in said.replace(" ", "")
    assert "Last check-in: Monday, March 2, 2026, phone" in said
    assert "1.5 mg a day" in said
    assert "Forgot Sunday" in said
    assert "Dangerous are seizures, delirium or new confusion" in said
    assert "After hours: 555-0199" in said


def test_each_page_says_whose_it_is_and_that_it_is_no_order(house: House, plan: Plan) -> None:
    pages = pages_of(typeset(ward_paper_of(fresh(plan.patient), today=TODAY, by=house.staff)))
    assert len(pages) > 1
    for page in pages:
        assert "Record, no order." in page
        assert "A-1001" in page


def test_every_open_plan_is_on_it(house: House, plan: Plan) -> None:
    sign_plan(open_bridge(house, plan.patient), house, rising())
    said = words(plan.patient, house)
    assert "Plan 1: clonazepam" in said
    assert "Bedtime: ½ tablet (half a tablet) of diazepam 5 mg tablet." in said
    assert "Taper Planner has no reference document for diazepam." in said


def test_it_says_that_nobody_has_decided_since_a_stay_and_what_was_taken_there_in_words(
    house: House, plan: Plan
) -> None:
    back_of(plan, house)
    said = words(plan.patient, house)
    assert "no provider has decided what is taken now" in said
    assert "What this record says of today is by the schedule that was signed before." in said
    assert TAKEN_THERE in said


def test_it_says_where_the_patient_is(house: House, plan: Plan) -> None:
    stay_of(plan.patient, house)
    assert (
        "In St. Mary’s Hospital, ward 4 since March 2, 2026. Who gives the medicine there: the facility gives it."
        in words(plan.patient, house)
    )


def test_older_check_ins_are_left_out_by_their_number(house: House, plan: Plan) -> None:
    for minute in range(NEWEST + 2):
        check_in(plan, house, ratings={"tremor": 1}, at=NOW + timedelta(minutes=minute))
    assert f"The newest {NEWEST} of {NEWEST + 2}, the newest first." in words(plan.patient, house)


@pytest.mark.parametrize("is_signed", [True, False])
def test_of_what_is_not_what_was_signed_nothing_is_shown(house: House, plan: Plan, is_signed: bool) -> None:
    version = plan.versions.get()
    if not is_signed:
        past_the_triggers(f"UPDATE tapers_step SET days = 99 WHERE version_id = '{version.pk.hex}'")
    said = words(plan.patient, house)
    assert ("What is stored of this plan is not what was signed" in said) == (not is_signed)
    assert ("2 mg a day" in said) == is_signed


def test_without_a_signed_schedule_it_says_so(house: House) -> None:
    patient = build_patient(house)
    assert NO_PLAN in words(patient, house)
    open_plan(house, patient)
    assert "Nothing is signed, so no schedule says what is taken today." in words(patient, house)


def test_the_page_says_the_same_as_the_paper(house: House, plan: Plan, staff: Client) -> None:
    page = words_of(staff.get(reverse("stays:ward_paper", args=[plan.patient_id])))
    assert "Today, Monday, March 2, 2026: 2 mg a day (two milligrams)" in page
    assert "It is no order and no prescription" in page
    paper = staff.get(reverse("stays:ward_paper_pdf", args=[plan.patient_id]))
    assert paper["Content-Type"] == "application/pdf"


def test_it_says_the_list_of_allergies_and_not_what_was_written_before_there_was_one(
    house: House, plan: Plan
) -> None:
    assert "Allergies: not asked" in words(plan.patient, house)
    allergic_to("Latex", plan.patient, house, "hives")
    assert "Allergies: Latex (hives)" in words(plan.patient, house)


def test_whoever_the_plan_was_given_to_is_called_about_it(house: House, plan: Plan) -> None:
    assert "Riverside Clinic, Priya Provider, MD: 555-0100" in words(plan.patient, house)
    to = reassigned(plan, house)
    assert f"Riverside Clinic, {to.full_title}: 555-0100" in words(plan.patient, house)
