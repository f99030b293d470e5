"""A check-in as it is being typed: kept until it is recorded, and counted nowhere."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from time_machine import TimeMachineFixture

from taperplanner.audit.models import Event
from taperplanner.monitoring.models import CheckIn, CheckInDraft, Emergency
from taperplanner.patients.actions import archive_patient
from taperplanner.tapers.models import Plan

from ..world.course import FORM_KEY, words_of
from ..world.plan_pages import plan_url
from ..world.universe import NOW, Universe

PAGE, OTHER_PAGE = "a" * 32, "b" * 32
TYPED = {
    "happened_on": "03/02/2026",
    "contact": "phone",
    "rows": "3",
    "missed_or_extra": "Forgot  Sunday",
}
SENT = TYPED | {"once": FORM_KEY, "draft_page": PAGE, "draft_revision": "0"}
NOT_RECORDED = "A sign of danger is ticked in it, and recorded nowhere: A seizure."


def add(plan: Plan) -> str:
    return plan_url(plan, "check-ins/add/")


def keep(client: Client, plan: Plan, by_script: bool = False, **changed: str) -> HttpResponse:
    headers = {"HX-Request": "true"} if by_script else {}
    answer: Any = client.post(plan_url(plan, "check-ins/draft/"), SENT | changed, headers=headers)
    return answer


def discard(client: Client, plan: Plan, revision: int = 1) -> HttpResponse:
    answer: Any = client.post(plan_url(plan, "check-ins/draft/discard/"), {"revision": str(revision)})
    return answer


def value_of(page: str, name: str) -> str:
    tag = next(tag for tag in re.findall(r"<input\b[^>]*>", page) if f'name="{name}"' in tag)
    found = re.search(r'value="([^"]*)"', tag)
    return found[1] if found else ""


def actions_of(name: str) -> list[str]:
    return list(
        Event.objects.filter(action__startswith=name).order_by("number").values_list("action", flat=True)
    )


def test_what_is_typed_is_kept_letter_for_letter_and_is_no_check_in(plan: Plan, staff: Client) -> None:
    answer = keep(staff, plan, decision_note="1,5 of  .5")
    assert answer["Location"] == add(plan)
    assert CheckInDraft.objects.get().content == {**TYPED, "decision_note": "1,5 of  .5"}
    assert not CheckIn.objects.exists()


def test_only_what_the_form_asks_is_kept(plan: Plan, staff: Client) -> None:
    keep(staff, plan, typed_by="1", csrfmiddlewaretoken="secret", is_admin="yes")
    assert set(CheckInDraft.objects.get().content) == set(TYPED)


def test_of_a_page_in_which_nothing_is_typed_nothing_is_kept(plan: Plan, staff: Client) -> None:
    nothing = dict.fromkeys(("happened_on", "contact", "missed_or_extra"), "")
    said = words_of(staff.post(plan_url(plan, "check-ins/draft/"), SENT | nothing, follow=True))
    assert "Nothing was typed yet" in said
    assert not CheckInDraft.objects.exists()


def test_opened_again_the_page_offers_it_and_fills_in_nothing(plan: Plan, staff: Client) -> None:
    keep(staff, plan)
    page = words_of(staff.get(add(plan)))
    assert "Go on with what you typed at" in page
    assert "Begin anew" in page
    assert "Forgot" not in page
    assert "check-in-form" not in page


def test_going_on_shows_what_was_typed_as_such(plan: Plan, staff: Client) -> None:
    keep(staff, plan, symptom_tremor="2", none_of_sleep="on", taken_0_first="02/20/2026", taken_0_of_1="½")
    answer = staff.get(add(plan) + "?go_on=yes")
    page = answer.content.decode()
    assert "Below is what you typed on Monday, March 2, " in words_of(answer)
    assert "It is not recorded until you press" in words_of(answer)
    assert "Forgot  Sunday</textarea>" in page
    assert value_of(page, "happened_on") == "03/02/2026"
    assert value_of(page, "taken_0_of_1") == "½"
    assert re.search(r'name="symptom_tremor"[^>]*value="2"[^>]*checked', page)
    assert re.search(r'name="none_of_sleep"[^>]*checked', page)
    assert value_of(page, "once") == FORM_KEY


def test_what_somebody_typed_is_offered_to_nobody_else(plan: Plan, staff: Client, provider: Client) -> None:
    keep(staff, plan)
    page = words_of(provider.get(add(plan) + "?go_on=yes"))
    assert "Go on with what you typed" not in page
    assert "Below is what you typed" not in page
    assert "Forgot" not in page
    assert "A check-in was begun by Sam Staff" in page


def test_beginning_anew_discards_it(plan: Plan, staff: Client) -> None:
    keep(staff, plan)
    assert discard(staff, plan)["Location"] == add(plan)
    assert not CheckInDraft.objects.exists()
    assert "check-in-form" in staff.get(add(plan)).content.decode()
    assert actions_of("check_in.draft") == ["check_in.draft_kept", "check_in.draft_discarded"]


def test_what_was_kept_since_the_page_was_read_is_not_discarded(plan: Plan, staff: Client) -> None:
    keep(staff, plan)
    keep(staff, plan, decision_note="More")
    discard(staff, plan, revision=1)
    assert CheckInDraft.objects.get().content["decision_note"] == "More"


def test_recording_lets_go_of_it(plan: Plan, staff: Client) -> None:
    keep(staff, plan)
    staff.post(add(plan), TYPED | {"once": FORM_KEY})
    assert CheckIn.objects.count() == 1
    assert not CheckInDraft.objects.exists()


def test_a_form_that_is_wrong_lets_go_of_nothing(plan: Plan, staff: Client) -> None:
    keep(staff, plan)
    staff.post(add(plan), TYPED | {"once": FORM_KEY, "contact": ""})
    assert CheckInDraft.objects.exists()


def test_recording_another_form_leaves_what_was_typed_in_this_one(
    plan: Plan, staff: Client, provider: Client
) -> None:
    keep(staff, plan)
    staff.post(add(plan), TYPED | {"once": FORM_KEY[::-1]})
    provider.post(add(plan), TYPED | {"once": FORM_KEY})
    assert CheckIn.objects.count() == 2
    assert CheckInDraft.objects.exists()


@pytest.mark.parametrize("by_script", [True, False], ids=["script", "button"])
def test_a_save_that_comes_after_the_recording_brings_no_draft_back(
    plan: Plan, staff: Client, by_script: bool
) -> None:
    staff.post(add(plan), TYPED | {"once": FORM_KEY})
    answer = keep(staff, plan, by_script)
    assert answer.status_code == 422
    assert "This check-in was recorded meanwhile" in answer.content.decode()
    assert not CheckInDraft.objects.exists()


def test_a_page_that_saves_again_saves_over_itself(plan: Plan, staff: Client) -> None:
    for text in ("one", "two", "three"):
        assert keep(staff, plan, by_script=True, decision_note=text).status_code == 200
    assert CheckInDraft.objects.get().content["decision_note"] == "three"


def test_of_two_pages_of_one_person_the_newer_wins_only_knowingly(plan: Plan, staff: Client) -> None:
    keep(staff, plan, decision_note="First page")
    other = {"draft_page": OTHER_PAGE, "once": FORM_KEY[::-1], "decision_note": "Other <page>"}
    refused = keep(staff, plan, by_script=True, **other)
    assert (refused.status_code, refused["Content-Type"]) == (409, "text/plain; charset=utf-8")
    answer = keep(staff, plan, **other)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "you kept this check-in from another window" in words_of(answer)
    assert "Other &lt;page&gt;" in page
    assert CheckInDraft.objects.get().content["decision_note"] == "First page"
    again = {name: value_of(page, name) for name in ("once", "draft_page", "draft_revision")}
    assert keep(staff, plan, **(other | again)).status_code == 302
    assert CheckInDraft.objects.get().content["decision_note"] == "Other <page>"
    assert keep(staff, plan, by_script=True, decision_note="First, later").status_code == 409


def test_going_on_in_another_page_takes_over_and_the_first_is_told(plan: Plan, staff: Client) -> None:
    keep(staff, plan)
    page = staff.get(add(plan) + "?go_on=yes").content.decode()
    taken_over = {name: value_of(page, name) for name in ("once", "draft_page", "draft_revision")}
    assert keep(staff, plan, by_script=True, decision_note="Later", **taken_over).status_code == 200
    assert keep(staff, plan, by_script=True, decision_note="Of the first").status_code == 409


def test_of_a_sitting_the_first_save_is_the_event_and_it_holds_no_typed_text(
    plan: Plan, staff: Client, universe: Universe, time_machine: TimeMachineFixture
) -> None:
    for minutes in (0, 10, 20):
        time_machine.move_to(NOW + timedelta(minutes=minutes), tick=False)
        keep(staff, plan, by_script=True, decision_note=f"Note {minutes}")
    assert actions_of("check_in") == ["check_in.draft_kept"]
    event = Event.objects.get(action="check_in.draft_kept")
    assert (event.patient_id, event.subject, event.details) == (plan.patient_id, "plan 1", {})
    time_machine.move_to(NOW + timedelta(minutes=60), tick=False)
    universe.clients.clear()
    keep(universe.client_of(universe.ours.staff), plan, by_script=True, decision_note="After a pause")
    assert actions_of("check_in") == ["check_in.draft_kept"] * 2


@pytest.mark.parametrize("address", ["progress/", ""], ids=["progress", "patient"])
def test_pages_say_that_a_check_in_was_begun_and_not_recorded(
    plan: Plan, staff: Client, provider: Client, address: str
) -> None:
    url = plan_url(plan, address) if address else f"/patients/{plan.patient_id}/"
    assert "was begun" not in words_of(provider.get(url))
    keep(staff, plan)
    page = words_of(provider.get(url))
    assert "A check-in was begun by Sam Staff" in page
    assert "No check-in yet." in page
    assert "sign of danger is ticked" not in page
    assert "Forgot" not in page


@pytest.mark.parametrize("by_script", [True, False], ids=["script", "button"])
def test_a_sign_of_danger_in_a_draft_is_said_to_be_recorded_nowhere(
    plan: Plan, staff: Client, provider: Client, by_script: bool
) -> None:
    answer = keep(staff, plan, by_script, symptom_seizure="1")
    if not by_script:
        answer = staff.get(answer["Location"])
        assert "911" in words_of(answer)
    assert "A seizure" in words_of(answer)
    assert "not recorded" in words_of(answer)
    assert "press “Save the check-in”" in words_of(answer)
    for url in (plan_url(plan, "progress/"), f"/patients/{plan.patient_id}/", add(plan)):
        assert NOT_RECORDED in words_of(provider.get(url)), url
    assert not Emergency.objects.exists()


def test_once_it_is_recorded_the_sign_is_an_emergency(plan: Plan, staff: Client) -> None:
    keep(staff, plan, symptom_seizure="1")
    staff.post(add(plan), TYPED | {"once": FORM_KEY, "symptom_seizure": "1"})
    assert Emergency.objects.get().signs == ["seizure"]
    assert "was begun" not in words_of(staff.get(plan_url(plan, "progress/")))


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (1, False), (7, False), (8, True)])
def test_a_draft_of_more_than_seven_days_is_shown_as_old_with_its_age(
    plan: Plan, staff: Client, universe: Universe, time_machine: TimeMachineFixture, days: int, is_old: bool
) -> None:
    keep(staff, plan)
    time_machine.move_to(NOW + timedelta(days=days), tick=False)
    universe.clients.clear()
    later = universe.client_of(universe.ours.staff)
    offer = words_of(later.get(add(plan)))
    assert ("This draft is old." in offer) == is_old
    assert ("This draft is old:" in words_of(later.get(add(plan) + "?go_on=yes"))) == is_old
    if days > 1:
        assert f"{days} days ago" in offer
    assert "Go on with what you typed" in offer


def test_nothing_is_kept_of_an_archived_patient(plan: Plan, staff: Client, universe: Universe) -> None:
    archive_patient(patient=plan.patient, revision=1, reason="Moved away", by=universe.ours.provider, at=NOW)
    answer = keep(staff, plan)
    assert answer.status_code == 422
    assert "Forgot  Sunday" in answer.content.decode()
    assert not CheckInDraft.objects.exists()


def test_what_cannot_be_stored_is_left_out_and_what_is_too_long_is_refused(plan: Plan, staff: Client) -> None:
    keep(staff, plan, decision_note="a\x00b")
    assert CheckInDraft.objects.get().content["decision_note"] == "ab"
    answer = keep(staff, plan, by_script=True, decision_note="x" * 100_001)
    assert (answer.status_code, answer.content.decode()[:9]) == (422, "Not kept:")
