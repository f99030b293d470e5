"""A liquid's quantity is a decimal with its unit wherever a draft shows it, and what was carried is told by value."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.tapers import actions
from taperplanner.tapers.draft.parsed import parse_draft
from taperplanner.tapers.draft.revising import origin_of
from taperplanner.tapers.draft.typed import Origin, TypedDraft, TypedStep, from_json
from taperplanner.tapers.models import Draft, Plan
from taperplanner.tapers.schedule.course import make_course
from taperplanner.tapers.schedule.schedule import Form, Schedule

from ..world.plan_pages import inputs_of, plan_url
from ..world.plans import TODAY, open_plan, sign_plan, tablet
from ..world.universe import NOW, House, Universe
from .test_chain import Begun

pytestmark = pytest.mark.usefixtures("now")
LIQUID, HALVES = tablet(1, "0.1", 500, Form.LIQUID), tablet(2, "0.5")


@pytest.fixture
def plan(universe: Universe) -> Plan:
    """Half a millilitre in the morning and half a tablet at bedtime, signed."""
    plan = open_plan(universe.ours)
    details = actions.ProductDetails(Form.LIQUID, parse_dose("0.1"), parse_quantity("0.5"))
    actions.add_product(plan=plan, details=details, by=universe.ours.provider, at=NOW)
    row = TypedStep("14", "0.3", "", {"morning-3": "0.5", "bedtime-2": "½"})
    sign_plan(plan, universe.ours, TypedDraft("03/02/2026", "stop", (row,)))
    return plan


def hold(plan: Plan, house: House) -> Draft:
    version = plan.versions.get()
    version.plan = plan
    return actions.start_hold(plan=version.plan, today=TODAY, by=house.provider, at=NOW)


def test_a_hold_brings_a_liquid_back_as_a_decimal_and_tablets_as_parts(
    universe: Universe, plan: Plan
) -> None:
    carried = from_json(hold(plan, universe.ours).content).steps[0]
    assert carried.quantities == {"morning-3": "0.5", "bedtime-2": "½"}


def test_a_liquids_columns_and_cells_say_their_unit(universe: Universe, provider: Client, plan: Plan) -> None:
    hold(plan, universe.ours)
    page = provider.get(plan_url(plan, "draft/")).content.decode()
    assert inputs_of(page)["steps-0-morning-3"] == "0.5"
    assert 'aria-label="Step 1, morning, 0.1 mg/mL oral liquid, in\N{NO-BREAK SPACE}mL"' in page
    heading = "0.1\N{NO-BREAK SPACE}mg/mL oral liquid, in\N{NO-BREAK SPACE}mL"
    assert len(re.findall(rf"\s{re.escape(heading)}\s+</th>", page)) == 4


def signed() -> Schedule:
    row = TypedStep("14", "0.3", "", {"morning-1": "0.5", "bedtime-2": "½"})
    other = TypedStep("14", "0.25", "", {"bedtime-2": "½"})
    products = {product.number: product for product in (LIQUID, HALVES)}
    schedule = parse_draft(TypedDraft("3/2/2026", "stop", (row, other)), products).schedule()
    assert schedule is not None
    assert schedule.first_day == date(2026, 3, 2)
    return schedule


@pytest.mark.parametrize(
    ("row", "origin"),
    [
        (TypedStep("7", "0.3", "", {"morning-1": "0.5", "bedtime-2": "½"}), 1),
        (TypedStep("7", " 0.30", "", {"morning-1": "0.50", "bedtime-2": "1/2"}), 1),
        (TypedStep("7", "0.3", "a note", {"morning-1": "0.500", "bedtime-2": "0.5", "noon-2": "0"}), 1),
        (TypedStep("", "0.25", "", {"bedtime-2": "0.5"}), 2),
        (TypedStep("7", "0.3", "", {"morning-1": "0.5", "noon-2": "½"}), 0),
        (TypedStep("7", "0.3", "", {"morning-1": "0.5"}), 0),
        (TypedStep("7", "0.35", "", {"morning-1": "0.5", "bedtime-2": "½"}), 0),
        (TypedStep("7", "0.3", "", {"morning-1": "half", "bedtime-2": "½"}), 0),
        (TypedStep("7", "", "", {}), 0),
        (TypedStep("7", "0.25", "", {"bedtime-2": "1"}, carried=Origin(1, 1)), 1),
    ],
    ids=str,
)
def test_what_was_carried_is_told_by_its_value_and_not_by_its_spelling(row: TypedStep, origin: int) -> None:
    schedule = signed()
    found = origin_of(row, make_course([Begun(1, schedule.first_day)], {1: schedule}))
    assert (found.position if found else 0) == origin
