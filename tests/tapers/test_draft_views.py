"""The draft page keeps what is typed, says what is wrong with it, and loses nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.tapers.models import Draft, Plan, Version
from taperplanner.tapers.typed import from_json

from ..universe import Universe
from . import wrong_spellings
from .pages import sent, signature, url, values
from .plans import (
    NARDI,
    cells,
    save,
    typed,
)

pytestmark = pytest.mark.usefixtures("now")


def test_the_draft_page_shows_dates_sums_and_changes_beside_what_was_typed(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save(plan, typed(), universe.ours)
    page = provider.get(url(plan, "draft/")).content.decode()
    assert {name: text for name, text in values(page).items() if name in cells()} | {
        "ending": "stop"
    } == cells()
    for text in ("Mon, Mar 2, 2026 to Sun, Mar 15, 2026", "adds up to 1.5 mg", "down 0.25 mg (50 %)"):
        assert text in page


WRONG_CELLS = [
    *((f"dose {text!r}", "steps-0-dose", text) for text in wrong_spellings.DOSES),
    *((f"quantity {text!r}", "steps-0-morning-1", text) for text in wrong_spellings.QUANTITIES),
    *((f"days {text!r}", "steps-0-days", text) for text in wrong_spellings.DAYS),
    *((f"date {text!r}", "first_day", text) for text in wrong_spellings.DATES),
]


@pytest.mark.parametrize(
    ("name", "text"), [row[1:] for row in WRONG_CELLS], ids=[row[0] for row in WRONG_CELLS]
)
def test_a_wrong_cell_is_named_in_a_sentence_and_stays_as_typed(
    provider: Client, plan: Plan, name: str, text: str
) -> None:
    answer = provider.post(url(plan, "draft/"), sent(plan, **{name: text}), follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert values(page)[name] == text
    assert f'<a href="#{name}">' in page
    refused = provider.post(url(plan, "draft/sign/"), signature(plan))
    assert "This draft cannot be signed yet" in refused.content.decode()
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"steps-0-note": "a" * 5000},
        {"steps-0-note": "\x00\x07 bell"},
        {"steps-9999-days": "7"},
        {"steps-0-morning-777": "1"},
        {"steps-0-morning-0001": "1"},
        {"steps-0-days": "9" * 3000},
        {"ending": "<script>"},
        {"first_day": "\x00"},
        {"revision": "1e9"},
        {"revision": "-1"},
        {"revision": ""},
        {"do": "remove-999"},
        {"do": "insert-999"},
        {"do": "put-back"},
        {"do": "drop table"},
    ],
    ids=str,
)
def test_a_hostile_draft_never_breaks_the_page(provider: Client, plan: Plan, changed: dict[str, str]) -> None:
    answer = provider.post(url(plan, "draft/"), sent(plan, **changed), follow=True)
    assert answer.status_code in {200, 409}
    assert provider.get(url(plan, "draft/")).status_code == 200


def test_rows_are_added_removed_and_put_back_without_javascript(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    def rows() -> list[str]:
        return [step.dose for step in from_json(Draft.objects.get(plan=plan).content).steps]

    provider.post(url(plan, "draft/"), sent(plan, do="add"))
    assert rows() == ["2", "1.5", "1", "0.75", "0.5", "0.25", ""]
    save(plan, typed(), universe.ours)
    provider.post(url(plan, "draft/"), sent(plan, do="remove-1"))
    assert rows() == ["2", "1", "0.75", "0.5", "0.25"]
    page = provider.get(url(plan, "draft/")).content.decode()
    assert "Put the removed step back" in page
    without = {name: text for name, text in values(page).items() if name.startswith(("steps", "first"))}
    revision = str(Draft.objects.get(plan=plan).revision)
    provider.post(url(plan, "draft/"), without | {"revision": revision, "ending": "stop", "do": "put-back"})
    assert rows() == ["2", "1.5", "1", "0.75", "0.5", "0.25"]
    provider.post(url(plan, "draft/"), sent(plan, do="insert-0"))
    assert rows()[:2] == ["", "2"]


def test_a_note_that_can_be_misread_is_pointed_out_and_changed_only_when_that_is_accepted(
    provider: Client, plan: Plan
) -> None:
    unsafe = {"steps-1-note": "Take 1/2 tab QD"}
    page = provider.post(url(plan, "draft/"), sent(plan, **unsafe), follow=True).content.decode()
    assert "“QD” can be misread. Write “daily”." in page
    assert values(page)["steps-1-note"] == "Take 1/2 tab QD"
    page = provider.post(
        url(plan, "draft/"), sent(plan, **unsafe, do="spell-1"), follow=True
    ).content.decode()
    assert values(page)["steps-1-note"] == "Take half a tablet daily"
    assert "can be misread" not in page


def test_a_save_by_htmx_answers_with_the_checks_and_the_new_revision(provider: Client, plan: Plan) -> None:
    answer = provider.post(url(plan, "draft/"), sent(plan), headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "Ready to be read back and signed" in page
    assert values(page)["revision"] == str(Draft.objects.get(plan=plan).revision)
    assert "Saved at" in page
    assert "<html" not in page


def test_a_save_by_htmx_acts_on_no_row_whatever_button_was_pressed_last(provider: Client, plan: Plan) -> None:
    for do in ("add", "remove-0", "insert-0"):
        provider.post(url(plan, "draft/"), sent(plan, do=do), headers={"HX-Request": "true"})
        assert len(from_json(Draft.objects.get(plan=plan).content).steps) == len(NARDI)


def test_who_saves_second_gets_both_texts_and_loses_nothing(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    stale = sent(plan)
    save(plan, typed("04/06/2026"), universe.ours)
    answer = provider.post(url(plan, "draft/"), stale | {"steps-0-days": "21", "steps-0-note": "mine"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert values(page)["steps-0-days"] == "21"
    assert values(page)["steps-0-note"] == "mine"
    assert "Somebody else saved this draft" in page
    assert from_json(Draft.objects.get(plan=plan).content) == typed("04/06/2026")
    by_htmx = provider.post(url(plan, "draft/"), stale, headers={"HX-Request": "true"})
    assert by_htmx.status_code == 409
    assert "nothing of theirs is overwritten" in by_htmx.content.decode()


def test_a_discarded_draft_can_be_started_again_empty(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save(plan, typed(), universe.ours)
    revision = {"revision": str(Draft.objects.get(plan=plan).revision)}
    assert "Discard the draft of plan 1?" in provider.get(url(plan, "draft/discard/")).content.decode()
    provider.post(url(plan, "draft/discard/"), revision)
    assert not Draft.objects.exists()
    provider.post(url(plan, "draft/start/"))
    assert from_json(Draft.objects.get(plan=plan).content).filled == ()


def test_a_draft_that_changed_is_not_discarded_unseen(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    stale = {"revision": str(Draft.objects.get(plan=plan).revision)}
    save(plan, typed(), universe.ours)
    assert provider.post(url(plan, "draft/discard/"), stale).status_code == 409
    assert Draft.objects.filter(plan=plan).exists()


def test_four_hundred_steps_are_kept_and_one_more_is_named(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    rows = {f"steps-{index}-days": "7" for index in range(401)}
    rows |= {
        f"steps-{index}-{key}": "" for index in range(401) for key in ("dose", "note", "morning-1", "noon-1")
    }
    answer = provider.post(url(plan, "draft/"), {"revision": "1", **rows}, follow=True)
    assert answer.status_code == 200
    assert len(from_json(Draft.objects.get(plan=plan).content).steps) == 401
    assert "A schedule has at most 400 steps; this one has 401." in answer.content.decode()
