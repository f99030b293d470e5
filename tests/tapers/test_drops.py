"""Drops are typed from the labels of their bottle and its dropper, are counted whole, and are never called tablets."""

from __future__ import annotations

import html
import re

import pytest
from django.db import IntegrityError
from django.test import Client

from taperplanner.tapers.draft.parsed import parse_draft
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.models import Plan, Product

from ..world.contents import DROPS
from ..world.plan_pages import inputs_of, plan_url
from ..world.plans import open_plan, save_draft
from ..world.universe import Universe

pytestmark = pytest.mark.usefixtures("now")
BOTH = "2.5 mg/mL (0.1 mg a drop, 25 drops in one mL)"
SAID = (
    "2.5 mg (two point five milligrams) in 1 mL (one mL), and 25 (twenty-five) drops in one mL. One drop holds 0.1 mg (zero"
    " point one milligrams)."
)
TYPED = {
    "marketed": "typed",
    "form": "drops",
    "strength": "2.5 mg/mL",
    "drops_per_ml": "25",
    "maker": "Ours",
}
SENT = TYPED | {"read_back": SAID}
DRAFT = TypedDraft("03/02/2026", "stop", (TypedStep("14", "1.7", "", {"morning-3": "5", "bedtime-3": "12"}),))


@pytest.fixture
def plan(universe: Universe) -> Plan:
    return open_plan(universe.ours)


@pytest.fixture
def dropped(provider: Client, plan: Plan) -> Product:
    provider.post(plan_url(plan, "products/add/"), SENT)
    return plan.products.get(number=3)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", page)))


def test_drops_are_typed_from_both_labels(dropped: Product) -> None:
    assert (dropped.strength_nanograms, dropped.label_nanograms, dropped.label_thousandths) == (
        100_000,
        2_500_000,
        1_000,
    )
    assert (dropped.drops_per_ml, dropped.smallest_part_thousandths) == (25, 1000)
    assert str(dropped) == f"clonazepam {BOTH} oral drops"


def test_a_label_of_several_ml_is_kept_too(provider: Client, plan: Plan) -> None:
    typed = TYPED | {"strength": "2 mg/5 mL", "drops_per_ml": "20"}
    page = words(provider.post(plan_url(plan, "products/add/"), typed).content.decode())
    assert (
        "2 mg (two milligrams) in 5 mL (five mL), and 20 (twenty) drops in one mL. One drop holds 0.02 mg"
        in page
    )
    said = page[page.index("2 mg (two milligrams)") : page.index(" Compare this with")]
    provider.post(plan_url(plan, "products/add/"), typed | {"read_back": said})
    assert (
        str(plan.products.get(number=3))
        == "clonazepam 2 mg/5 mL (0.02 mg a drop, 20 drops in one mL) oral drops"
    )


def test_nothing_is_kept_before_both_labels_were_read_back(provider: Client, plan: Plan) -> None:
    page = provider.post(plan_url(plan, "products/add/"), TYPED).content.decode()
    assert (
        f"{SAID} Compare this with the label of the bottle and of its dropper. Nothing is saved yet."
        in words(page)
    )
    assert plan.products.count() == 2
    assert 'type="radio"' in (box := re.findall(r'<input[^>]*name="read_back"[^>]*>', page)[0])
    assert "checked" not in box


@pytest.mark.parametrize("changed", [{"strength": "2 mg/mL"}, {"drops_per_ml": "20"}])
def test_a_tick_belongs_to_the_very_labels_it_was_given_for(
    provider: Client, plan: Plan, changed: dict[str, str]
) -> None:
    page = provider.post(plan_url(plan, "products/add/"), SENT | changed).content.decode()
    assert "Nothing is saved yet." in words(page)
    assert plan.products.count() == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"strength": "1 mg/3 mL"}, "This strength does not come out exactly in one drop"),
        ({"drops_per_ml": "27"}, "This strength does not come out exactly in one drop"),
        ({"strength": "2.5"}, "Enter a liquid's strength with its volume, as its label has it"),
        ({"strength": "0 mg/mL"}, "must be more than zero"),
        ({"drops_per_ml": ""}, "Enter how many drops are one mL, as the label of the dropper has it."),
        ({"drops_per_ml": "0"}, "Enter a whole number, in digits alone"),
        ({"drops_per_ml": "20.5"}, "Enter a whole number, in digits alone"),
        ({"drops_per_ml": "25 drops"}, "Enter a whole number, in digits alone"),
        ({"drops_per_ml": "2500"}, "Enter a whole number, in digits alone"),
        ({"form": "liquid", "liquid_part": "0.1"}, "Only drops have this number."),
        ({"form": "tablet", "tablet_part": "1000", "strength": "0.5"}, "Only drops have this number."),
        ({"marketed": "tablet-0.5", "tablet_part": "1000"}, "Only drops have this number."),
    ],
)
def test_what_cannot_be_is_refused_and_stays_typed(
    provider: Client, plan: Plan, changed: dict[str, str], sentence: str
) -> None:
    page = provider.post(plan_url(plan, "products/add/"), SENT | changed).content.decode()
    assert sentence in words(page)
    assert inputs_of(page)["drops_per_ml"] == (SENT | changed)["drops_per_ml"]
    assert plan.products.count() == 2


