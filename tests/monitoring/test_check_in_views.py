"""The pages of check-ins and emergencies."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from taperplanner.doses import Quantity
from taperplanner.monitoring.follow_ups.actions import settle_follow_up
from taperplanner.monitoring.models import CheckIn, Emergency, Status
from taperplanner.monitoring.scales import BWSQ, CIWA_B, GAD7, PHQ9
from taperplanner.patients.models import Patient
from taperplanner.tapers.actions import retire_product
from taperplanner.tapers.models import Plan

from ..world.course import add_follow_up, check_in, emergency_of
from ..world.people import build_patient
from ..world.plan_pages import plan_url
from ..world.universe import NOW, Universe


def sent(**changed: str) -> dict[str, str]:
    return {"happened_on": "03/02/2026", "contact": "phone", "rows": "3"} | changed


def test_a_check_in_is_recorded_and_read(universe: Universe, plan: Plan, staff: Client) -> None:
    add_follow_up(plan, universe.ours)
    given = sent(
        follow_up="1",
        symptom_anxiety="2",
        symptom_insomnia="0",
        **{f"gad7_{item}": "1" for item in range(1, 8)},
        phq9_total="11",
        phq9_9="0",
        ciwa_b_total="20",
        systolic="130",
        diastolic="85",
        pulse="80",
        taken_0_first="02/20/2026",
        taken_0_last="03/01/2026",
        taken_0_of_1="1",
        taken_0_of_2="1",
        taken_1_first="03/02/2026",
        taken_1_of_1="0",
        taken_1_of_2="0",
        left_2="10½",
        missed_or_extra="Forgot Sunday",
        alcohol="yes",
        alcohol_note="2 glasses of wine",
        decision="hold",
        decision_note="Anxiety is up",
    )
    answer = staff.post(plan_url(plan, "check-ins/add/"), given)
    assert answer["Location"] == plan_url(plan, "check-ins/1/")
    page = staff.get(answer["Location"]).content.decode()
    for says in (
        "Anxiety: moderate", "Trouble sleeping: none", "not a validated scale", "7 of 21", "11 of 27", "20 of 80",
        "130 over 85 mmHg", "Fri, Feb 20, 2026 to Sun, Mar 1, 2026", "1.5 mg a day: 1 tablet of 1 mg and 1 tablet of 0.5 mg", "0 mg a day", "10½ tablets",
        "Forgot Sunday", "Yes: 2 glasses of wine", "Hold", "Anxiety is up", "Phone call: sleep and mood",
    ):  # fmt: skip
        assert says in page, says
    assert "emergency-title" not in page
    assert plan.follow_ups.get().status == "done"


def test_what_was_not_asked_is_not_kept_as_none(plan: Plan, staff: Client) -> None:
    staff.post(plan_url(plan, "check-ins/add/"), sent())
    made = CheckIn.objects.get()
    assert not made.ratings.exists()
    assert (made.phq9_items, made.phq9_total, made.alcohol, made.decision) == ([], None, "", "")


def test_what_was_said_last_stands_beside_the_next_and_nothing_of_it_is_filled_in(
    plan: Plan, staff: Client
) -> None:
    url = plan_url(plan, "check-ins/add/")
    assert "What was said last" not in staff.get(url).content.decode()
    staff.post(url, sent(symptom_anxiety="2", left_2="10½", missed_or_extra="Forgot Sunday"))
    page, _, form = staff.get(url).content.decode().partition("check-in-form")
    assert page.count("What was said last, on Monday, March 2, 2026") == 1
    for said in ("Forgot Sunday", "10½"):
        assert said in page
        assert said not in form


def test_nothing_is_filled_in_beforehand(plan: Plan, staff: Client) -> None:
    page = staff.get(plan_url(plan, "check-ins/add/")).content.decode()
    texts = [tag for tag in re.findall(r"<input\b[^>]*>", page) if 'type="text"' in tag]
    assert len(texts) > 15
    assert not [tag for tag in texts if "value=" in tag]
    checked = [tag for tag in re.findall(r"<input\b[^>]*>", page) if "checked" in tag]
    assert all('value=""' in tag for tag in checked)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"happened_on": ""}, "Enter the date"),
        ({"happened_on": "03/03/2026"}, "This is after today"),
        ({"contact": ""}, "Choose visit, phone or message"),
        ({"phq9_total": "28"}, "Enter a whole number from 0 to 27"),
        ({"gad7_total": "22"}, "Enter a whole number from 0 to 21"),
        ({"phq9_1": "3", "phq9_total": "2"}, "The answers add up to from 3 to 27, not 2"),
        ({"phq9_1": "4"}, "Select a valid choice"),
        ({"systolic": "1280", "diastolic": "80"}, "Enter a whole number from 20 to 350"),
        ({"systolic": "120"}, "Enter both numbers, or neither"),
        ({"systolic": "80", "diastolic": "120"}, "must be more than the lower one"),
        ({"taken_0_first": "03/01/2026", "taken_0_of_1": "1,5"}, "Use a point, not a comma"),
        ({"taken_0_first": "03/01/2026", "taken_0_of_1": "1"}, "zero if none of it"),
        ({"taken_0_of_2": "1½"}, "Enter the first day of this row"),
        (
            {"taken_0_first": "03/01/2026", "taken_0_last": "02/28/2026", "taken_0_of_1": "1"},
            "Check the two days",
        ),
        (
            {
                "taken_0_first": "02/20/2026",
                "taken_0_last": "03/01/2026",
                "taken_0_of_1": "1",
                "taken_0_of_2": "0",
                "taken_2_first": "03/01/2026",
                "taken_2_of_1": "2",
                "taken_2_of_2": "0",
            },
            "covers this day too",
        ),
        ({"left_1": "1.5.5"}, "Enter a whole number, a number with one point"),
        ({"alcohol_note": "Beer"}, "Choose yes, no or unknown to go with the note"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_everything_typed_stays(
    plan: Plan, staff: Client, changed: dict[str, str], says: str
) -> None:
    given = sent(**({"decision_note": "Kept on the page", "symptom_tremor": "3"} | changed))
    page = staff.post(plan_url(plan, "check-ins/add/"), given).content.decode()
    assert says in page
    assert not CheckIn.objects.exists()
    assert "Kept on the page" in page
    assert re.search(r'<input[^>]*name="symptom_tremor"[^>]*value="3"[^>]*checked', page)
    for name, typed in changed.items():
        if typed and name != "phq9_1":
            assert f'value="{typed}"' in page or f">{typed}" in page, name


def test_a_follow_up_that_was_settled_meanwhile_is_said_and_one_that_never_was_is_no_choice(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    row = add_follow_up(plan, universe.ours)
    settle_follow_up(follow_up=row, status=Status.DONE, reason="", revision=1, by=universe.ours.staff, at=NOW)
    url = plan_url(plan, "check-ins/add/")
    page = staff.post(url, sent(follow_up="1", decision_note="Kept on the page")).content.decode()
    assert "That follow-up is settled by now" in page
    assert "Kept on the page" in page
    assert not CheckIn.objects.exists()
    staff.post(url, sent(follow_up="9"))
    assert CheckIn.objects.get().follow_up is None


def test_each_scale_is_asked_under_its_own_question_and_says_what_is_not_asked(
    plan: Plan, staff: Client
) -> None:
    page = staff.get(plan_url(plan, "check-ins/add/")).content.decode()
    assert page.count(PHQ9.stem) == page.count(GAD7.stem) == 1
    assert page.count("optional last question") == 2
    for highest in (CIWA_B.highest, BWSQ.highest):
        assert f"That {highest} is its highest total was found in no source that could be opened" in page
    assert page.count("found in no source") == 2


def test_a_fold_with_something_wrong_in_it_is_open(plan: Plan, staff: Client) -> None:
    url_ = plan_url(plan, "check-ins/add/")
    closed = staff.get(url_).content.decode().count("<details")
    opened = staff.post(url_, sent(pulse="9000")).content.decode()
    fold = next(part for part in opened.split("<details")[1:] if "Blood pressure and pulse" in part)
    assert fold.split(">")[0].strip().endswith("open")
    assert closed == opened.count("<details")


def test_more_rows_come_with_everything_typed_and_nothing_saved(plan: Plan, staff: Client) -> None:
    given = sent(
        taken_0_first="03/01/2026", taken_0_of_1="1", taken_0_of_2="1", symptom_tremor="2", more="rows"
    )
    page = staff.post(plan_url(plan, "check-ins/add/"), given).content.decode()
    assert 'name="taken_6_of_1"' in page
    assert "Adds up to <strong>1.5 mg</strong> a day" in page
    assert 'value="03/01/2026"' in page
    assert re.search(r'<input[^>]*name="symptom_tremor"[^>]*value="2"[^>]*checked', page)
    assert not CheckIn.objects.exists()
    answer = staff.post(
        plan_url(plan, "check-ins/add/"),
        sent(rows="7", taken_6_first="03/01/2026", taken_6_of_1="2", taken_6_of_2="0"),
    )
    assert answer.status_code == 302
    assert CheckIn.objects.get().runs.get().dose.number == "2"


def test_the_guidance_and_the_signs_of_an_emergency_stand_beside_the_form(plan: Plan, staff: Client) -> None:
    page = staff.get(plan_url(plan, "check-ins/add/")).content.decode()
    aside = page[page.index('id="guidance"') :]
    assert "Signs of an emergency" in aside
    assert "What to look for" in aside
    assert "25 %" not in aside


@pytest.mark.parametrize(
    "danger",
    [
        {"symptom_seizure": "1"},
        {"symptom_suicidal_thoughts": "1"},
        {"symptom_hallucinations": "2"},
        {"symptom_disorientation": "1"},
        {"symptom_slow_breathing": "3"},
        {"symptom_cannot_be_woken": "1"},
        {"symptom_chest_pain": "1"},
        {"symptom_harm_others": "1"},
        {"phq9_9": "1"},
        {"decision": "emergency"},
    ],
    ids=str,
)
def test_a_danger_sign_shows_the_emergency_guidance_at_once(
    plan: Plan, staff: Client, danger: dict[str, str]
) -> None:
    answer = staff.post(plan_url(plan, "check-ins/add/"), sent(**danger))
    page = staff.get(answer["Location"]).content.decode()
    assert "Emergency: act now" in page
    assert "Call 911" in page
    assert "988" in page
    assert "What was done?" in page


def test_the_mark_stands_on_every_page_of_the_patient_until_it_is_closed(
    universe: Universe, plan: Plan, staff: Client, provider: Client
) -> None:
    emergency_of(plan, universe.ours)
    pages = [
        plan_url(plan),
        plan_url(plan, "progress/"),
        plan.patient.get_absolute_url(),
        plan_url(plan, "check-ins/add/"),
    ]
    for address in pages:
        assert "Open emergency:" in staff.get(address).content.decode(), address
    other: Patient = build_patient(universe.ours)
    assert "Open emergency:" not in staff.get(other.get_absolute_url()).content.decode()
    here = plan_url(plan, "check-ins/1/emergency/")
    assert "Write what was done" in staff.post(here, {"done": ""}).content.decode()
    assert staff.post(here, {"done": "Called 911 at 10:05"}).status_code == 302
    assert staff.post(f"{here}close/", {"note": "Over"}).status_code == 403
    assert "Write why the emergency is over" in provider.post(f"{here}close/", {"note": ""}).content.decode()
    assert provider.post(f"{here}close/", {"note": "Seen and stable"}).status_code == 302
    for address in pages:
        assert "Open emergency:" not in staff.get(address).content.decode(), address
    page = staff.get(plan_url(plan, "check-ins/1/")).content.decode()
    assert "Called 911 at 10:05" in page
    assert "Seen and stable" in page
    assert "Emergency, closed" in page


def test_a_check_in_without_danger_has_no_emergency_page(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    check_in(plan, universe.ours)
    assert staff.get(plan_url(plan, "check-ins/1/emergency/")).status_code == 404
    assert not Emergency.objects.exists()


def test_what_was_counted_of_a_product_that_was_retired_since_stays_in_a_correction(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    check_in(plan, universe.ours, left={1: Quantity(6000)})
    product = plan.products.get(number=1)
    retire_product(product=product, by=universe.ours.provider, at=NOW)
    assert 'name="left_1"' not in staff.get(plan_url(plan, "check-ins/add/")).content.decode()
    assert 'name="left_1" value="6"' in staff.get(plan_url(plan, "check-ins/1/correct/")).content.decode()
    staff.post(plan_url(plan, "check-ins/1/correct/"), sent(left_1="7", why_corrected="Counted again"))
    assert plan.check_ins.valid().get().left.get().quantity == Quantity(7000)


def test_a_correction_starts_from_what_was_said_and_marks_the_old_one(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    check_in(plan, universe.ours, ratings={"tremor": 3}, pulse=88)
    page = staff.get(plan_url(plan, "check-ins/1/correct/")).content.decode()
    assert re.search(r'<input[^>]*name="symptom_tremor"[^>]*value="3"[^>]*checked', page)
    assert 'value="88"' in page
    without = staff.post(plan_url(plan, "check-ins/1/correct/"), sent(pulse="78")).content.decode()
    assert "Write what was wrong" in without
    answer = staff.post(plan_url(plan, "check-ins/1/correct/"), sent(pulse="78", why_corrected="Misheard"))
    assert answer["Location"] == plan_url(plan, "check-ins/2/")
    old = staff.get(plan_url(plan, "check-ins/1/")).content.decode()
    assert "Corrected." in old
    assert "Misheard" in old
    assert "88 a minute" in old
