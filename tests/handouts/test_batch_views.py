"""Choosing whom to print for: nothing chosen is lost on the way, and what was begun is found again."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.http import HttpResponse

from taperplanner.audit.models import Event
from taperplanner.handouts.batches.actions import start_batch
from taperplanner.handouts.models import PrintBatch
from taperplanner.handouts.paper.day_by_day import CannotLayOut
from taperplanner.handouts.paper.layouts import Layout

from ..world.course import words_of
from ..world.printing import print_next
from ..world.universe import NOW, House, Universe
from .test_batches import ADD, CHOICE, batch_of, plan_of

TICKED = r'value="([^"]+)"\s+id="plan-\d+"\s+checked'
STEP_2_STARTS = {"day": "3/16/2026"}


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


def hidden(answer: HttpResponse) -> dict[str, list[str]]:
    """What the page keeps of the choice, as it sends it back."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(
        r'type="hidden"\s+name="(day|offered)"\s+value="([^"]+)"', answer.content.decode()
    ):
        found.setdefault(name, []).append(value)
    return found


def test_with_nobody_ticked_the_page_says_so_and_keeps_everything(universe: Universe) -> None:
    for name in ("Adams", "Baker"):
        plan_of(universe.ours, name)
    client = universe.client_of(universe.ours.staff)
    kept = hidden(client.get(ADD, STEP_2_STARTS))
    answer = client.post(ADD, {**CHOICE, "layout": "checklist", **kept})
    page = words_of(answer)
    assert "Choose one patient or more." in page
    assert "Test Adams" in page
    assert "Test Baker" in page
    assert page.count("step 2 starts") == 2
    html = answer.content.decode()
    assert not re.search(TICKED, html)
    assert re.search(r'value="checklist"[^>]*checked', html)
    assert hidden(answer) == kept
    assert not PrintBatch.objects.exists()


def test_who_was_left_out_stays_left_out_when_the_page_comes_back(universe: Universe) -> None:
    adams, baker = plan_of(universe.ours, "Adams"), plan_of(universe.ours, "Baker")
    offered = [str(adams.pk), str(baker.pk)]
    sent = {**CHOICE, "layout": "", "offered": offered, "plan": [str(baker.pk)]}
    page = universe.client_of(universe.ours.staff).post(ADD, sent).content.decode()
    assert "Test Adams" in page
    assert re.findall(TICKED, page) == [str(baker.pk)]


def test_only_those_who_are_ticked_are_printed(universe: Universe) -> None:
    adams, baker = plan_of(universe.ours, "Adams"), plan_of(universe.ours, "Baker")
    sent = {**CHOICE, **STEP_2_STARTS, "offered": [str(adams.pk), str(baker.pk)], "plan": [str(baker.pk)]}
    universe.client_of(universe.ours.staff).post(ADD, sent)
    assert [item.plan for item in PrintBatch.objects.get().items.all()] == [baker]


def test_a_stranger_who_is_offered_is_not_there(universe: Universe) -> None:
    theirs = plan_of(universe.theirs, "Stranger")
    sent = {**CHOICE, "offered": [str(theirs.pk)]}
    assert "Stranger" not in words_of(universe.client_of(universe.ours.staff).post(ADD, sent))


def test_nobody_ticked_on_the_worklist_is_said_too(universe: Universe) -> None:
    page = words_of(universe.client_of(universe.ours.staff).post(ADD, {}))
    assert "Choose one patient or more: tick them on today’s list" in page


def test_an_empty_day_says_what_to_enter(universe: Universe) -> None:
    page = words_of(universe.client_of(universe.ours.staff).get(ADD, {"day": ""}))
    assert "Enter the day on which a step changes, for example 11/23/2026." in page
    assert "This field is required" not in page


# --- While it is printed, and after -----------------------------------------------------------


def test_who_was_printed_is_named_with_a_link_and_stands_in_the_log(universe: Universe) -> None:
    plan = plan_of(universe.ours, "Adams")
    batch = batch_of(universe.ours, plan)
    client = universe.client_of(universe.ours.staff)
    assert "Test Adams" not in words_of(client.get(batch.get_absolute_url()))
    print_next(batch=batch, by=universe.ours.staff, at=NOW)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert f'<a href="{plan.get_absolute_url()}"><bdi>Test Adams</bdi></a>' in page
    shown = Event.objects.newest_first().first()
    assert shown
    assert plan.patient_id.hex in str(shown.details)


def begun(house: House, *, by: str = "staff") -> PrintBatch:
    """Of six patients: the first five are printed at once, and one is left."""
    plans = [plan_of(house, f"Adams {number}") for number in range(6)]
    user = getattr(house, by)
    batch = start_batch(clinic=house.clinic, plans=plans, layout=Layout.SCHEDULE, by=user, at=NOW)
    print_next(batch=batch, by=user, at=NOW)
    return batch


def test_a_batch_that_is_half_made_can_be_gone_on_with(universe: Universe) -> None:
    batch = begun(universe.ours)
    client = universe.client_of(universe.ours.staff)
    answer = client.get(ADD)
    assert "Schedule table for 6 patients" in words_of(answer)
    assert "1 still to print" in words_of(answer)
    assert f'href="{batch.get_absolute_url()}"' in answer.content.decode()
    print_next(batch=batch, by=universe.ours.staff, at=NOW)
    assert "still to print" not in words_of(client.get(ADD))


def test_what_others_began_is_not_listed(universe: Universe) -> None:
    begun(universe.ours, by="provider")
    begun(universe.theirs)
    assert "still to print" not in words_of(universe.client_of(universe.ours.staff).get(ADD))


def test_a_file_that_can_no_longer_be_laid_out_is_said_on_the_batchs_page(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = batch_of(universe.ours, plan_of(universe.ours, "Adams"))
    print_next(batch=batch, by=universe.ours.staff, at=NOW)

    def refuse(*_: object) -> bytes:
        raise CannotLayOut("Too long.")

    monkeypatch.setattr("taperplanner.handouts.copies.files.pdf_of", refuse)
    client = universe.client_of(universe.ours.staff)
    page = words_of(client.get(f"{batch.get_absolute_url()}handouts.pdf", follow=True))
    assert "One of these papers can no longer be printed." in page
