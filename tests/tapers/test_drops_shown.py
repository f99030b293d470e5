"""Wherever drops are shown they are called drops, with both labels beside them and their mL only where that is exact."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client

from taperplanner.doses import Quantity
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.blocks import step_blocks
from taperplanner.handouts.paper.language import Translator
from taperplanner.handouts.paper.pharmacy import summary_of
from taperplanner.handouts.paper.remaining import remaining
from taperplanner.handouts.paper.texts import text_blocks
from taperplanner.tapers.models import Plan, Product
from taperplanner.tapers.signed.content import verified_content
from taperplanner.tapers.wording.compare import compare
from taperplanner.tapers.wording.order_text import order_text
from taperplanner.tapers.wording.words import quantity_in_words
from tests.proof.plans import drops

from ..world.contents import DROPS
from ..world.plan_pages import plan_url
from ..world.plans import TODAY, open_plan, save_draft, sign_plan
from ..world.shapes import taken
from ..world.universe import Universe
from .test_drops import BOTH, DRAFT, SENT, words

pytestmark = pytest.mark.usefixtures("now")
OF_NEITHER = re.compile(r"\b(?:12|5|238|drops?) ?tablets?\b|\btablets? of 2\.5 mg/mL")


@pytest.fixture
def plan(universe: Universe) -> Plan:
    return open_plan(universe.ours)


@pytest.fixture
def dropped(provider: Client, plan: Plan) -> Product:
    provider.post(plan_url(plan, "products/add/"), SENT)
    return plan.products.get(number=3)


@pytest.mark.parametrize(
    ("thousandths", "amount", "said", "with_ml"),
    [
        (1_000, "1 drop", "one drop", "1 drop (0.04 mL)"),
        (12_000, "12 drops", "twelve drops", "12 drops (0.48 mL)"),
        (0, "0 drops", "zero drops", "0 drops (0 mL)"),
        (212_500, "212.5 drops", "two hundred and twelve point five drops", "212.5 drops (8.5 mL)"),
    ],
)
def test_an_amount_of_drops_names_drops(thousandths: int, amount: str, said: str, with_ml: str) -> None:
    quantity = Quantity(thousandths)
    assert DROPS.amount(quantity) == amount
    assert quantity_in_words(quantity, DROPS) == said
    assert DROPS.amount_and_ml(quantity) == with_ml


def test_mL_stand_beside_drops_only_where_they_are_exact() -> None:  # noqa: N802
    thirty = replace(DROPS, drops_per_ml=30)
    assert thirty.amount_and_ml(Quantity(10_000)) == "10 drops"
    assert thirty.amount_and_ml(Quantity(12_000)) == "12 drops (0.4 mL)"


def test_what_was_signed_has_both_labels(universe: Universe, plan: Plan, dropped: Product) -> None:
    version = sign_plan(plan, universe.ours, DRAFT)
    version.plan = plan
    content = verified_content(version)
    assert content.schedule.products[3] == dropped.as_data()
    assert b'"format":2' in content.canonical()
    text = order_text(content.schedule, "clonazepam")
    assert f"bedtime twelve drops (12) of clonazepam {BOTH} oral drops" in text


def test_a_pharmacist_counts_the_drops_and_the_whole_ml_they_are_in(
    universe: Universe, plan: Plan, dropped: Product
) -> None:
    version = sign_plan(plan, universe.ours, DRAFT)
    version.plan = plan
    schedule = verified_content(version).schedule
    [line] = summary_of(remaining(schedule, TODAY), 30).totals
    assert (line.exact, line.whole) == ("238 drops (9.52 mL)", "10 mL")


@pytest.mark.parametrize(
    "rest", ["", "draft/", "draft/sign/", "draft/preview/", "products/add/", "products/3/edit/"]
)
def test_each_page_of_the_draft_shows_both_labels(
    universe: Universe, provider: Client, plan: Plan, dropped: Product, rest: str
) -> None:
    save_draft(plan, DRAFT, universe.ours)
    answer = provider.get(plan_url(plan, rest))
    assert answer.status_code == 200
    assert BOTH in words(answer.content.decode())


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "versions/1/",
        "versions/1/handout/",
        "versions/1/handout/text/",
        "versions/1/handout/print/preview/?layout=schedule&size=large&language=en",
        "progress/",
        "summary/",
        "check-ins/add/",
        "supply/add/",
        "supply/count/",
        "compare/?left=1&right=1",
    ],
)
def test_each_page_of_what_was_signed_shows_both_labels_and_no_tablets(
    universe: Universe, provider: Client, plan: Plan, dropped: Product, rest: str
) -> None:
    sign_plan(plan, universe.ours, DRAFT)
    answer = provider.get(plan_url(plan, rest))
    assert answer.status_code == 200
    page = words(answer.content.decode())
    assert BOTH in page
    assert not OF_NEITHER.search(page)


def test_a_paper_in_spanish_says_drops_in_spanish(universe: Universe, plan: Plan, dropped: Product) -> None:
    version = sign_plan(plan, universe.ours, DRAFT)
    version.plan = plan
    schedule = verified_content(version).schedule
    [step] = step_blocks(remaining(schedule, TODAY), Translator(Language.SPANISH))
    lines = [line for _, lines in step.parts[0].times for line in lines]
    assert [(line.count, line.words, line.product) for line in lines] == [
        ("5 gotas", "cinco; 0.2 mL", "2.5 mg/mL (0.1 mg por gota, 25 gotas en un mL)"),
        ("12 gotas", "doce; 0.48 mL", "2.5 mg/mL (0.1 mg por gota, 25 gotas en un mL)"),
    ]
    assert "count-drops" in {block.key for block in text_blocks(schedule, Language.SPANISH, today=TODAY)}


def test_two_droppers_of_one_bottle_are_two_products_of_a_comparison() -> None:
    labels = (drops(1, "2.5 mg/mL", 25), drops(2, "2 mg/mL", 20))
    one, other = (taken(((product, 12_000),)) for product in labels)
    pairs = compare(one, other)
    assert pairs[0].words == "Changed: the same daily dose is made up differently."
    assert pairs[0].left
    assert pairs[0].right
    assert "12 drops of 2.5 mg/mL (0.1 mg a drop, 25 drops in one mL) oral drops" in pairs[0].left.taken
    assert "12 drops of 2 mg/mL (0.1 mg a drop, 20 drops in one mL) oral drops" in pairs[0].right.taken
