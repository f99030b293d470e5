"""A danger sign is shown at once, and nothing else in the form can lose it."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.monitoring.check_ins import actions as check_ins
from taperplanner.monitoring.danger import answers_to, danger_signs, sign_in_words
from taperplanner.monitoring.emergencies.actions import raise_emergency
from taperplanner.monitoring.emergencies.page import number_of
from taperplanner.monitoring.models import CheckIn, Emergency, SymptomRating
from taperplanner.monitoring.symptoms import SYMPTOMS
from taperplanner.patients.actions import archive_patient
from taperplanner.tapers.models import Plan

from ..world.course import FORM_KEY, add_follow_up, check_in, check_in_details, words_of
from ..world.plan_pages import inputs_of, plan_url
from ..world.plans import TODAY
from ..world.universe import NOW, Universe

SEIZURE = {"contact": "phone", "rows": "3", "once": FORM_KEY, "symptom_seizure": "2"}
DATED = {"happened_on": "03/02/2026"}


def add(plan: Plan) -> str:
    return plan_url(plan, "check-ins/add/")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {**DATED, "contact": ""},
        {**DATED, "phq9_total": "99"},
        {**DATED, "phq9_1": "3", "phq9_total": "2"},
        {**DATED, "taken_0_of_1": "1"},
        {**DATED, "alcohol_note": "Beer"},
        {**DATED, "decision": "nonsense"},
    ],
    ids=str,
)
def test_a_danger_sign_is_kept_and_answered_whatever_else_is_wrong(
    plan: Plan, staff: Client, universe: Universe, wrong: dict[str, str]
) -> None:
    page = staff.post(add(plan), SEIZURE | wrong).content.decode()
    kept = Emergency.objects.get()
    assert (kept.signs, kept.raised_by, kept.raised_at) == (["seizure"], universe.ours.staff, NOW)
    assert (kept.patient, kept.plan, kept.check_in) == (plan.patient, plan, None)
    assert not CheckIn.objects.exists()
    panel = page.index("Emergency: act now")
    assert panel < page.index('class="panel check-in-form"')
    assert 'href="tel:911"' in page[panel:]
    assert "The check-in itself is not saved yet." in page
    assert Event.objects.filter(action="emergency.raised", patient_id=plan.patient_id).count() == 1
    for address in (plan_url(plan), plan_url(plan, "progress/")):
        assert "Open emergency:" in staff.get(address).content.decode()


def test_the_guidance_comes_before_the_date_is_asked_for(plan: Plan, staff: Client) -> None:
    page = staff.post(add(plan), SEIZURE).content.decode()
    assert page.index("Emergency: act now") < page.index("Enter the date")


def test_the_corrected_check_in_names_the_emergency_that_its_form_raised(plan: Plan, staff: Client) -> None:
    first = staff.post(add(plan), SEIZURE).content.decode()
    assert inputs_of(first)["once"] == FORM_KEY
    staff.post(add(plan), SEIZURE)
    assert Emergency.objects.count() == 1
    answer = staff.post(add(plan), SEIZURE | DATED)
    assert answer["Location"] == plan_url(plan, "check-ins/1/")
    kept = Emergency.objects.with_plan().get()
    assert kept.recorded_in == CheckIn.objects.get()
    assert kept.get_absolute_url() == plan_url(plan, "check-ins/1/")
    page = staff.get(answer["Location"]).content.decode()
    assert page.count("Emergency: act now") == 1
    assert "emergency</span>" in staff.get(plan_url(plan, "progress/")).content.decode()


def test_the_same_form_sent_again_leads_to_what_it_made(plan: Plan, staff: Client) -> None:
    first, second = (staff.post(add(plan), SEIZURE | DATED) for _ in range(2))
    assert first["Location"] == second["Location"] == plan_url(plan, "check-ins/1/")
    assert (Emergency.objects.count(), CheckIn.objects.count()) == (1, 1)
    assert "It was not saved again." in staff.get(second["Location"]).content.decode()


def test_a_sign_that_is_ticked_in_a_form_that_was_saved_before_is_kept(plan: Plan, staff: Client) -> None:
    """Back in the browser, another answer, and sent again: it leads to the check-in that there is."""
    staff.post(add(plan), SEIZURE | DATED)
    again = staff.post(add(plan), SEIZURE | DATED | {"symptom_suicidal_thoughts": "2"})
    assert again.status_code == 409
    assert "This form was already saved, with something else in it" in words_of(again)
    assert sorted(row.signs for row in Emergency.objects.all()) == [["seizure"], ["suicidal_thoughts"]]
    staff.post(add(plan), SEIZURE | DATED | {"symptom_suicidal_thoughts": "2"})
    assert Emergency.objects.count() == 2


def test_a_sign_that_is_ticked_later_is_kept_beside_the_first(plan: Plan, staff: Client) -> None:
    staff.post(add(plan), SEIZURE)
    both = SEIZURE | {"symptom_suicidal_thoughts": "1"}
    page = staff.post(add(plan), both).content.decode()
    assert sorted(row.signs for row in Emergency.objects.all()) == [["seizure"], ["suicidal_thoughts"]]
    assert page.count("Emergency: act now") == 2
    staff.post(add(plan), both | DATED | {"symptom_slow_breathing": "1"})
    assert sorted(row.signs for row in Emergency.objects.all()) == [
        ["seizure"], ["slow_breathing"], ["suicidal_thoughts"],
    ]  # fmt: skip
    page = staff.get(plan_url(plan, "check-ins/1/")).content.decode()
    assert page.count("Emergency: act now") == 3


def test_taking_the_sign_back_does_not_take_the_emergency_back(plan: Plan, staff: Client) -> None:
    staff.post(add(plan), SEIZURE)
    staff.post(add(plan), SEIZURE | DATED | {"symptom_seizure": "0"})
    assert Emergency.objects.with_plan().get().recorded_in == CheckIn.objects.get()
    assert plan.patient.emergencies.open().exists()


def test_another_form_of_another_person_or_without_a_key_raises_its_own(
    plan: Plan, staff: Client, provider: Client
) -> None:
    staff.post(add(plan), SEIZURE)
    provider.post(add(plan), SEIZURE)
    staff.post(add(plan), SEIZURE | {"once": "f" * 32})
    staff.post(add(plan), SEIZURE | {"once": "<script>"})
    assert Emergency.objects.count() == 4


def test_a_follow_up_that_was_settled_meanwhile_does_not_lose_the_sign(
    universe: Universe, plan: Plan
) -> None:
    follow_up = add_follow_up(plan, universe.ours, TODAY)
    check_in(plan, universe.ours, follow_up=follow_up)
    with pytest.raises(check_ins.CannotRecordCheckIn):
        check_in(plan, universe.ours, follow_up=follow_up, ratings={"seizure": 1})
    assert not Emergency.objects.exists()  # the view keeps it: the action undoes all or nothing


def test_a_danger_sign_of_a_patient_who_was_archived_meanwhile_is_kept(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    archive_patient(patient=plan.patient, revision=1, reason="Moved away", by=universe.ours.provider, at=NOW)
    page = staff.post(add(plan), SEIZURE | DATED).content.decode()
    assert "Emergency: act now" in page
    assert Emergency.objects.get().signs == ["seizure"]


def test_a_correction_keeps_a_new_sign_at_once_and_no_old_one(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    check_in(plan, universe.ours, ratings={"seizure": 1})
    here = plan_url(plan, "check-ins/1/correct/")
    staff.post(here, SEIZURE | DATED)  # without saying what was wrong
    assert Emergency.objects.count() == 1
    staff.post(here, SEIZURE | DATED | {"symptom_disorientation": "1"})
    assert Emergency.objects.get(check_in=None).signs == ["disorientation"]
    staff.post(here, SEIZURE | DATED | {"symptom_disorientation": "1", "why_corrected": "Left out"})
    assert Emergency.objects.count() == 2
    assert CheckIn.objects.get(number=2).raised_earlier.count() == 1


def test_an_emergency_without_a_check_in_is_read_answered_and_closed(
    universe: Universe, plan: Plan, staff: Client, provider: Client
) -> None:
    staff.post(add(plan), SEIZURE)
    kept = Emergency.objects.get()
    here = plan_url(plan, f"emergencies/{kept.pk}/")
    assert kept.get_absolute_url() == here
    assert here in staff.get(plan_url(plan)).content.decode()
    assert here in staff.get("/").content.decode()
    page = staff.get(here).content.decode()
    assert "No check-in was saved with it." in page
    assert staff.post(here, {"done": "Called 911 at 10:05"})["Location"] == here
    assert provider.post(f"{here}close/", {"note": "Seen, stable"}).status_code == 302
    assert not plan.patient.emergencies.open().exists()
    assert "Seen, stable" in staff.get(here).content.decode()
    chart = staff.get(plan_url(plan, "progress/")).content.decode()
    assert "Emergency on March 2, 2026." in chart


def test_the_database_keeps_a_forms_signs_once(universe: Universe, plan: Plan) -> None:
    raise_emergency(plan=plan, signs=["seizure"], form_key=FORM_KEY, by=universe.ours.staff, at=NOW)
    same = Emergency(
        patient=plan.patient, plan=plan, signs=["seizure"], form_key=FORM_KEY,
        raised_by=universe.ours.staff, raised_at=NOW,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        same.save()
    nobodys = Emergency(patient=plan.patient, signs=["seizure"], raised_by=universe.ours.staff, raised_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        nobodys.save()


@pytest.mark.parametrize(
    ("signs", "texts"),
    [
        (["suicidal_thoughts"], ("call-988",)),
        (["phq9_item_9"], ("call-988",)),
        (["suicidal_thoughts", "decided"], ("call-988",)),
        (["harm_others"], ("call-988",)),
        (["chest_pain"], ("call-911",)),
        (["cannot_be_woken", "harm_others"], ("call-911", "call-988")),
        (["seizure"], ("call-911",)),
        (["confusion"], ("call-911",)),
        (["seizure", "suicidal_thoughts"], ("call-911", "call-988")),
        (["decided"], ("call-911", "call-988")),
    ],
    ids=str,
)
def test_the_text_that_answers_the_sign_comes_first(signs: list[str], texts: tuple[str, ...]) -> None:
    assert answers_to(signs) == texts


def test_the_page_of_suicidal_thoughts_opens_with_988(universe: Universe, plan: Plan, staff: Client) -> None:
    check_in(plan, universe.ours, ratings={"suicidal_thoughts": 1})
    page = staff.get(plan_url(plan, "check-ins/1/")).content.decode()
    panel = page[page.index("Emergency: act now") :]
    numbers = re.findall(r'href="(tel:[^"]+)"', panel)
    assert numbers == ["tel:988", "tel:911", "tel:5550111", "tel:5550112", "tel:5550100", "tel:5550199"]
    assert panel.index("Call or text 988") < panel.index("tel:988") < panel.index("<details")
    assert "Source:" not in panel[: panel.index("<details")]
    assert "Provider Priya Provider, MD, at the clinic" in panel


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        ("555-0111", "tel:5550111"),
        ("+1 (555) 010-0200", "tel:+15550100200"),
        ("home 555.0111 ext. 3", "tel:5550111"),
        ("ask his daughter", ""),
        ("", ""),
    ],
    ids=str,
)
def test_a_phone_number_is_a_link_where_it_can_be_dialled(shown: str, address: str) -> None:
    assert number_of("Patient", shown).address == address


def test_confusion_is_no_emergency_and_new_confusion_about_place_or_day_is() -> None:
    assert danger_signs(ratings={"confusion": 3}, phq9_items=[], decision="") == ()
    assert danger_signs(ratings={"disorientation": 1}, phq9_items=[], decision="") == ("disorientation",)
    assert SYMPTOMS["confusion"].label == "Confusion"
    assert sign_in_words("confusion") == "Confusion"


def test_confusion_that_was_recorded_as_an_emergency_stays_one(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    """As a row from before: the rating, the emergency it raised, and no plan, key or length of the list."""
    made = CheckIn(
        plan=plan, number=1, happened_on=TODAY, contact="phone",
        recorded_by=universe.ours.staff, recorded_by_name="Sam Staff, RN", recorded_at=NOW,
    )  # fmt: skip
    SymptomRating(check_in=made, symptom="confusion", severity=1).save()
    made.save()
    Emergency(
        patient=plan.patient, check_in=made, signs=["confusion"], raised_by=universe.ours.staff, raised_at=NOW
    ).save()
    assert "Open emergency:</strong> Confusion." in staff.get(plan_url(plan)).content.decode()
    page = staff.get(plan_url(plan, "check-ins/1/")).content.decode()
    assert "Emergency: act now" in page
    assert "Confusion: mild" in page
    assert (
        f"symptoms 1, 1 of 18 asked ({len(SYMPTOMS) - 18} added since)"
        in staff.get(plan_url(plan, "progress/")).content.decode()
    )
    check_ins.correct_check_in(
        check_in=made, details=check_in_details(ratings={"confusion": 1}), why="The date",
        by=universe.ours.staff, at=NOW,
    )  # fmt: skip
    assert Emergency.objects.get().check_in == made
    assert "Open emergency:</strong> Confusion." in staff.get(plan_url(plan)).content.decode()


def test_each_question_of_danger_holds_what_to_do_before_it_is_ticked(plan: Plan, staff: Client) -> None:
    page = staff.get(add(plan)).content.decode()
    dangers = [f"symptom_{key}" for key, symptom in SYMPTOMS.items() if symptom.is_danger]
    for name in (*dangers, "phq9_9", "decision"):
        question = page.index(f'name="{name}"')
        assert 'class="act-now"' in page[question : question + 6000], name
    assert page.count('class="act-now"') == len(dangers) + 2
