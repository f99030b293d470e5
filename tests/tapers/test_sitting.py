"""A draft saves by itself while somebody types. Of a sitting the first save is the event, and who typed stays known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client

from taperplanner.accounts.models import User
from taperplanner.audit.models import Event
from taperplanner.audit.sitting import SITTING
from taperplanner.tapers.actions import save_draft
from taperplanner.tapers.actions.drafts import start_draft
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.models import Draft, Plan

from ..world.plans import open_plan
from ..world.universe import NOW, Universe


@pytest.fixture
def plan(universe: Universe) -> Plan:
    return open_plan(universe.ours)


def type_day(plan: Plan, day: str, by: User, at: datetime) -> Draft:
    draft = Draft.objects.get(plan=plan)
    draft.plan = plan
    typed = replace(from_json(draft.content), first_day=day)
    return save_draft(draft=draft, revision=draft.revision, typed=typed, by=by, at=at)


def saves() -> list[tuple[str, int]]:
    events = Event.objects.filter(action="draft.saved").order_by("at")
    return [(event.user_name, event.details["revision"]) for event in events]


def start(plan: Plan, universe: Universe) -> None:
    if not Draft.objects.filter(plan=plan).exists():
        start_draft(plan=plan, by=universe.ours.provider, at=NOW)


def test_of_a_sitting_the_first_save_is_the_event_also_right_after_the_draft_was_started(
    universe: Universe, plan: Plan
) -> None:
    start(plan, universe)
    for minute in range(1, 60):
        type_day(plan, f"03/{minute}/2026", universe.ours.provider, NOW + timedelta(minutes=minute))
    assert [name for name, _ in saves()] == ["Priya Provider"]


def test_half_an_hour_without_a_save_ends_it(universe: Universe, plan: Plan) -> None:
    start(plan, universe)
    at = NOW + timedelta(minutes=1)
    for pause in (timedelta(0), SITTING - timedelta(seconds=1), SITTING, timedelta(minutes=1)):
        at += pause
        type_day(plan, at.isoformat(), universe.ours.provider, at)
    assert len(saves()) == 2


def test_each_person_who_typed_has_an_event_and_stands_among_the_typists(
    universe: Universe, plan: Plan
) -> None:
    """Nobody checks what they typed: that is asked of the draft, and not of the log."""
    start(plan, universe)
    people = [universe.ours.provider, universe.ours.staff, universe.ours.provider, universe.ours.provider]
    for minute, by in enumerate(people, 1):
        draft = type_day(plan, f"03/0{minute}/2026", by, NOW + timedelta(minutes=minute))
    assert [name for name, _ in saves()] == ["Priya Provider", "Sam Staff", "Priya Provider"]
    assert draft.typed_by == [str(universe.ours.provider.pk), str(universe.ours.staff.pk)]
    assert draft.edited_by == universe.ours.provider


def test_what_htmx_puts_into_an_open_page_is_of_the_same_showing(universe: Universe, plan: Plan) -> None:
    start(plan, universe)
    client: Client = universe.client_of(universe.ours.provider)
    url = f"/patients/{plan.patient_id}/plans/{plan.number}/draft/"

    def shown() -> int:
        return Event.objects.filter(action="patient.page_shown", subject="tapers:draft_edit").count()

    def autosave(client: Client, day: str) -> None:
        revision = Draft.objects.get(plan=plan).revision
        answer = client.post(url, {"revision": revision, "first_day": day}, headers={"HX-Request": "true"})
        assert answer.status_code == 200

    autosave(client, "03/01/2026")
    assert shown() == 1, "Nobody sees a part of a page of which no event says so."
    for day in range(2, 6):
        autosave(client, f"03/0{day}/2026")
    assert shown() == 1
    client.get(url)
    assert shown() == 2
