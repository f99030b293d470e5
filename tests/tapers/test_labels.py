"""A liquid's strength is typed as its label has it, and stands beside its strength in one mL wherever it is named."""

from __future__ import annotations

import html
import re

import pytest
from django.db import IntegrityError
from django.test import Client

from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.models import Plan, Product
from taperplanner.tapers.signed.content import verified_content
from taperplanner.tapers.wording.compare import compare
from taperplanner.tapers.wording.order_text import order_text
from tests.proof.plans import liquid

from ..world.plan_pages import inputs_of, plan_url
from ..world.plans import open_plan, save_draft, sign_plan
from ..world.shapes import taken
from ..world.universe import Universe

pytestmark = pytest.mark.usefixtures("now")
LABELLED = "2 mg/5 mL (0.4 mg/mL)"
SENT = {"marketed": "typed", "form": "liquid", "strength": "2 mg/5 mL", "liquid_part": "0.1", "maker": "Ours"}
DRAFT = TypedDraft("03/02/2026", "stop", (TypedStep("14", "1", "", {"bedtime-3": "2.5"}),))


@pytest.fixture
def plan(universe: Universe) -> Plan:
    return open_plan(universe.ours)


@pytest.fixture
def labelled(provider: Client, plan: Plan) -> Product:
    provider.post(plan_url(plan, "products/add/"), SENT)
    return plan.products.get(number=3)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", page)))


def test_a_strength_is_typed_as_on_the_label(labelled: Product) -> None:
    assert (labelled.strength_nanograms, labelled.label_nanograms, labelled.label_thousandths) == (
        400_000,
        2_000_000,
        5_000,
    )
    assert str(labelled) == f"clonazepam {LABELLED} oral liquid"


@pytest.mark.parametrize("strength", ["0.4 mg/mL", "0.4 mg/1 mL"])
def test_a_strength_in_one_ml_has_no_label_beside_it(provider: Client, plan: Plan, strength: str) -> None:
    provider.post(plan_url(plan, "products/add/"), SENT | {"strength": strength})
    product = plan.products.get(number=3)
    assert (product.strength_nanograms, product.label_nanograms, product.label_thousandths) == (
        400_000,
        None,
        None,
    )
    assert str(product) == "clonazepam 0.4 mg/mL oral liquid"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"strength": "1 mg/3 mL"}, "This strength does not come out exactly in one mL"),
        ({"strength": "2"}, "Enter a liquid's strength with its volume, as its label has it"),
        ({"strength": "2 mg"}, "Of a liquid, enter the volume on its label, too."),
        ({"strength": "2 mg/5"}, "Enter a liquid's strength as its label has it"),
        ({"strength": "0 mg/5 mL"}, "must be more than zero"),
        ({"form": "tablet", "tablet_part": "1000"}, "Only a liquid has a volume."),
        ({"form": "tablet", "tablet_part": "1000", "strength": "0.5 mg/mL"}, "Only a liquid has a volume."),
        ({"form": "odt", "tablet_part": "1000", "strength": "0.5 mg/1 mL"}, "Only a liquid has a volume."),
    ],
)
def test_what_cannot_be_is_refused_and_stays_typed(
    provider: Client, plan: Plan, changed: dict[str, str], sentence: str
) -> None:
    page = provider.post(plan_url(plan, "products/add/"), SENT | changed).content.decode()
    assert sentence in words(page)
    assert inputs_of(page)["strength"] == (SENT | changed)["strength"]
    assert plan.products.count() == 2


def test_the_label_is_corrected_as_it_was_typed(provider: Client, plan: Plan, labelled: Product) -> None:
    way = plan_url(plan, "products/3/edit/")
    form = provider.get(way).content.decode()
    assert inputs_of(form)["strength"] == "2 mg/5 mL"
    provider.post(way, SENT | {"strength": "0.4 mg/mL", "revision": inputs_of(form)["revision"]})
    labelled.refresh_from_db()
    assert (labelled.strength_nanograms, labelled.label_nanograms, labelled.label_thousandths) == (
        400_000,
        None,
        None,
    )


