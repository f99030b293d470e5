"""A total of the PHQ-9 never hides what was said, or not asked, about being better off dead."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.monitoring.danger import PHQ9_ITEM, danger_signs, signs_in
from taperplanner.monitoring.models import CheckIn, Emergency
from taperplanner.monitoring.scales import PHQ9, hides_item_9, score_of
from taperplanner.tapers.models import Plan

from ..world.course import check_in
from ..world.plan_pages import plan_url
from ..world.universe import Universe

TOTAL = {"happened_on": "03/02/2026", "contact": "phone", "rows": "3", "phq9_total": "11"}
ASKED = "A total hides item 9: thoughts of being better off dead or of hurting yourself."
UNASKED = {"phq9_9_not_asked": "on"}


def add(plan: Plan) -> str:
    return plan_url(plan, "check-ins/add/")


def test_the_form_asks_item_9_once_a_total_is_typed_without_it(plan: Plan, staff: Client) -> None:
    assert "phq9_9_not_asked" not in staff.get(add(plan)).content.decode()
    page = staff.post(add(plan), TOTAL).content.decode()
    assert ASKED in page
    assert 'name="phq9_9_not_asked"' in page
    assert not CheckIn.objects.exists()
    staff.post(add(plan), TOTAL | {"phq9_9": "0"})
    assert CheckIn.objects.get().phq9_items == [None] * 8 + [0]


def test_that_it_was_not_asked_is_said_by_a_person_and_shown_as_a_gap(plan: Plan, staff: Client) -> None:
    assert staff.post(add(plan), TOTAL | UNASKED).status_code == 302
    for rest in ("check-ins/1/", "progress/", "summary/"):
        assert "item 9 was not asked" in staff.get(plan_url(plan, rest)).content.decode().lower(), rest


def test_the_tick_is_kept_and_never_made_beforehand(plan: Plan, staff: Client) -> None:
    page = staff.post(add(plan), TOTAL | {"more": "rows"}).content.decode()
    box = page[page.index('name="phq9_9_not_asked"') - 200 : page.index('name="phq9_9_not_asked"') + 200]
    assert "checked" not in box.split("<input")[1].split(">")[0]
    assert ASKED not in page


def test_other_items_do_not_stand_for_item_9(plan: Plan, staff: Client) -> None:
    page = staff.post(add(plan), TOTAL | {f"phq9_{item}": "1" for item in range(1, 9)}).content.decode()
    assert ASKED in page


def test_a_total_of_another_scale_asks_nothing(plan: Plan, staff: Client) -> None:
    without = {name: value for name, value in TOTAL.items() if name != "phq9_total"}
    assert staff.post(add(plan), without | {"gad7_total": "11"}).status_code == 302


def test_items_without_the_ninth_say_so_too(universe: Universe, plan: Plan, staff: Client) -> None:
    check_in(plan, universe.ours, phq9=score_of(PHQ9, [1] * 8 + [None], None))
    page = staff.get(plan_url(plan, "check-ins/1/")).content.decode()
    assert "Item 9 was not asked" in page


def test_a_check_in_with_every_item_has_no_gap(universe: Universe, plan: Plan, staff: Client) -> None:
    check_in(plan, universe.ours, phq9=score_of(PHQ9, [1] * 8 + [0], None))
    for rest in ("check-ins/1/", "progress/", "summary/"):
        assert "item 9 was not asked" not in staff.get(plan_url(plan, rest)).content.decode().lower(), rest


@pytest.mark.parametrize(
    ("items", "total", "is_sign"),
    [
        ([], 24, False),
        ([], 25, True),
        ([3] * 8 + [None], 24, False),
        ([0] * 8 + [None], 1, True),
        ([None] * 8 + [0], 24, False),
        ([1, *[None] * 8], 22, False),
        ([1, *[None] * 8], 23, True),
        ([], None, False),
    ],
    ids=str,
)
def test_a_total_that_is_too_high_without_item_9_is_a_sign_of_danger(
    items: list[int | None], total: int | None, is_sign: bool
) -> None:
    signs = danger_signs(ratings={}, phq9_items=items, phq9_total=total, decision="")
    assert signs == ((PHQ9_ITEM,) if is_sign else ())


def test_such_a_total_raises_the_emergency_in_the_request_that_brings_it(plan: Plan, staff: Client) -> None:
    assert signs_in({"phq9_total": " 26 "}) == (PHQ9_ITEM,)
    page = staff.post(add(plan), TOTAL | {"phq9_total": "26"}).content.decode()
    assert "Emergency: act now" in page
    assert Emergency.objects.get().signs == [PHQ9_ITEM]
    assert signs_in({"phq9_total": "260"}) == signs_in({"phq9_total": "²"}) == ()


def test_what_hides_item_9() -> None:
    assert not hides_item_9((), None)
    assert hides_item_9((), 9)
    assert hides_item_9([1] * 8 + [None], None)
    assert not hides_item_9([1] * 8 + [0], 8)
