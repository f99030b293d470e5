"""A plan that starts a medicine or bridges with it: it says what for, and wherever its aim stands that stands too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.tapers.actions import edit_plan
from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.forms.plans import PlanForm
from taperplanner.tapers.models import Goal, Plan, Version

from ..world.course import words_of
from ..world.people import ana, clonazepam_record
from ..world.plan_pages import plan_url, posted_signature
from ..world.plans import DETAILS, TODAY, save_draft
from ..world.two_plans import BRIDGE, WHAT_FOR, open_bridge, rising
from ..world.universe import NOW, Universe

pytestmark = pytest.mark.usefixtures("now")

MISSING = "Write what the medicine is started for, or what it bridges."
NOT_OF_THIS = "Only a plan that starts or bridges has this. Take it out, or choose “Start or bridge”."
AIM = "Aim: to start or bridge, step by step"


@pytest.fixture
def bridge(version: Version, universe: Universe) -> Plan:
    """Beside the signed taper of clonazepam."""
    return open_bridge(universe.ours, version.plan.patient)


def test_a_plan_is_opened_to_bridge_with_a_medicine(universe: Universe, provider: Client) -> None:
    patient = ana(universe.ours)
    record = clonazepam_record(patient, universe.ours.provider)
    typed_in = {
        "medication": str(record.pk),
        "goal": "start",
        "started_for": WHAT_FOR,
        "reason": "Interdose symptoms",
    }
    provider.post(f"/patients/{patient.pk}/plans/add/", typed_in)
    plan = patient.plans.get()
    assert (plan.goal, plan.started_for) == (Goal.START, WHAT_FOR)


def test_a_plan_that_starts_without_what_for_comes_back_with_everything_typed(
    universe: Universe, provider: Client
) -> None:
    patient = ana(universe.ours)
    record = clonazepam_record(patient, universe.ours.provider)
    typed_in = {"medication": str(record.pk), "goal": "start", "started_for": "   ", "reason": "Nights"}
    page = provider.post(f"/patients/{patient.pk}/plans/add/", typed_in).content.decode()
    assert MISSING in page
    assert "Nights</textarea>" in page
    assert not patient.plans.exists()


@pytest.mark.parametrize("goal", ["discontinue", "reduce"])
def test_what_for_is_not_dropped_unsaid_where_the_aim_is_another(
    provider: Client, bridge: Plan, goal: str
) -> None:
    typed_in = {"goal": goal, "started_for": WHAT_FOR, "reason": "Nights", "revision": str(bridge.revision)}
    page = provider.post(plan_url(bridge, "edit/"), typed_in).content.decode()
    assert NOT_OF_THIS in page
    assert f'value="{WHAT_FOR}"' in page
    bridge.refresh_from_db()
    assert bridge.goal == Goal.START


@given(
    goal=st.sampled_from(["", "discontinue", "reduce", "start", "stop"]),
    text=st.sampled_from(["", " ", "Bridge"]),
)
def test_the_form_takes_what_for_exactly_with_that_aim(goal: str, text: str) -> None:
    form = PlanForm({"goal": goal, "started_for": text, "reason": "Years"})
    is_right = goal in {"discontinue", "reduce", "start"} and (goal == "start") == bool(text.strip())
    assert form.is_valid() is is_right
    if is_right:
        assert form.details().started_for == text.strip()


@pytest.mark.parametrize(("goal", "text"), [(Goal.START, ""), (Goal.REDUCE, "Bridge")])
def test_the_database_holds_no_aim_that_contradicts_what_for(bridge: Plan, goal: Goal, text: str) -> None:
    bridge.goal, bridge.started_for = goal, text
    with pytest.raises(IntegrityError), transaction.atomic():
        bridge.save()


@pytest.mark.parametrize("rest", ["", "draft/"])
def test_the_aim_says_what_for_on_plan_and_draft(provider: Client, bridge: Plan, rest: str) -> None:
    assert f"{AIM} {WHAT_FOR}" in words_of(provider.get(plan_url(bridge, rest)))


def test_the_aim_says_what_for_on_the_patients_page(provider: Client, bridge: Plan) -> None:
    page = words_of(provider.get(bridge.patient.get_absolute_url()))
    assert f"{AIM}. What for: {WHAT_FOR}" in page


def test_what_it_was_started_for_before_stays_readable(
    universe: Universe, provider: Client, bridge: Plan
) -> None:
    details = replace(DETAILS, goal=Goal.REDUCE)
    edit_plan(plan=bridge, revision=bridge.revision, details=details, by=universe.ours.provider, at=NOW)
    earlier = bridge.earlier_descriptions.get()
    assert (earlier.goal, earlier.started_for) == (Goal.START, WHAT_FOR)
    assert f"Start or bridge What for {WHAT_FOR}" in words_of(provider.get(plan_url(bridge)))


def test_a_description_from_before_there_was_such_an_aim_says_nothing_of_it(
    universe: Universe, provider: Client, version: Version
) -> None:
    edit_plan(
        plan=version.plan,
        revision=1,
        details=replace(DETAILS, reason="Other"),
        by=universe.ours.provider,
        at=NOW,
    )
    assert "What for" not in words_of(provider.get(plan_url(version.plan)))


def test_a_spelling_that_is_misread_in_what_it_is_for_is_said_before_the_signature(
    universe: Universe, bridge: Plan
) -> None:
    details = replace(BRIDGE, started_for="Bridge with diazepam 5.0 mg")
    edit_plan(plan=bridge, revision=bridge.revision, details=details, by=universe.ours.provider, at=NOW)
    plan = Plan.objects.select_related("patient__clinic").get(pk=bridge.pk)
    assert "misread-description" in {
        problem.code for problem in check_draft(plan, rising(), today=TODAY).warnings
    }


def test_each_rise_of_a_bridge_is_a_warning_and_one_reason_answers_them(
    universe: Universe, provider: Client, bridge: Plan
) -> None:
    """A rise is what such a plan is for. It is still asked about: once, with one reason."""
    save_draft(bridge, rising(), universe.ours)
    plan = Plan.objects.select_related("patient__clinic").get(pk=bridge.pk)
    rises = [one.key for one in check_draft(plan, rising(), today=TODAY).warnings if one.code == "rise"]
    assert len(rises) == 2
    assert "2 warnings of one kind" in words_of(provider.get(plan_url(bridge, "draft/sign/")))
    ticks = {f"shares-{key}": "on" for key in rises}
    provider.post(
        plan_url(bridge, "draft/sign/"),
        posted_signature(bridge, **ticks, **{"shared-reason-rise": "The bridge is built up"}),
    )
    said = bridge.versions.get().acknowledgements
    assert [(one["code"], one["reason"]) for one in said if one["code"] == "rise"] == [
        ("rise", "The bridge is built up")
    ] * 2