@pytest.mark.parametrize("strength", ["2 mg/5 mL", "4 mg/10 mL", "0.4 mg/mL"])
def test_another_label_of_the_same_strength_is_asked_about(
    provider: Client, plan: Plan, labelled: Product, strength: str
) -> None:
    page = provider.post(plan_url(plan, "products/add/"), SENT | {"strength": strength}).content.decode()
    assert f"This plan has clonazepam {LABELLED} oral liquid, Ours, already." in words(page)
    assert plan.products.count() == 3
    provider.post(plan_url(plan, "products/add/"), SENT | {"strength": strength, "is_another": "on"})
    assert plan.products.count() == 4


def test_the_database_holds_no_label_that_comes_to_another_strength(labelled: Product) -> None:
    labelled.label_thousandths = 4_000
    with pytest.raises(IntegrityError):
        labelled.save()


def test_signing_reads_back_the_label_and_what_it_comes_to(
    universe: Universe, provider: Client, plan: Plan, labelled: Product
) -> None:
    save_draft(plan, DRAFT, universe.ours)
    page = words(provider.get(plan_url(plan, "draft/sign/")).content.decode())
    assert (
        "clonazePAM 2 mg/5 mL (0.4 mg/mL) oral liquid: typed from its label as 2 mg/5 mL (two milligrams in five mL), which comes to 0.4 mg (zero point four milligrams) in one mL"
        in page
    )
    assert "Compare both with the label of the bottle." in page
    assert f"Bedtime: 2.5 mL (two point five mL) of clonazePAM {LABELLED} oral liquid." in page


def test_a_strength_typed_for_one_ml_is_read_back_too(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    provider.post(plan_url(plan, "products/add/"), SENT | {"strength": "2 mg/mL"})
    row = TypedStep("14", "5", "", {"bedtime-3": "2.5"})
    save_draft(plan, TypedDraft("03/02/2026", "stop", (row,)), universe.ours)
    page = words(provider.get(plan_url(plan, "draft/sign/")).content.decode())
    assert "clonazePAM 2 mg/mL oral liquid: typed as 2 mg (two milligrams) in one mL." in page


def test_what_was_signed_has_the_label(universe: Universe, plan: Plan, labelled: Product) -> None:
    version = sign_plan(plan, universe.ours, DRAFT)
    version.plan = plan
    content = verified_content(version)
    assert content.schedule.products[3] == labelled.as_data()
    assert b'"format":2' in content.canonical()
    assert f"(2.5) of clonazepam {LABELLED} oral liquid." in order_text(content.schedule, "clonazepam")


@pytest.mark.parametrize(
    "rest", ["", "draft/", "draft/sign/", "draft/preview/", "products/add/", "products/3/edit/"]
)
def test_each_page_of_the_draft_shows_both(
    universe: Universe, provider: Client, plan: Plan, labelled: Product, rest: str
) -> None:
    save_draft(plan, DRAFT, universe.ours)
    answer = provider.get(plan_url(plan, rest))
    assert answer.status_code == 200
    assert LABELLED in words(answer.content.decode())


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "versions/1/",
        "versions/1/handout/",
        "versions/1/handout/text/",
        "versions/1/handout/print/preview/?layout=schedule&size=large&language=es",
        "progress/",
        "summary/",
        "check-ins/add/",
        "supply/add/",
        "supply/count/",
        "compare/?left=1&right=1",
    ],
)
def test_each_page_of_what_was_signed_shows_both(
    universe: Universe, provider: Client, plan: Plan, labelled: Product, rest: str
) -> None:
    sign_plan(plan, universe.ours, DRAFT)
    answer = provider.get(plan_url(plan, rest))
    assert answer.status_code == 200
    assert LABELLED in words(answer.content.decode())


def test_two_labels_of_one_strength_are_two_products_of_a_comparison() -> None:
    labels = (liquid(1, "2 mg/5 mL"), liquid(2, "4 mg/10 mL"))
    one, other = (taken(((product, 2_500),)) for product in labels)
    pairs = compare(one, other)
    assert pairs[0].words == "Changed: the same daily dose is made up differently."
    assert pairs[0].left
    assert pairs[0].right
    assert "of 2 mg/5 mL (0.4 mg/mL) oral liquid" in pairs[0].left.taken
    assert "of 4 mg/10 mL (0.4 mg/mL) oral liquid" in pairs[0].right.taken
