"""What was typed from a package stands beside the product where it names something of the patient's list: in words alone."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taperplanner.audit.models import Event
from taperplanner.saving import Conflict
from taperplanner.tapers.actions import (
    CannotTypeExcipients,
    end_plan,
    type_excipients,
)
from taperplanner.tapers.models import Excipients, Plan, State
from taperplanner.tapers.signed.content import verified_content

from ..world.allergies import allergic_to, typed_from_package
from ..world.course import words_of
from ..world.plan_pages import plan_url
from ..world.plans import open_plan, save_draft, sign_plan, typed_schedule
from ..world.tampering import again
from ..world.two_plans import open_bridge, rising
from ..world.universe import NOW, Universe

SENTENCE: Final = (
    "Lactose is on this patient’s list of allergies and intolerances (reaction: cramps). Look at the package."
)
ONLY: Final = "Only words that are the same are found, so look at the package whatever stands here."
PACKAGE: Final = "Microcrystalline cellulose, LACTOSE monohydrate, magnesium stearate"


@pytest.fixture
def plan(universe: Universe) -> Plan:
    plan = open_plan(universe.ours)
    save_draft(plan, typed_schedule(), universe.ours)
    return plan


@pytest.fixture
def provider(universe: Universe) -> Client:
    return universe.client_of(universe.ours.provider)


def excipients_url(plan: Plan, number: int = 1) -> str:
    return plan_url(plan, f"products/{number}/excipients/")


def has_lactose(plan: Plan, universe: Universe) -> None:
    allergic_to("Lactose", plan.patient, universe.ours, "cramps")
    typed_from_package(plan, 1, PACKAGE, universe.ours)


def test_the_sentence_stands_in_the_draft_and_where_it_is_signed(
    universe: Universe, plan: Plan, provider: Client
) -> None:
    pages = ("draft/", "draft/sign/", "", "packages/")
    for page in pages:
        assert SENTENCE not in words_of(provider.get(plan_url(plan, page)))
    has_lactose(plan, universe)
    for page in pages:
        assert words_of(provider.get(plan_url(plan, page))).count(SENTENCE) == 1, page


def test_it_stands_on_the_signed_plan_and_where_it_is_printed(
    universe: Universe, plan: Plan, provider: Client
) -> None:
    has_lactose(plan, universe)
    version = sign_plan(plan, universe.ours)
    for address in (
        plan_url(plan),
        reverse("handouts:handout_print", args=[plan.patient_id, plan.number, 1]),
    ):
        assert SENTENCE in words_of(provider.get(address))
    sign_plan(open_bridge(universe.ours, version.plan.patient), universe.ours, rising())
    joint = reverse("handouts:patient_handout_print", args=[plan.patient_id])
    assert SENTENCE in words_of(provider.get(joint))


def test_where_nothing_is_the_same_nobody_says_that_there_is_nothing(
    universe: Universe, plan: Plan, provider: Client
) -> None:
    allergic_to("Latex", plan.patient, universe.ours)
    typed_from_package(plan, 1, PACKAGE, universe.ours)
    page = words_of(provider.get(plan_url(plan, "draft/sign/")))
    assert ONLY in page
    assert "excipients not typed" in page, "of the other product"
    for said in ("no conflict", "no match", "nothing found", "does not contain", "free of", "safe"):
        assert said not in page[page.index("what the packages contain") : page.index(ONLY)].lower()


def test_the_name_of_the_drug_is_compared_too(universe: Universe, plan: Plan, provider: Client) -> None:
    allergic_to("clonazepam", plan.patient, universe.ours)
    assert words_of(provider.get(plan_url(plan, "draft/"))).count("Clonazepam is on this patient’s list") == 2


def test_it_blocks_nothing_and_changes_no_hash(universe: Universe, plan: Plan) -> None:
    has_lactose(plan, universe)
    version = sign_plan(plan, universe.ours)
    before = verified_content(again(version)).content_hash()
    typed_from_package(plan, 1, "Something else", universe.ours)
    now = again(version)
    assert verified_content(now).content_hash() == before == now.content_hash
    assert b"lactose" not in verified_content(now).canonical().lower()


def test_staff_and_providers_type_it_and_all_of_it_stays_readable(universe: Universe, plan: Plan) -> None:
    for user, text, revision in (
        (universe.ours.staff, "Lactose", "0"),
        (universe.ours.provider, "Talc", "1"),
    ):
        answer = universe.client_of(user).post(excipients_url(plan), {"text": text, "revision": revision})
        assert answer.status_code == HTTPStatus.FOUND
    page = words_of(universe.client_of(universe.ours.staff).get(plan_url(plan, "packages/")))
    assert page.index("Talc") < page.index("Earlier: typed") > page.index("Lactose")
    events = Event.objects.filter(action="excipients.typed")
    assert events.count() == 2
    assert "Talc" not in str([event.details for event in events])


def test_who_types_over_a_newer_text_loses_nothing(universe: Universe, plan: Plan, provider: Client) -> None:
    typed_from_package(plan, 1, "Talc", universe.ours)
    answer = provider.post(excipients_url(plan), {"text": "Lactose", "revision": "0"})
    assert answer.status_code == HTTPStatus.CONFLICT
    page = words_of(answer)
    assert "Talc" in page
    assert "Lactose" in page
    assert Excipients.objects.count() == 1
    provider.post(excipients_url(plan), {"text": "Lactose", "revision": "1"})
    assert [one.text for one in Excipients.objects.newest_first()] == ["Lactose", "Talc"]


def test_an_empty_text_takes_back_the_one_before(universe: Universe, plan: Plan, provider: Client) -> None:
    has_lactose(plan, universe)
    typed_from_package(plan, 1, "", universe.ours)
    page = words_of(provider.get(plan_url(plan, "draft/")))
    assert SENTENCE not in page
    assert page.count("excipients not typed") == 2
    assert "Taken back" in words_of(provider.get(plan_url(plan, "packages/")))


def test_what_cannot_be_typed_says_why(universe: Universe, plan: Plan, provider: Client) -> None:
    page = words_of(provider.post(excipients_url(plan), {"text": "", "revision": "0"}))
    assert "Type what the package says." in page
    page = words_of(provider.post(excipients_url(plan), {"text": "x" * 1001, "revision": "0"}))
    assert "Keep this to 1000 characters; it now has 1001." in page
    product = plan.products.get(number=1)
    with pytest.raises(Conflict):
        type_excipients(product=product, text="Talc", number=7, by=universe.ours.staff, at=NOW)
    plan.refresh_from_db()
    sign_plan(plan, universe.ours)
    plan.refresh_from_db()
    end_plan(
        plan=plan,
        state=State.WITHDRAWN,
        reason="Twice",
        revision=plan.revision,
        by=universe.ours.provider,
        at=NOW + timedelta(hours=1),
    )
    with pytest.raises(CannotTypeExcipients):
        typed_from_package(plan, 1, "Talc", universe.ours)


def test_without_a_list_no_page_asks_after_packages(universe: Universe, plan: Plan, provider: Client) -> None:
    typed_from_package(plan, 1, PACKAGE, universe.ours)

    def asks(page: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            provider.get(plan_url(plan, page))
        return sum("tapers_excipients" in one["sql"] for one in asked)

    assert asks("draft/") == 0
    assert asks("draft/sign/") == 0
    allergic_to("Lactose", plan.patient, universe.ours)
    assert asks("draft/") == 1
