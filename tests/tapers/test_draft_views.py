"""The draft page keeps what is typed, says what is wrong with it, and loses nothing."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.tapers.draft.typed import from_json, from_post
from taperplanner.tapers.models import Draft, Plan, Version

from ..world.plan_pages import inputs_of, plan_url, posted_draft, posted_signature
from ..world.plans import NARDI, posted_schedule, save_draft, sign_plan, start_revision, typed_schedule
from ..world.universe import Universe
from . import wrong_spellings

pytestmark = pytest.mark.usefixtures("now")


def test_the_draft_page_shows_dates_sums_and_changes_beside_what_was_typed(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    page = provider.get(plan_url(plan, "draft/")).content.decode()
    assert {name: text for name, text in inputs_of(page).items() if name in posted_schedule()} | {
        "ending": "stop"
    } == posted_schedule()
    for text in ("Mon, Mar 2, 2026 to Sun, Mar 15, 2026", "adds up to 1.5 mg", "down 0.25 mg (50 %)"):
        assert text in page


CELLS = {"dose": "steps-0-dose", "quantity": "steps-0-morning-1", "days": "steps-0-days", "date": "first_day"}
WRONG_CELLS = [
    (f"{kind} {text!r}", CELLS[kind], text)
    for kind, texts in wrong_spellings.ON_A_PAGE.items()
    for text in texts
]


@pytest.mark.parametrize(
    ("name", "text"), [row[1:] for row in WRONG_CELLS], ids=[row[0] for row in WRONG_CELLS]
)
def test_a_wrong_cell_is_named_in_a_sentence_and_stays_as_typed(
    provider: Client, plan: Plan, name: str, text: str
) -> None:
    answer = provider.post(plan_url(plan, "draft/"), posted_draft(plan, **{name: text}), follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert inputs_of(page)[name] == text
    assert f'<a href="#{name}">' in page
    refused = provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan))
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
    answer = provider.post(plan_url(plan, "draft/"), posted_draft(plan, **changed), follow=True)
    assert answer.status_code in {200, 409}
    assert provider.get(plan_url(plan, "draft/")).status_code == 200


def test_rows_are_added_removed_and_put_back_without_javascript(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    def rows() -> list[str]:
        return [step.dose for step in from_json(Draft.objects.get(plan=plan).content).steps]

    provider.post(plan_url(plan, "draft/"), posted_draft(plan, do="add"))
    assert rows() == ["2", "1.5", "1", "0.75", "0.5", "0.25", ""]
    save_draft(plan, typed_schedule(), universe.ours)
    provider.post(plan_url(plan, "draft/"), posted_draft(plan, do="remove-1"))
    assert rows() == ["2", "1", "0.75", "0.5", "0.25"]
    page = provider.get(plan_url(plan, "draft/")).content.decode()
    assert "Put the removed step back" in page
    without = {name: text for name, text in inputs_of(page).items() if name.startswith(("steps", "first"))}
    revision = str(Draft.objects.get(plan=plan).revision)
    provider.post(
        plan_url(plan, "draft/"), without | {"revision": revision, "ending": "stop", "do": "put-back"}
    )
    assert rows() == ["2", "1.5", "1", "0.75", "0.5", "0.25"]
    provider.post(plan_url(plan, "draft/"), posted_draft(plan, do="insert-0"))
    assert rows()[:2] == ["", "2"]


def test_a_note_that_can_be_misread_is_pointed_out_and_changed_only_when_that_is_accepted(
    provider: Client, plan: Plan
) -> None:
    unsafe = {"steps-1-note": "Take 1/2 tab QD"}
    page = provider.post(plan_url(plan, "draft/"), posted_draft(plan, **unsafe), follow=True).content.decode()
    assert "“QD” can be misread. Write “daily”." in page
    assert inputs_of(page)["steps-1-note"] == "Take 1/2 tab QD"
    page = provider.post(
        plan_url(plan, "draft/"), posted_draft(plan, **unsafe, do="spell-1"), follow=True
    ).content.decode()
    assert inputs_of(page)["steps-1-note"] == "Take half a tablet daily"
    assert "can be misread" not in page


def test_a_save_by_htmx_answers_with_the_checks_and_the_new_revision(provider: Client, plan: Plan) -> None:
    answer = provider.post(plan_url(plan, "draft/"), posted_draft(plan), headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "Ready to be read back and signed" in page
    assert inputs_of(page)["revision"] == str(Draft.objects.get(plan=plan).revision)
    assert "Saved at" in page
    assert "<html" not in page


def test_a_save_by_htmx_acts_on_no_row_whatever_button_was_pressed_last(provider: Client, plan: Plan) -> None:
    for do in ("add", "remove-0", "insert-0"):
        provider.post(plan_url(plan, "draft/"), posted_draft(plan, do=do), headers={"HX-Request": "true"})
        assert len(from_json(Draft.objects.get(plan=plan).content).steps) == len(NARDI)


def test_who_saves_second_gets_both_texts_and_loses_nothing(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    stale = posted_draft(plan)
    save_draft(plan, typed_schedule("04/06/2026"), universe.ours, by=universe.ours.staff)
    answer = provider.post(plan_url(plan, "draft/"), stale | {"steps-0-days": "21", "steps-0-note": "mine"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert inputs_of(page)["steps-0-days"] == "21"
    assert inputs_of(page)["steps-0-note"] == "mine"
    assert "somebody else, <bdi>Sam Staff</bdi>, saved this draft" in " ".join(page.split())
    assert from_json(Draft.objects.get(plan=plan).content) == typed_schedule("04/06/2026")
    by_htmx = provider.post(plan_url(plan, "draft/"), stale, headers={"HX-Request": "true"})
    assert by_htmx.status_code == 409
    assert "nothing of theirs is overwritten" in " ".join(by_htmx.content.decode().split())
    assert by_htmx["HX-Retarget"] == "#save-state", "in the line that is always in view"


def rows_of(page: str, table: int) -> list[list[str]]:
    """The cells of one table of the page, as text."""
    text = re.findall(r"(?s)<table.*?</table>", page)[table]
    cells_of = [re.findall(r"(?s)<t[hd].*?>(.*?)</t[hd]>", row) for row in text.split("<tr>")[1:]]
    return [[html.unescape(" ".join(re.sub("<.*?>", "", cell).split())) for cell in row] for row in cells_of]


def test_a_conflict_shows_all_that_the_other_saved_and_not_only_the_steps(
    universe: Universe, provider: Client, version: Version
) -> None:
    plan = version.plan
    mine = from_json(start_revision(version, universe.ours).content)
    first = replace(mine.steps[0], days="10", confirmed=True)
    theirs = replace(
        mine,
        first_day="03/21/2026",
        ending="stay",
        reason="supply",
        explanation="The pharmacy <has> none",
        steps=(first, *mine.steps[1:]),
    )
    save_draft(plan, theirs, universe.ours, by=universe.ours.staff)
    stale = {"revision": "1", "first_day": "03/20/2026", "ending": "stop", "reason": "symptoms"}
    page = provider.post(plan_url(plan, "draft/"), stale | {"explanation": ""}).content.decode()
    assert rows_of(page, 0)[1:] == [
        ["First day", "03/21/2026", "03/20/2026"],
        ["How the schedule ends", "Stay until reviewed", "Stop after the last step"],
        ["Why it is revised", "Supply of the product", "Symptoms"],
        ["In your own words", "The pharmacy <has> none", "(nothing)"],
    ]
    steps = rows_of(page, 1)
    assert steps[0][:4] == ["Step", "Confirmed", "Days", "Dose in mg"]
    assert [row[:4] for row in steps[1:3]] == [["1", "yes", "10", "1.5"], ["2", "no", "14", "1"]]


def test_after_a_conflict_nothing_is_saved_until_that_is_asked_for(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    stale = posted_draft(plan)
    assert "hx-post" in provider.get(plan_url(plan, "draft/")).content.decode()
    save_draft(plan, typed_schedule("04/06/2026"), universe.ours)
    page = provider.post(plan_url(plan, "draft/"), stale).content.decode()
    assert "you saved this draft in another window" in page, "and nobody else is blamed"
    assert "hx-post" not in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_who_sends_again_what_is_saved_already_is_in_nobodys_way(
    provider: Client, plan: Plan, headers: dict[str, str]
) -> None:
    stale = posted_draft(plan)
    provider.post(plan_url(plan, "draft/"), stale)
    saved = Draft.objects.get(plan=plan)
    events = Event.objects.filter(action="draft.saved").count()
    answer = provider.post(plan_url(plan, "draft/"), stale, headers=headers)
    assert answer.status_code in {200, 302}
    assert Draft.objects.get(plan=plan).revision == saved.revision
    assert Event.objects.filter(action="draft.saved").count() == events
    if headers:
        assert inputs_of(answer.content.decode())["revision"] == str(saved.revision)


def test_a_save_while_typing_says_when_the_draft_is_gone_and_leaves_the_page(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    stale = posted_draft(plan)
    sign_plan(plan, universe.ours)
    answer = provider.post(plan_url(plan, "draft/"), stale, headers={"HX-Request": "true"})
    assert answer.status_code == 410
    assert "Not saved: This plan has no draft now." in answer.content.decode()


def test_a_discarded_draft_can_be_started_again_empty(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    revision = {"revision": str(Draft.objects.get(plan=plan).revision)}
    assert "Discard the draft of plan 1?" in provider.get(plan_url(plan, "draft/discard/")).content.decode()
    provider.post(plan_url(plan, "draft/discard/"), revision)
    assert not Draft.objects.exists()
    provider.post(plan_url(plan, "draft/start/"))
    assert from_json(Draft.objects.get(plan=plan).content).filled == ()


def test_a_draft_that_changed_is_not_discarded_unseen(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    stale = {"revision": str(Draft.objects.get(plan=plan).revision)}
    save_draft(plan, typed_schedule(), universe.ours)
    assert provider.post(plan_url(plan, "draft/discard/"), stale).status_code == 409
    assert Draft.objects.filter(plan=plan).exists()


def test_a_cell_of_another_spelling_overwrites_nothing() -> None:
    read = from_post({"steps-0-days": "14", "steps-00-days": "99"})
    assert [step.days for step in read.steps] == ["14"]


def test_a_draft_that_is_not_ready_says_at_the_button_that_it_has_no_preview_yet(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, from_post(posted_schedule() | {"steps-0-dose": ""}), universe.ours)
    page = provider.get(plan_url(plan, "draft/")).content.decode()
    assert "No preview of the handout yet: see above what is to do before signing." in page
    assert "Preview the handout" not in page
    answer = provider.post(
        plan_url(plan, "draft/"), posted_draft(plan), headers={"HX-Request": "true"}
    ).content.decode()
    assert re.search(r'id="draft-preview"\s+class="draft-preview"\s+hx-swap-oob="true"', answer)
    assert "Preview the handout" in answer
    assert "No preview" not in answer
