"""Opening, describing and ending a plan, and its products, on their pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.tapers.actions import edit_plan
from taperplanner.tapers.models import Goal, Plan

from ..world.people import ana, clonazepam_record
from ..world.plan_pages import inputs_of, plan_url
from ..world.plans import DETAILS, save_draft, signed_version, typed_schedule
from ..world.universe import NOW, Universe
from . import wrong_spellings

pytestmark = pytest.mark.usefixtures("now")


def test_a_plan_is_opened_for_a_medicine_on_the_list(universe: Universe, provider: Client) -> None:
    patient = ana(universe.ours)
    record = clonazepam_record(patient, universe.ours.provider)
    typed_in = {
        "medication": str(record.pk),
        "goal": "discontinue",
        "reason": "Years of use",
        "agreed_by": "Ana",
    }
    answer = provider.post(f"/patients/{patient.pk}/plans/add/", typed_in)
    assert answer.headers["Location"] == f"/patients/{patient.pk}/plans/1/products/add/"
    assert patient.plans.get().reason == "Years of use"


def test_a_plan_needs_a_medicine_a_goal_and_a_reason(universe: Universe, provider: Client) -> None:
    patient = ana(universe.ours)
    clonazepam_record(patient, universe.ours.provider)
    page = provider.post(
        f"/patients/{patient.pk}/plans/add/", {"discussed": "All of <this>"}
    ).content.decode()
    for sentence in (
        "Choose the medicine of this plan.",
        "Choose the goal.",
        "Write why the dose is changed.",
    ):
        assert sentence in page
    assert "All of &lt;this&gt;" in page


def test_another_patients_medicine_cannot_be_tapered(universe: Universe, provider: Client) -> None:
    patient = ana(universe.ours)
    theirs = clonazepam_record(ana(universe.theirs), universe.theirs.provider)
    typed_in = {"medication": str(theirs.pk), "goal": "discontinue", "reason": "Years of use"}
    clonazepam_record(patient, universe.ours.provider)
    page = provider.post(f"/patients/{patient.pk}/plans/add/", typed_in)
    assert "Choose a medicine from this patient&#x27;s list." in page.content.decode()


def test_what_a_tablet_may_be_split_into_is_asked_and_never_preset(provider: Client, plan: Plan) -> None:
    page = provider.get(plan_url(plan, "products/add/")).content.decode()
    assert "checked" not in page
    answer = provider.post(plan_url(plan, "products/add/"), {"marketed": "tablet-0.5"})
    assert "Answer what this maker&#x27;s tablet may be split into." in answer.content.decode()
    assert plan.products.count() == 2


def test_any_other_product_can_be_typed(provider: Client, plan: Plan) -> None:
    typed_in = {
        "marketed": "typed",
        "form": "liquid",
        "strength": "0.1 mg/mL",
        "liquid_part": "0.25",
        "maker": "Ours",
    }
    answer = provider.post(plan_url(plan, "products/add/"), typed_in)
    assert answer.headers["Location"] == plan_url(plan, "draft/")
    assert str(plan.products.get(number=3)) == "clonazepam 0.1 mg/mL oral liquid"


def test_staff_read_the_schedule_and_cannot_type_or_sign(universe: Universe, plan: Plan) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    staff = universe.client_of(universe.ours.staff)
    assert staff.get(plan_url(plan)).status_code == 200
    for rest in ("draft/", "draft/sign/", "draft/discard/", "edit/", "products/add/"):
        assert staff.get(plan_url(plan, rest)).status_code == 403
        assert staff.post(plan_url(plan, rest)).status_code == 403


def test_two_who_edit_the_description_do_not_overwrite_each_other(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    first = {"goal": "reduce", "reason": "First", "revision": "1"}
    assert provider.post(plan_url(plan, "edit/"), first).status_code == 302
    answer = provider.post(plan_url(plan, "edit/"), first | {"reason": "Second <b>"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Second &lt;b&gt;" in page
    assert "First" in page
    assert Plan.objects.get().reason == "First"


@pytest.mark.parametrize("text", wrong_spellings.ON_A_PAGE["dose"])
def test_a_wrong_strength_is_refused_and_kept(provider: Client, plan: Plan, text: str) -> None:
    typed_in = {"marketed": "typed", "form": "tablet", "strength": text, "tablet_part": "1000"}
    page = provider.post(plan_url(plan, "products/add/"), typed_in).content.decode()
    assert inputs_of(page)["strength"] == text
    assert plan.products.count() == 2


def test_what_was_discussed_before_stays_readable_with_who_replaced_it(universe: Universe) -> None:
    """What the patient agreed to cannot be rewritten without a trace."""
    plan = signed_version(universe.ours).plan
    plan.refresh_from_db()
    rewritten = replace(DETAILS, discussed="Something else", agreed_by="Nobody")
    edit_plan(plan=plan, revision=plan.revision, details=rewritten, by=universe.ours.provider, at=NOW)
    page = universe.client_of(universe.ours.staff).get(plan.get_absolute_url()).content.decode()
    assert "Earlier descriptions" in page
    assert DETAILS.discussed in page
    assert "Something else" in page
    event = Event.objects.get(action="plan.edited")
    assert event.details == {"changed": ["discussed", "agreed_by"]}


def test_a_description_saved_as_it_was_leaves_nothing_behind(universe: Universe) -> None:
    plan = signed_version(universe.ours).plan
    plan.refresh_from_db()
    edit_plan(plan=plan, revision=plan.revision, details=DETAILS, by=universe.ours.provider, at=NOW)
    assert not plan.earlier_descriptions.exists()


@pytest.mark.parametrize(
    ("goal", "aim"),
    [
        (Goal.DISCONTINUE, "Aim: to stop in the end, step by step"),
        (Goal.REDUCE, "Aim: a lower dose, step by step"),
    ],
)
def test_the_goal_beside_a_plans_name_cannot_be_read_as_an_order(
    universe: Universe, provider: Client, plan: Plan, goal: Goal, aim: str
) -> None:
    edit_plan(
        plan=plan,
        revision=plan.revision,
        details=replace(DETAILS, goal=goal),
        by=universe.ours.provider,
        at=NOW,
    )
    badge = f'<span class="badge text-bg-light border">{aim}</span>'
    assert badge in provider.get(plan_url(plan)).content.decode()
    assert badge in provider.get(plan_url(plan, "draft/")).content.decode()
    assert f"{aim}." in provider.get(plan.patient.get_absolute_url()).content.decode()
