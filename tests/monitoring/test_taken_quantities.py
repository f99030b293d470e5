"""What was really taken is typed in tablets or mL; the app adds it up, exactly, and offers no number."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.doses import Dose, Quantity, parse_dose, parse_quantity
from taperplanner.monitoring.check_ins.asked import NOT_AS_SIGNED, NOTHING_SIGNED, asked_of
from taperplanner.monitoring.check_ins.forms.runs import day_sum
from taperplanner.monitoring.check_ins.taken import TakenRun, sum_of
from taperplanner.monitoring.models import CheckIn
from taperplanner.tapers.actions import ProductDetails, add_product
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule.schedule import Form
from taperplanner.tapers.signed.content import SignedContent

from ..world.course import check_in
from ..world.people import answer_all, build_patient
from ..world.plan_pages import plan_url
from ..world.plans import TODAY, open_plan, sign_revision, start_revision, tablet
from ..world.universe import Universe

DATED = {"contact": "phone", "rows": "3", "happened_on": "03/02/2026"}
LIQUID = tablet(3, "0.1", part=1, form=Form.LIQUID)


def add(plan: Plan) -> str:
    return plan_url(plan, "check-ins/add/")


def test_each_product_is_asked_and_the_sum_is_kept_with_what_it_is_of(plan: Plan, staff: Client) -> None:
    given = {"taken_0_first": "03/01/2026", "taken_0_of_1": "1", "taken_0_of_2": "1½"}
    page = staff.post(add(plan), DATED | given, follow=True).content.decode()
    run = CheckIn.objects.get().runs.get()
    assert run.dose == parse_dose("1.75")
    told = run.quantities.order_by("product__number").values_list("product__number", "quantity_thousandths")
    assert list(told) == [(1, 1000), (2, 1500)]
    assert "1.75 mg a day: 1 tablet of 1 mg and 1½ tablets of 0.5 mg" in page
    assert (
        "Reported as taken on 1 day: 1.75 mg a day."
        in staff.get(plan_url(plan, "progress/")).content.decode()
    )


@given(
    st.lists(
        st.tuples(st.sampled_from(["0.125", "0.5", "1", "2"]), st.integers(0, 40)), min_size=1, max_size=4
    )
)
def test_the_sum_is_exact(taken: list[tuple[str, int]]) -> None:
    """In quarters of a tablet; the same in nanograms by another way."""
    told = [(tablet(n, strength), Quantity(250 * quarters)) for n, (strength, quarters) in enumerate(taken)]
    expected = sum(parse_dose(strength).nanograms * quarters for strength, quarters in taken)
    assert sum_of(told).nanograms * 4 == expected


def test_a_row_that_is_whole_says_its_sum_when_the_page_comes_again(plan: Plan, staff: Client) -> None:
    given = {"more": "add", "taken_0_of_1": "½", "taken_0_of_2": "2", "taken_1_of_1": "1"}
    page = staff.post(add(plan), DATED | given).content.decode()
    assert re.findall(r"Adds up to <strong>([^<]+)</strong>", page) == ["1.5 mg"]
    assert 'name="taken_3_of_1"' not in page
    assert not CheckIn.objects.exists()
    assert day_sum({"taken_0_of_3": "7.5"}, 0, [LIQUID]) == parse_dose("0.75")


def test_what_is_to_be_taken_now_stands_above_as_text_only(plan: Plan, staff: Client) -> None:
    page = staff.get(add(plan)).content.decode()
    now = "Today, Monday, March 2, 2026: step 1 of 6, 2 mg a day: morning 1 tablet of 1 mg; bedtime 1 tablet of 1 mg."
    assert page.index(now) < page.index('name="taken_0_first"')
    fields = re.findall(r'<input\b[^>]*name="taken_[^>]*>', page)
    assert len(fields) == 3 * 4
    assert not [
        field for field in fields if "value=" in field or ("placeholder" in field and "MM/" not in field)
    ]


def test_a_liquid_is_asked_in_ml_and_refuses_a_fraction(universe: Universe, staff: Client) -> None:
    plan = open_plan(universe.ours)
    details = ProductDetails(Form.LIQUID, parse_dose("0.1"), parse_quantity("0.1"), maker="Made Up Labs")
    add_product(plan=plan, details=details, by=universe.ours.provider, at=plan.opened_at)
    page = staff.get(add(plan)).content.decode()
    assert "mL a day of 0.1 mg/mL oral liquid" in page
    assert NOTHING_SIGNED in page
    row = {"taken_0_first": "03/01/2026", "taken_0_of_1": "0", "taken_0_of_2": "0"}
    wrong = staff.post(add(plan), DATED | row | {"taken_0_of_3": "½"}).content.decode()
    assert "Enter mL in digits with a point, as the syringe shows them." in wrong
    assert staff.post(add(plan), DATED | row | {"taken_0_of_3": "2.5"}).status_code == 302
    assert CheckIn.objects.get().runs.get().dose == parse_dose("0.25")


def test_each_product_is_answered_or_none_is(plan: Plan, staff: Client) -> None:
    given = {"taken_0_first": "03/01/2026", "taken_0_of_1": "1"}
    page = staff.post(add(plan), DATED | given).content.decode()
    assert "Enter how much of this was taken a day; zero if none of it." in page
    assert not CheckIn.objects.exists()


def test_a_check_in_that_was_recorded_in_mg_keeps_its_meaning_and_is_corrected_in_mg(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    check_in(plan, universe.ours, taken=(TakenRun(TODAY, TODAY, Dose(1_500_000)),))
    page = staff.get(plan_url(plan, "check-ins/1/")).content.decode()
    assert '<bdi class="text-prewrap">1.5 mg a day</bdi>' in page
    form = staff.get(plan_url(plan, "check-ins/1/correct/")).content.decode()
    assert re.search(r'name="taken_0_dose"[^>]*value="1.5"|value="1.5"[^>]*name="taken_0_dose"', form)
    assert "taken_0_of_1" not in form
    given = DATED | {"taken_0_first": "03/02/2026", "taken_0_dose": "1.25", "why_corrected": "Misheard"}
    assert staff.post(plan_url(plan, "check-ins/1/correct/"), given).status_code == 302
    assert CheckIn.objects.get(number=2).runs.get().dose == parse_dose("1.25")


def test_a_correction_starts_from_the_quantities_that_were_typed(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    told = ((1, Quantity(1000)), (2, Quantity(1500)))
    check_in(plan, universe.ours, taken=(TakenRun(TODAY, TODAY, Dose(1_750_000), told),))
    form = staff.get(plan_url(plan, "check-ins/1/correct/")).content.decode()
    assert re.search(r'name="taken_0_of_2"[^>]*value="1½"|value="1½"[^>]*name="taken_0_of_2"', form)
    assert "Adds up to <strong>1.75 mg</strong> a day" in form


def test_the_products_are_those_in_force_over_the_days_that_are_asked_about(
    universe: Universe, version: Version
) -> None:
    """Version 2, from March 30 on, takes only the 0.5 mg tablet."""
    sign_revision(start_revision(version, universe.ours, date(2026, 3, 30)), universe.ours)
    plan = version.plan

    def numbers(today: date, *reported_days: date) -> list[int]:
        return [
            product.number for product in asked_of(plan, today=today, reported_days=reported_days).products
        ]

    assert numbers(TODAY) == [1, 2]
    assert numbers(date(2026, 4, 10)) == [1, 2]  # no contact was before: of all days
    check_in(plan, universe.ours, happened_on=date(2026, 4, 1))
    assert numbers(date(2026, 4, 10)) == [2]
    assert numbers(date(2026, 4, 10), date(2026, 3, 29)) == [1, 2]


def test_a_plan_without_a_product_asks_only_for_a_note(universe: Universe, staff: Client) -> None:
    patient = build_patient(universe.ours)
    answer_all(patient, by=universe.ours.provider)
    other = open_plan(universe.ours, patient)
    other.products.update(retired_at=other.opened_at)
    page = staff.get(add(other)).content.decode()
    assert "This plan has no product yet" in page
    assert staff.post(add(other), DATED).status_code == 302


def test_a_plan_that_is_no_longer_as_signed_still_takes_a_danger_sign(
    plan: Plan, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SignedContent, "content_hash", lambda self: "0" * 64)
    page = staff.post(add(plan), {"contact": "phone", "symptom_seizure": "1"}).content.decode()
    assert NOT_AS_SIGNED in page
    assert "Emergency: act now" in page
