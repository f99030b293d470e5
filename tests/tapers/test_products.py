"""A product that was typed wrongly is corrected until a version is signed with it; the same twice is asked about."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.saving import Conflict
from taperplanner.tapers import actions
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.marketed import MARKETED
from taperplanner.tapers.models import Draft, Plan, Product, Version
from taperplanner.tapers.schedule.schedule import Form

from ..world.plan_pages import inputs_of, plan_url, posted_signature
from ..world.plans import confirmed_draft, open_plan, save_draft, sign_plan, start_revision, typed_schedule
from ..world.universe import NOW, House, Universe

pytestmark = pytest.mark.usefixtures("now")
WHOLE = {"marketed": "tablet-0.5", "tablet_part": "1000", "maker": "Made Up Labs"}
# As clinical review found them in two public listings, by form and strength.
CODES = {
    "tablet-0.5": "197527", "tablet-1": "197528", "tablet-2": "197529", "odt-0.125": "349194", "odt-0.25": "349195",
    "odt-0.5": "349198", "odt-1": "349196", "odt-2": "349197",
}  # fmt: skip
HALVES = WHOLE | {"tablet_part": "500"}


def correct(product: Product, house: House, **changed: object) -> Product:
    data = product.as_data()
    details = actions.ProductDetails(data.form, data.strength, data.smallest_part, product.maker)
    return actions.correct_product(
        product=product,
        revision=product.revision,
        details=replace(details, **changed),  # type: ignore[arg-type]
        by=house.provider,
        at=NOW,
    )


def product_of(plan: Plan, number: int) -> Product:
    product = plan.products.get(number=number)
    product.plan = plan
    return product


def test_a_wrong_splitting_is_said_once_and_put_right_with_every_cell_kept(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    correct(product_of(plan, 2), universe.ours, smallest_part=parse_quantity("1"))
    page = provider.get(plan_url(plan, "draft/")).content.decode()
    assert page.count("clonazepam 0.5 mg tablet may not be split, so what is typed cannot be taken") == 1
    assert "To do before signing: 1" in page
    way = plan_url(plan, "products/2/edit/")
    assert f'<a href="{way}">Correct the product, if it was typed wrongly</a>' in page
    form = provider.get(way).content.decode()
    assert re.search(r'value="1000"[^>]*checked', form)
    revision = inputs_of(form)["revision"]
    answer = provider.post(way, HALVES | {"revision": revision}, follow=True)
    assert "No cell of the draft has changed" in answer.content.decode()
    assert "Ready to be read back and signed" in answer.content.decode()
    assert from_json(Draft.objects.get(plan=plan).content) == typed_schedule()
    assert Event.objects.filter(action="product.corrected").latest("at").details == {
        "changed": [
            "smallest_part_thousandths",
            "rxnorm",
        ]  # the code of the marketed strength that was chosen
    }


def test_a_corrected_strength_changes_what_the_typed_quantities_add_up_to(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    correct(product_of(plan, 2), universe.ours, strength=parse_dose("0.25"))
    page = provider.get(plan_url(plan, "draft/")).content.decode()
    assert "Step 2: the typed daily dose is 1.5 mg, but the quantities add up to 1.25 mg." in page
    assert from_json(Draft.objects.get(plan=plan).content) == typed_schedule()


def test_a_signature_that_was_begun_does_not_sign_the_corrected_product_unread(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    begun = posted_signature(plan)
    correct(product_of(plan, 2), universe.ours, maker="Other Labs")
    answer = provider.post(plan_url(plan, "draft/sign/"), begun)
    assert answer.status_code == 409
    assert "The draft was changed after you opened this page" in answer.content.decode()
    assert not Version.objects.exists()


def test_what_a_version_is_signed_with_is_retired_and_not_corrected(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    sign_plan(plan, universe.ours)
    product = product_of(plan, 2)
    with pytest.raises(actions.CannotEditProduct, match="A version is signed with this product"):
        correct(product, universe.ours, smallest_part=parse_quantity("1"))
    way = plan_url(plan, "products/2/edit/")
    page = provider.get(way).content.decode()
    assert "so it cannot be corrected" in page
    assert "Save the correction" not in page
    provider.post(way, WHOLE | {"revision": str(product.revision)})
    assert plan.products.get(number=2).smallest_part_thousandths == 500
    assert f'href="{way}"' not in provider.get(plan_url(plan, "products/add/")).content.decode()


def test_a_retired_product_is_not_corrected(universe: Universe, plan: Plan) -> None:
    retired = actions.retire_product(product=product_of(plan, 2), by=universe.ours.provider, at=NOW)
    with pytest.raises(actions.CannotEditProduct, match="was retired"):
        correct(retired, universe.ours, maker="Other Labs")


def test_carried_rows_that_take_a_corrected_product_are_confirmed_again(universe: Universe) -> None:
    plan = _with_a_new_product(universe.ours)
    draft = from_json(Draft.objects.get(plan=plan).content)
    takes_it = replace(draft.steps[0], dose="2", quantities={"morning-3": "1"})
    save_draft(plan, confirmed_draft(replace(draft, steps=(takes_it, *draft.steps[1:]))), universe.ours)
    correct(product_of(plan, 3), universe.ours, maker="Other Labs")
    ticks = [step.confirmed for step in from_json(Draft.objects.get(plan=plan).content).steps]
    assert ticks == [False, *[True] * (len(ticks) - 1)]


def _with_a_new_product(house: House) -> Plan:
    plan = open_plan(house)
    version = sign_plan(plan, house)
    version.plan = plan
    start_revision(version, house)
    details = actions.ProductDetails(Form.TABLET, parse_dose("2"), parse_quantity("1"))
    actions.add_product(plan=plan, details=details, by=house.provider, at=NOW)
    return plan


def test_the_second_of_two_who_correct_a_product_sees_both(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    product = product_of(plan, 2)
    correct(product, universe.ours, maker="Other Labs")
    with pytest.raises(Conflict):
        correct(product, universe.ours, maker="Third Labs")
    answer = provider.post(plan_url(plan, "products/2/edit/"), WHOLE | {"revision": str(product.revision)})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved this while you were typing" in page
    assert "Other Labs" in page
    assert inputs_of(page)["maker"] == "Made Up Labs"


def test_the_code_of_a_marketed_strength_does_not_stay_with_another(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    provider.post(plan_url(plan, "products/add/"), HALVES | {"maker": "Third Labs"})
    assert product_of(plan, 3).rxnorm == "197527"
    form = inputs_of(provider.get(plan_url(plan, "products/3/edit/")).content.decode())
    sent = WHOLE | {"marketed": "tablet-1", "maker": "Third Labs", "rxnorm": form["rxnorm"]}
    provider.post(plan_url(plan, "products/3/edit/"), sent | {"revision": form["revision"]})
    assert (product_of(plan, 3).as_data().strength, product_of(plan, 3).rxnorm) == (parse_dose("1"), "197528")


@pytest.mark.parametrize(("key", "code"), CODES.items(), ids=CODES)
def test_each_marketed_strength_is_kept_and_shown_with_its_rxnorm_code(
    provider: Client, plan: Plan, key: str, code: str
) -> None:
    provider.post(
        plan_url(plan, "products/add/"), {"marketed": key, "tablet_part": "1000", "maker": "Third Labs"}
    )
    assert product_of(plan, 3).rxnorm == code
    page = provider.get(plan_url(plan, "products/add/")).content.decode()
    assert f"RxNorm <bdi>{code}</bdi>" in page


def test_no_strength_of_clonazepam_on_the_market_is_without_a_code_or_shares_one() -> None:
    assert {one.key: one.rxnorm for one in MARKETED["clonazepam"]} == CODES
    assert len(set(CODES.values())) == len(CODES)


@pytest.mark.parametrize(
    "sent", [{"marketed": "tablet-0.5"}, {"marketed": "typed", "form": "tablet", "strength": "3"}]
)
def test_the_code_of_another_strength_is_refused(provider: Client, plan: Plan, sent: dict[str, str]) -> None:
    page = provider.post(plan_url(plan, "products/add/"), sent | {"tablet_part": "1000", "rxnorm": "197528"})
    assert "This is the code of another strength or form." in page.content.decode()
    assert plan.products.count() == 2


@pytest.mark.parametrize("maker", ["Made Up Labs", "  made  up LABS "])
def test_the_same_product_twice_is_asked_about_before_it_is_kept(
    provider: Client, plan: Plan, maker: str
) -> None:
    add = plan_url(plan, "products/add/")
    page = provider.post(add, HALVES | {"maker": maker}).content.decode()
    assert "This plan has clonazepam 0.5 mg tablet, Made Up Labs, already. Nothing is saved yet." in page
    assert 'type="checkbox" name="is_another"' in page
    assert plan.products.count() == 2
    provider.post(add, HALVES | {"maker": maker, "is_another": "on"})
    assert plan.products.count() == 3


@pytest.mark.parametrize(
    "changed",
    [{"maker": "Other Labs"}, {"maker": ""}, {"marketed": "odt-0.5"}, {"marketed": "tablet-2"}],
    ids=str,
)
def test_another_maker_form_or_strength_is_another_product(
    provider: Client, plan: Plan, changed: dict[str, str]
) -> None:
    provider.post(plan_url(plan, "products/add/"), HALVES | changed)
    assert plan.products.count() == 3


def test_a_correction_that_makes_two_the_same_is_asked_about(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    form = inputs_of(provider.get(plan_url(plan, "products/1/edit/")).content.decode())
    page = provider.post(plan_url(plan, "products/1/edit/"), HALVES | {"revision": form["revision"]})
    assert "already. Nothing is saved yet." in page.content.decode()
    assert product_of(plan, 1).as_data().strength == parse_dose("1")


def test_a_retired_product_may_be_added_again_without_a_question(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    actions.retire_product(product=product_of(plan, 2), by=universe.ours.provider, at=NOW)
    provider.post(plan_url(plan, "products/add/"), HALVES)
    assert plan.products.count() == 3


def test_the_smallest_amount_of_a_liquid_is_no_fraction(provider: Client, plan: Plan) -> None:
    sent = {"marketed": "typed", "form": "liquid", "strength": "0.1 mg/mL", "liquid_part": "½"}
    page = provider.post(plan_url(plan, "products/add/"), sent).content.decode()
    assert "type the amount with a point, not as a fraction" in page
    assert plan.products.count() == 2
