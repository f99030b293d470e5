"""A hold that was asked for on a down-time form is a request, which a provider answers; it is never a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from taperplanner.monitoring.models import (
    FormKind,
    FormRun,
    HoldAnswer,
    HoldRequest,
)
from taperplanner.tapers.actions import start_hold
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.models import Draft, Plan, Version

from ..world.course import words_of
from ..world.downtime import code_of, hold_asked_for, new_run
from ..world.plan_pages import plan_url
from ..world.plans import MARCH_20, confirmed_draft, sign_revision
from ..world.universe import NOW, Universe

ONCE = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def run(universe: Universe, plan: Plan) -> FormRun:
    return new_run(universe.ours, [plan])


def ask_for_hold(client: Client, plan: Plan, code: str) -> str:
    sent = {"asked_on": "03/02/2026", "asked_by": "Ana’s sister", "why": "Cannot sleep", "once": ONCE}
    url = plan_url(plan, "holds-asked-for/add/")
    return words_of(client.post(url, {**sent, "form_code": code}, follow=True))


def test_a_hold_asked_for_is_a_request_and_never_a_draft(
    plan: Plan, run: FormRun, staff: Client, provider: Client
) -> None:
    code = code_of(run, FormKind.HOLD, plan)
    page = ask_for_hold(staff, plan, code)
    for shown in (page, words_of(provider.get("/"))):
        assert "Ana’s sister" in shown
        assert "Cannot sleep" in shown
    assert f"code {code}" in page
    assert "Not answered." in page
    assert not Draft.objects.exists()
    assert Version.objects.count() == 1
    assert "A hold was asked for on March 2, 2026 by Ana’s sister" in words_of(
        staff.get(plan_url(plan, "summary/"))
    )


def test_a_request_has_no_field_for_a_dose() -> None:
    columns = {field.name for field in HoldRequest._meta.concrete_fields}
    assert columns == {
        *("id", "plan", "number", "asked_on", "asked_by", "why"),
        *("recorded_by", "recorded_by_name", "recorded_at"),
    }


def test_a_provider_sets_a_request_aside_with_a_reason(
    universe: Universe, plan: Plan, staff: Client, provider: Client
) -> None:
    hold_asked_for(plan, universe.ours)
    url = plan_url(plan, "holds-asked-for/1/")
    assert staff.get(url).status_code == 403
    sent = {"answer": "set_aside", "once": ONCE}
    assert "Write why no hold was signed." in words_of(provider.post(url, sent))
    page = words_of(provider.post(url, sent | {"reason": "Slept well since"}, follow=True))
    assert "Set aside: Slept well since (Priya Provider, MD, March 2, 2026)" in page
    assert "Holds asked for on paper (" not in words_of(provider.get("/"))
    twice = sent | {"reason": "Again", "once": "f" * 32}
    assert "Somebody answered this meanwhile." in words_of(provider.post(url, twice))
    assert HoldAnswer.objects.count() == 1


def test_only_a_hold_that_was_signed_since_answers_a_request(
    universe: Universe, plan: Plan, provider: Client
) -> None:
    hold_asked_for(plan, universe.ours)
    page = provider.get(plan_url(plan, "holds-asked-for/1/")).content.decode()
    assert 'value="1"' not in page
    assert 'value="set_aside"' in page
    sent = {"answer": "1", "reason": "", "once": ONCE}
    assert provider.post(plan_url(plan, "holds-asked-for/1/"), sent).status_code == 200
    assert not HoldAnswer.objects.exists()


def test_a_hold_that_a_provider_signed_as_always_answers_the_request_and_says_by_which_version(
    universe: Universe, plan: Plan, provider: Client
) -> None:
    hold_asked_for(plan, universe.ours)
    draft = start_hold(plan=plan, today=MARCH_20, by=universe.ours.provider, at=NOW)
    typed = replace(confirmed_draft(from_json(draft.content)), first_day="03/20/2026")
    version = sign_revision(draft, universe.ours, typed)
    url = plan_url(plan, "holds-asked-for/1/")
    choice = "Version 2: Hold: the current step goes on longer, in force from"
    assert choice in words_of(provider.get(url))
    page = words_of(provider.post(url, {"answer": "2", "reason": "", "once": ONCE}, follow=True))
    assert "Answered by version 2 (Priya Provider, MD, March 2, 2026)" in page
    assert "Not answered." not in page
    assert HoldAnswer.objects.get().version == version
    assert "Holds asked for on paper (" not in words_of(provider.get("/"))


def test_a_request_starts_no_draft_and_a_draft_answers_no_request(
    universe: Universe, plan: Plan, provider: Client
) -> None:
    hold_asked_for(plan, universe.ours)
    start_hold(plan=plan, today=date(2026, 3, 2), by=universe.ours.provider, at=NOW)
    assert "Holds asked for on paper 1" in words_of(provider.get("/"))
