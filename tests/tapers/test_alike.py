"""Products of one strength are told apart wherever they stand together."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client

from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.tapers import actions
from taperplanner.tapers.draft.parsed import parse_draft
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.models import Plan
from taperplanner.tapers.schedule.schedule import Form, Schedule, ScheduleProduct, full_names, short_names
from taperplanner.tapers.wording.compare import compare

from ..world.plan_pages import plan_url
from ..world.plans import open_plan, save_draft, sign_plan, tablet
from ..world.universe import NOW, House, Universe

PLAIN, MELTS = tablet(1, "0.5"), tablet(2, "0.5", form=Form.ORALLY_DISINTEGRATING)
LIQUID = tablet(3, "0.1", 100, Form.LIQUID)


def by(maker: str, product: ScheduleProduct) -> ScheduleProduct:
    return replace(product, maker=maker)


@pytest.mark.parametrize(
    ("products", "names"),
    [
        pytest.param([PLAIN, tablet(2, "1")], ["0.5 mg", "1 mg"], id="strengths are enough"),
        pytest.param([by("Made Up Labs", PLAIN)], ["0.5 mg"], id="one needs no maker"),
        pytest.param([MELTS], ["0.5 mg orally disintegrating"], id="the form, even alone"),
        pytest.param([PLAIN, MELTS], ["0.5 mg", "0.5 mg orally disintegrating"], id="told apart by form"),
        pytest.param([LIQUID], ["0.1 mg/mL oral liquid"], id="a liquid"),
        pytest.param(
            [by("Made Up Labs", PLAIN), by("Other Labs", tablet(2, "0.5")), by("Other Labs", tablet(3, "1"))],
            ["0.5 mg (Made Up Labs)", "0.5 mg (Other Labs)", "1 mg"],
            id="told apart by maker",
        ),
        pytest.param(
            [by("Made Up Labs", PLAIN), tablet(2, "0.5")],
            ["0.5 mg (Made Up Labs)", "0.5 mg (maker not recorded)"],
            id="one maker is missing",
        ),
        pytest.param(
            [by("Made Up Labs", PLAIN), by("made up labs", tablet(2, "0.5"))],
            ["0.5 mg (Made Up Labs, product 1)", "0.5 mg (made up labs, product 2)"],
            id="told apart by number",
        ),
    ],
)
def test_no_two_products_read_alike(products: list[ScheduleProduct], names: list[str]) -> None:
    assert list(short_names(products).values()) == names


def test_full_names_say_the_maker_only_where_it_tells_apart() -> None:
    assert full_names([by("Made Up Labs", PLAIN)]) == {1: "clonazepam 0.5 mg tablet"}
    assert full_names(
        [
            by("Made Up Labs", PLAIN),
            by("Other Labs", tablet(2, "0.5")),
            ScheduleProduct(
                3, "clonazepam", Form.ORALLY_DISINTEGRATING, parse_dose("0.5"), parse_quantity("1")
            ),
        ]
    ) == {
        1: "clonazepam 0.5 mg tablet (Made Up Labs)",
        2: "clonazepam 0.5 mg tablet (Other Labs)",
        3: "clonazepam 0.5 mg orally disintegrating tablet",
    }


def test_two_versions_of_two_makers_do_not_read_the_same() -> None:
    def schedule(product: ScheduleProduct) -> Schedule:
        typed = TypedStep("7", "0.5", "", {f"bedtime-{product.number}": "1"})
        read_back = parse_draft(
            TypedDraft("3/2/2026", "stop", (typed,)), {product.number: product}
        ).schedule()
        assert read_back is not None
        return read_back

    pair = compare(schedule(by("Made Up Labs", PLAIN)), schedule(by("Other Labs", tablet(2, "0.5"))))[0]
    assert pair.left is not None
    assert pair.right is not None
    assert pair.left.taken == "0.5 mg a day: bedtime 1 tablet of 0.5 mg (Made Up Labs)"
    assert pair.right.taken == "0.5 mg a day: bedtime 1 tablet of 0.5 mg (Other Labs)"


def alike(house: House) -> Plan:
    """Ana's plan with three more products of 0.5 mg: an ODT, another maker's tablet, one of no known maker."""
    plan = open_plan(house)
    for form, maker in (
        (Form.ORALLY_DISINTEGRATING, "Made Up Labs"),
        (Form.TABLET, "Other Labs"),
    ):
        details = actions.ProductDetails(form, parse_dose("0.5"), parse_quantity("½"), maker=maker)
        actions.add_product(plan=plan, details=details, by=house.provider, at=NOW)
    return plan


def three_alike() -> TypedDraft:
    quantities = {"morning-2": "1", "evening-3": "1", "bedtime-4": "1"}
    return TypedDraft("03/02/2026", "stop", (TypedStep("14", "1.5", "", quantities),))


OURS, THEIRS, MELTING = "0.5 mg (Made Up Labs)", "0.5 mg (Other Labs)", "0.5 mg orally disintegrating"


@pytest.mark.usefixtures("now")
def test_the_draft_heads_each_column_with_its_own_name(universe: Universe, provider: Client) -> None:
    plan = alike(universe.ours)
    save_draft(plan, three_alike(), universe.ours)
    page = provider.get(plan_url(plan, "draft/")).content.decode()
    for name in (OURS, THEIRS, MELTING):
        assert f'aria-label="Step 1, bedtime, {name}"' in page
        heading = name.replace("0.5 mg", "0.5\N{NO-BREAK SPACE}mg")
        assert len(re.findall(rf"\s{re.escape(heading)}\s+</th>", page)) == 4
        assert f"<bdi>{name}</bdi></span>" in page


@pytest.mark.usefixtures("now")
def test_the_signed_schedule_and_the_signer_are_told_which(universe: Universe, provider: Client) -> None:
    plan = alike(universe.ours)
    save_draft(plan, three_alike(), universe.ours)
    read_back = provider.get(plan_url(plan, "draft/sign/")).content.decode()
    assert "of clonazePAM 0.5 mg tablet (Made Up Labs)." in read_back
    assert "of clonazePAM 0.5 mg orally disintegrating tablet." in read_back
    sign_plan(plan, universe.ours, three_alike())
    page = provider.get(plan_url(plan)).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert f"morning 1 tablet of {OURS}; evening 1 tablet of {MELTING}; bedtime 1 tablet of {THEIRS}." in page
    assert f'<td data-label="Bedtime">1 tablet of {THEIRS}</td>' in page
    assert "clonazePAM 0.5 mg tablet (Other Labs)</th>" in page
