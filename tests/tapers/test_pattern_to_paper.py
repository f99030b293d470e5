"""A pattern from the draft through the signature to the plan's pages and its papers."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from http import HTTPStatus

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from taperplanner.handouts.paper.layouts import Layout
from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.draft.typed import TypedDraft
from taperplanner.tapers.models import Plan
from taperplanner.tapers.schedule.steps import WEEK

from ..world.plan_pages import posted_signature
from ..world.plans import TODAY, save_draft, typed_schedule
from ..world.typed_patterns import typed_step
from ..world.universe import NOW, Universe

PAGES = ("tapers:draft_edit", "tapers:draft_sign", "handouts:draft_preview")


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def draft(universe: Universe, plan: Plan) -> TypedDraft:
    """Alternate days, and then three days of the week."""
    week = typed_step(28, [1, 0, 1, 0, 1, 0, 0], by_weekday=True)
    typed = replace(typed_schedule(), steps=(typed_step(28, [2, 1]), week))
    save_draft(plan, typed, universe.ours)
    assert len(typed.steps[1].each_day) == WEEK
    return typed


def words_of(answer: HttpResponse) -> str:
    assert answer.status_code == HTTPStatus.OK, answer.status_code
    text = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
    return html.unescape(text).replace("\N{NO-BREAK SPACE}", " ")


def test_it_is_read_back_signed_and_shown_day_by_day(provider: Client, plan: Plan, draft: TypedDraft) -> None:
    of_plan = [plan.patient_id, plan.number]
    _, read_back, _ = (words_of(provider.get(reverse(page, args=of_plan))) for page in PAGES)
    assert (
        "Day 2, 4, 6 …, first on Tuesday, March 3, 2026: 0.25 mg (zero point two five milligrams)."
        in read_back
    )
    assert "Tuesday, Thursday, Saturday and Sunday, first on Tuesday, March 31, 2026;" in read_back
    assert "mg a day" not in read_back
    keys = [one.key for one in check_draft(plan, draft, today=TODAY).warnings]
    reasons = {f"reason-{key}": "Agreed with her" for key in keys}
    provider.post(reverse("tapers:draft_sign", args=of_plan), posted_signature(plan, **reasons))
    assert plan.versions.get().number == 1
    for page in (
        reverse("tapers:plan", args=of_plan),
        reverse("tapers:compare", args=of_plan),
        reverse("tapers:version", args=[*of_plan, 1]),
        *(f"{reverse('handouts:handout_print', args=[*of_plan, 1])}?layout={one}" for one in Layout),
        *(f"{reverse('handouts:handout_preview', args=[*of_plan, 1])}?layout={one}" for one in Layout),
    ):
        words_of(provider.get(page))
