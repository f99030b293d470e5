"""Drops are counted when they are taken; their bottle is read in mL, and each mL is so many drops exactly."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.label_strength import parse_label
from taperplanner.monitoring.models import CheckIn
from taperplanner.tapers.actions import ProductDetails, add_product
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.models import Plan
from taperplanner.tapers.schedule.schedule import Form

from ..world.course import words_of
from ..world.plan_pages import inputs_of, plan_url
from ..world.plans import open_plan, sign_plan
from ..world.universe import NOW, Universe
from .test_check_in_views import sent

DRAFT = TypedDraft("03/02/2026", "stop", (TypedStep("14", "1.7", "", {"morning-3": "5", "bedtime-3": "12"}),))


@pytest.fixture
def plan(universe: Universe) -> Plan:
    """17 drops a day for 14 days."""
    plan = open_plan(universe.ours)
    label = parse_label("2.5 mg/mL")
    details = ProductDetails(Form.DROPS, parse_dose("0.1"), parse_quantity("1"), label=label, drops_per_ml=25)
    add_product(plan=plan, details=details, by=universe.ours.provider, at=NOW)
    sign_plan(plan, universe.ours, DRAFT)
    return plan


def test_a_bottle_is_recorded_in_ml_and_lasts_its_drops(plan: Plan, staff: Client) -> None:
    given = {"product": "3", "quantity": "8.5", "dispensed_on": "03/02/2026"}
    assert staff.post(plan_url(plan, "supply/add/"), given).status_code == 302
    assert plan.dispensings.get().quantity_thousandths == 212_500
    page = words_of(staff.get(plan_url(plan, "progress/")))
    assert "212.5 drops (8.5 mL) since Mon, Mar 2, 2026" in page
    assert "First day without enough: Saturday, March 14, 2026." in page  # 12 days take 204 drops


def test_what_is_left_is_read_off_the_bottle_in_ml(plan: Plan, staff: Client) -> None:
    count = {"product": "3", "counted_on": "03/02/2026", "moment": "before", "left": "9.4", "lost": "0.2"}
    page = staff.post(plan_url(plan, "supply/count/"), count | {"reason": "A spill"})
    assert page.status_code == 302
    row = plan.home_counts.get()
    assert (row.left_thousandths, row.lost_thousandths) == (235_000, 5_000)
    assert "5 drops (0.2 mL) lost: A spill" in words_of(staff.get(plan_url(plan, "progress/")))


def test_both_forms_say_that_the_bottle_is_read_in_ml(plan: Plan, staff: Client) -> None:
    for rest in ("supply/add/", "supply/count/"):
        assert "Of drops, the mL in the bottle." in words_of(staff.get(plan_url(plan, rest)))


def test_a_contact_asks_what_was_taken_in_drops_and_what_is_left_in_ml(plan: Plan, staff: Client) -> None:
    page = words_of(staff.get(plan_url(plan, "check-ins/add/")))
    assert "Drops a day of 2.5 mg/mL (0.1 mg a drop, 25 drops in one mL) oral drops" in page
    assert "Left at home, in mL: clonazepam 2.5 mg/mL" in page
    assert "Tablets a day of 2.5 mg/mL" not in page
    said = sent(
        taken_0_first="03/01/2026",
        taken_0_of_1="0",
        taken_0_of_2="0",
        taken_0_of_3="17",
        left_3="8.5",
    )
    assert staff.post(plan_url(plan, "check-ins/add/"), said).status_code == 302
    check_in = CheckIn.objects.get()
    [run] = check_in.runs.all()
    assert run.dose == parse_dose("1.7")
    assert check_in.left.get().quantity_thousandths == 212_500
    form = inputs_of(staff.get(plan_url(plan, "check-ins/1/correct/")).content.decode())
    assert (form["left_3"], form["taken_0_of_3"]) == ("8.5", "17")


@pytest.mark.parametrize("typed", ["2.5", "½"])
def test_nobody_took_part_of_a_drop(plan: Plan, staff: Client, typed: str) -> None:
    said = sent(taken_0_first="03/01/2026", taken_0_of_1="0", taken_0_of_2="0", taken_0_of_3=typed)
    page = words_of(staff.post(plan_url(plan, "check-ins/add/"), said))
    assert "Drops are counted: enter a whole number, without a point or a fraction." in page
    assert "Adds up to" not in page
    assert not CheckIn.objects.exists()
