"""Where two products of a plan would read alike, the maker stands beside each."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.doses import Quantity, parse_dose, parse_quantity
from taperplanner.tapers.actions import ProductDetails, add_product
from taperplanner.tapers.models import Plan
from taperplanner.tapers.schedule.schedule import Form

from ..world.course import check_in, record_dispensing_of
from ..world.plan_pages import plan_url
from ..world.universe import NOW, Universe

OURS, THEIRS = "0.5 mg tablet (Made Up Labs)", "0.5 mg tablet (Other Labs)"


@pytest.fixture(name="alike")
def _alike(universe: Universe, plan: Plan) -> tuple[int, int]:
    """The numbers of two products of one strength, of two makers."""
    details = ProductDetails(Form.TABLET, parse_dose("0.5"), parse_quantity("½"), maker="Other Labs")
    other = add_product(plan=plan, details=details, by=universe.ours.provider, at=NOW)
    return plan.products.get(maker="Made Up Labs", strength_nanograms=500_000).number, other.number


def test_what_was_dispensed_names_the_maker(
    universe: Universe, plan: Plan, staff: Client, alike: tuple[int, int]
) -> None:
    form = staff.get(plan_url(plan, "supply/add/")).content.decode()
    assert OURS in form
    assert THEIRS in form
    for number in alike:
        record_dispensing_of(plan, universe.ours, "28", product=number)
    page = staff.get(plan_url(plan, "progress/")).content.decode()
    assert min(page.count(OURS), page.count(THEIRS)) > 1  # in the count, and among what was dispensed


def test_what_is_left_at_home_names_the_maker(
    universe: Universe, plan: Plan, staff: Client, alike: tuple[int, int]
) -> None:
    form = staff.get(plan_url(plan, "check-ins/add/")).content.decode()
    assert form.count("Left at home: clonazepam 0.5 mg tablet (") == 2
    assert OURS in form
    assert THEIRS in form
    recorded = check_in(plan, universe.ours, left={alike[1]: Quantity(6000)})
    page = staff.get(recorded.get_absolute_url()).content.decode()
    assert THEIRS in page
    assert OURS not in page
