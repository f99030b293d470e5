"""A plan ends in one of three ways, and stays readable."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from taperplanner.saving import Conflict
from taperplanner.tapers import actions
from taperplanner.tapers.models import Plan, State, Version

from ..world.plans import TODAY, open_plan, start_revision
from ..world.universe import NOW, Universe

pytestmark = pytest.mark.usefixtures("now")


@pytest.mark.parametrize("state", [State.COMPLETED, State.DISCONTINUED, State.WITHDRAWN])
def test_an_ended_plan_says_how_by_whom_and_why_and_stays_readable(
    version: Version, universe: Universe, provider: Client, state: State
) -> None:
    address = f"{version.plan.get_absolute_url()}end/"
    typed_in = {"revision": "1", "state": state.value, "reason": "Said so at the visit"}
    typed_in |= {"stopped_on": "03/02/2026"}
    page = provider.post(address, typed_in, follow=True).content.decode()
    assert f"This plan has ended: {state.label.lower()}" in page
    assert "Priya Provider, MD" in page
    assert "Said so at the visit" in page
    assert "1.5 mg" in page
    assert "so nothing is planned for today" in page
    assert "Edit the description" not in page
    actions_of_page = page[page.index('<div class="actions d-print-none">') :]
    assert "Print the handout" not in actions_of_page
    assert "A copy for the record, marked as ended" in actions_of_page
    buttons = re.findall(r'class="btn (btn-[a-z-]+)', actions_of_page.partition("</div>")[0])
    assert buttons == ["btn-link"], "a plain link to a copy"


def test_an_end_needs_a_state_and_a_reason(version: Version, provider: Client) -> None:
    page = provider.post(f"{version.plan.get_absolute_url()}end/", {"revision": "1"}).content.decode()
    assert "Choose how the plan ended." in page
    assert "Write why the plan ended." in page


@pytest.mark.parametrize("state", ["completed", "discontinued"])
def test_an_end_asks_until_which_day_it_was_followed_and_offers_none(
    version: Version, provider: Client, state: str
) -> None:
    address = f"{version.plan.get_absolute_url()}end/"
    assert re.search(
        r'<input[^>]*name="stopped_on"(?![^>]*value=)[^>]*>', provider.get(address).content.decode()
    )
    page = provider.post(
        address, {"revision": "1", "state": state, "reason": "She stopped by herself"}
    ).content.decode()
    assert "Enter the last day on which the patient followed this plan." in page
    assert "She stopped by herself" in page
    assert Plan.objects.get().is_open


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("03/03/2026", "is after today"),
        ("02/30/2026", "stopped_on"),
        ("10/01/2025", "Correct the date, or write why it is correct."),
    ],
)
def test_a_last_day_that_cannot_be_is_not_taken(
    version: Version, provider: Client, day: str, says: str
) -> None:
    typed_in = {"revision": "1", "state": "discontinued", "reason": "Stopped", "stopped_on": day}
    page = provider.post(f"{version.plan.get_absolute_url()}end/", typed_in).content.decode()
    assert says in page
    assert f'value="{day}"' in page
    assert Plan.objects.get().is_open


def test_the_last_day_may_lie_in_the_past_and_stands_on_the_page(version: Version, provider: Client) -> None:
    typed_in = {"revision": "1", "state": "discontinued", "reason": "Stopped", "stopped_on": "02/27/2026"}
    page = provider.post(f"{version.plan.get_absolute_url()}end/", typed_in, follow=True).content.decode()
    assert "The last day on which the patient followed it: February 27, 2026." in page
    plan = Plan.objects.get()
    assert plan.last_day(plan.patient.clinic) == date(2026, 2, 27)


def test_a_plan_of_which_nothing_was_signed_ends_without_a_last_day(
    universe: Universe, provider: Client
) -> None:
    plan = open_plan(universe.ours)
    provider.post(f"{plan.get_absolute_url()}draft/discard/", {"revision": str(plan.draft.revision)})
    assert 'name="stopped_on"' not in provider.get(f"{plan.get_absolute_url()}end/").content.decode()
    page = provider.post(
        f"{plan.get_absolute_url()}end/",
        {"revision": str(Plan.objects.get().revision), "state": "discontinued", "reason": "Not wanted"},
        follow=True,
    ).content.decode()
    assert "Ended before anything was signed" in page


def test_a_plan_with_an_open_draft_is_not_ended(
    version: Version, universe: Universe, provider: Client
) -> None:
    start_revision(version, universe.ours)
    typed_in = {"revision": "1", "state": "completed", "reason": "Done", "stopped_on": "03/02/2026"}
    page = provider.post(f"{version.plan.get_absolute_url()}end/", typed_in).content.decode()
    assert "A draft is open. Sign it or discard it first." in page
    assert Plan.objects.get().is_open


def test_an_ended_plan_is_not_revised_or_held_and_a_new_one_can_be_opened(
    version: Version, universe: Universe, provider: Client
) -> None:
    plan = version.plan
    actions.end_plan(
        plan=plan, revision=1, state=State.COMPLETED, reason="Done", by=universe.ours.provider, at=NOW
    )
    with pytest.raises(actions.CannotDraft, match="has ended"):
        start_revision(version, universe.ours)
    assert (
        "This plan has ended."
        in provider.post(f"{plan.get_absolute_url()}hold/", follow=True).content.decode()
    )
    again = actions.open_plan(
        patient=plan.patient,
        medication=plan.medication,
        details=actions.PlanDetails(plan.goal, "Again", "", ""),
        by=universe.ours.provider,
        at=NOW,
    )
    assert again.number == 2


def test_an_ended_plan_takes_no_product_and_no_other_description(
    version: Version, universe: Universe, provider: Client
) -> None:
    plan = version.plan
    actions.end_plan(
        plan=plan, revision=1, state=State.COMPLETED, reason="Done", by=universe.ours.provider, at=NOW
    )
    product = {"marketed": "tablet-2", "tablet_part": "1000"}
    for rest, typed_in in (
        ("products/add/", product),
        ("edit/", {"goal": "reduce", "reason": "x", "revision": "2"}),
    ):
        answer = provider.post(f"{plan.get_absolute_url()}{rest}", typed_in)
        assert "This plan has ended." in answer.content.decode()
    provider.post(f"{plan.get_absolute_url()}products/1/retire/")
    assert list(plan.products.values_list("retired_at", flat=True)) == [None, None]


def test_two_open_plans_for_one_drug_are_refused_by_the_database(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    plan.pk, plan._state.adding, plan.number = plan._meta.pk.get_default(), True, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.save()


def test_a_draft_of_an_ended_plan_cannot_be_signed(version: Version, universe: Universe) -> None:
    draft = start_revision(version, universe.ours)
    Plan.objects.filter(pk=draft.plan_id).update(
        state=State.COMPLETED, end_reason="Race", ended_by=universe.ours.provider, ended_at=NOW
    )
    with pytest.raises(Conflict):
        actions.sign_draft(
            draft=draft, revision=draft.revision, reasons={}, today=TODAY, by=universe.ours.provider, at=NOW
        )
