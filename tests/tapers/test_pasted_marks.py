"""Marks that come with a paste are taken out of every cell of a draft, with a word, and nothing else is."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from taperplanner.tapers.draft.typed import from_json, from_post
from taperplanner.tapers.models import Draft, Plan, Version
from tests.world.plans import posted_schedule, start_revision
from tests.world.universe import Universe

from ..world.plan_pages import inputs_of, plan_url, posted_draft

pytestmark = pytest.mark.usefixtures("now")
PASTED = {
    "steps-0-note": "With\u200b food\u200e",
    "explanation": "\ufeffSleeps badly",
    "steps-0-dose": "2\u2060",
}
SEEN = {"steps-0-note": "With food", "explanation": "Sleeps badly", "steps-0-dose": "2"}
BY_HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize("headers", [{}, BY_HTMX], ids=["saved", "saved while typing"])
def test_marks_of_a_paste_are_taken_out_with_a_word_and_nothing_typed_is_lost(
    provider: Client, plan: Plan, headers: dict[str, str]
) -> None:
    answer = provider.post(
        plan_url(plan, "draft/"), posted_draft(plan, **PASTED), headers=headers, follow=True
    )
    page = html.unescape(answer.content.decode())
    for text in SEEN.values():
        assert f"Invisible characters from a paste were removed from “{text}”." in page
    assert "a character that nobody sees" not in page
    kept = from_json(Draft.objects.get(plan=plan).content)
    assert kept == from_post(posted_schedule() | SEEN)
    assert "Invisible characters from a paste" not in provider.get(plan_url(plan, "draft/")).content.decode()


def test_a_joiner_that_a_script_needs_stays_and_an_override_is_refused_with_its_place(
    provider: Client, plan: Plan
) -> None:
    given = posted_draft(plan, **{"steps-0-note": "علی\u200cرضا", "steps-1-note": "Take 0.5\u202e mg"})
    page = html.unescape(provider.post(plan_url(plan, "draft/"), given, headers=BY_HTMX).content.decode())
    assert "Step 2, note: It holds a character that nobody sees, after “Take 0.5”." in page
    assert "Step 1" not in page
    assert "Invisible characters from a paste" not in page
    assert from_json(Draft.objects.get(plan=plan).content).steps[1].note == "Take 0.5\u202e mg"


def test_a_mark_beside_the_first_day_takes_no_confirmation_away(
    universe: Universe, provider: Client, version: Version
) -> None:
    plan = start_revision(version, universe.ours).plan
    typed = inputs_of(provider.get(plan_url(plan, "draft/")).content.decode())
    kept = from_json(Draft.objects.get(plan=plan).content)
    ticks = {f"steps-{number}-confirmed": "on" for number in range(len(kept.steps))}
    given = typed | ticks | {"first_day": f"{kept.first_day}\u200e", "ending": kept.ending}
    page = provider.post(plan_url(plan, "draft/"), given, headers=BY_HTMX).content.decode()
    assert "The confirmations were cleared" not in page
    assert all(step.confirmed for step in from_json(Draft.objects.get(plan=plan).content).steps)