def test_the_form_offers_no_number_of_drops(provider: Client, plan: Plan) -> None:
    page = provider.get(plan_url(plan, "products/add/")).content.decode()
    field = page[page.index('<div id="div_id_drops_per_ml"') : page.index('<div id="div_id_maker"')]
    assert inputs_of(field) == {"drops_per_ml": "", "read_back": ""}
    assert not re.search(r"[0-9]", words(field))
    assert "placeholder" not in field


def test_the_labels_are_corrected_as_they_were_typed(provider: Client, plan: Plan, dropped: Product) -> None:
    way = plan_url(plan, "products/3/edit/")
    form = inputs_of(provider.get(way).content.decode())
    assert (form["strength"], form["drops_per_ml"], form["read_back"]) == ("2.5 mg/mL", "25", "")
    said = SAID.replace("25 (twenty-five)", "20 (twenty)").replace(
        "0.1 mg (zero point one ", "0.125 mg (zero point one two five "
    )
    changed = SENT | {"drops_per_ml": "20", "read_back": said, "revision": form["revision"]}
    assert provider.post(way, changed).status_code == 302
    dropped.refresh_from_db()
    assert (dropped.strength_nanograms, dropped.drops_per_ml) == (125_000, 20)


def test_the_same_drops_again_are_asked_about(provider: Client, plan: Plan, dropped: Product) -> None:
    page = provider.post(plan_url(plan, "products/add/"), SENT).content.decode()
    assert f"This plan has clonazepam {BOTH} oral drops, Ours, already." in words(page)
    again = inputs_of(page)
    assert again["read_back"] == SAID
    provider.post(plan_url(plan, "products/add/"), SENT | {"is_another": "on"})
    assert plan.products.count() == 4


def test_a_liquid_of_the_same_label_is_another_product(
    provider: Client, plan: Plan, dropped: Product
) -> None:
    liquid = {"marketed": "typed", "form": "liquid", "strength": "0.1 mg/mL", "liquid_part": "0.1"}
    provider.post(plan_url(plan, "products/add/"), liquid | {"maker": "Ours"})
    assert plan.products.count() == 4


@pytest.mark.parametrize(
    "changed",
    [
        {"drops_per_ml": 20},
        {"drops_per_ml": None},
        {"label_thousandths": 5_000},
        {"drops_per_ml": None, "label_nanograms": None, "label_thousandths": None},
        {"form": "liquid"},
    ],
)
def test_the_database_holds_no_labels_that_come_to_another_drop(
    dropped: Product, changed: dict[str, int | str | None]
) -> None:
    for column, value in changed.items():
        setattr(dropped, column, value)
    with pytest.raises(IntegrityError):
        dropped.save()


@pytest.mark.parametrize("typed", ["½", "1/2", "1½", "12.5", "0.5", "12.0"])
def test_part_of_a_drop_is_refused_with_a_sentence(typed: str) -> None:
    draft = TypedDraft("03/02/2026", "stop", (TypedStep("14", "1.2", "", {"bedtime-7": typed}),))
    [step] = parse_draft(draft, {7: DROPS}).steps
    assert step.wrong == {
        "bedtime-7": "Drops are counted: enter a whole number, without a point or a fraction."
    }


def test_a_unit_typed_after_the_drops_is_refused_without_a_number() -> None:
    draft = TypedDraft("03/02/2026", "stop", (TypedStep("14", "1.2", "", {"bedtime-7": "12 drops"}),))
    [step] = parse_draft(draft, {7: DROPS}).steps
    assert step.wrong == {"bedtime-7": "Enter the number alone, without the unit."}


def test_signing_reads_back_both_labels_and_the_strength_of_a_drop(
    universe: Universe, provider: Client, plan: Plan, dropped: Product
) -> None:
    save_draft(plan, DRAFT, universe.ours)
    page = words(provider.get(plan_url(plan, "draft/sign/")).content.decode())
    assert (
        f"clonazePAM {BOTH} oral drops: typed from the labels as {SAID} Compare this with the label of the bottle and of"
        " its dropper." in page
    )
    assert f"Bedtime: 12 drops (twelve drops) of clonazePAM {BOTH} oral drops." in page
