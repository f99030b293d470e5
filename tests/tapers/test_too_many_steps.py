"""A draft of more steps than a schedule may have is refused as it is typed; nothing is cut, and nothing is lost."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.tapers.draft.too_many import as_sheet
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep, from_json, from_post
from taperplanner.tapers.models import Draft, Plan

from ..world.plan_pages import plan_url, posted_draft
from ..world.universe import Universe

pytestmark = pytest.mark.usefixtures("now")
MOST = 400
SENTENCE = "A schedule has at most 400 steps; this one has {}. Remove rows until it has 400."


def rows(count: int) -> dict[str, str]:
    """Each with a number of days of its own, so that each can be looked for."""
    days = {f"steps-{index}-days": str(index + 1) for index in range(count)}
    return days | {f"steps-{index}-note": f"note {index + 1}" for index in range(count)}


def stored(plan: Plan) -> TypedDraft:
    return from_json(Draft.objects.get(plan=plan).content)


def hold(plan: Plan, count: int) -> None:
    """As a draft was stored before its size was looked at."""
    Draft.objects.filter(plan=plan).update(content=from_post(rows(count)).as_json())


@pytest.fixture
def url(universe: Universe, plan: Plan) -> str:
    return plan_url(plan, "draft/")


def test_four_hundred_steps_are_kept(provider: Client, plan: Plan, url: str) -> None:
    assert provider.post(url, {"revision": "1", **rows(MOST)}).status_code == 302
    assert stored(plan).steps[-1].days == "400"


def test_one_more_is_refused_with_a_sentence_and_with_all_that_was_typed(
    provider: Client, plan: Plan, url: str
) -> None:
    before = stored(plan)
    sent = {"revision": "1", "first_day": "03/02/2026", "explanation": "as agreed", **rows(MOST + 1)}
    answer = provider.post(url, sent)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert SENTENCE.format(401) in page
    sheet = page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0].split("\n")
    assert sheet == ["days\tnote", *(f"{n}\tnote {n}" for n in range(1, MOST + 2))]
    assert "as agreed" in page
    assert "03/02/2026" in page
    assert stored(plan) == before
    assert Event.objects.get(action="request.refused").details["why"] == ["TooManySteps"]


def test_a_page_that_saves_by_itself_is_told_the_sentence_alone(
    provider: Client, plan: Plan, url: str
) -> None:
    answer = provider.post(url, {"revision": "1", **rows(MOST + 1)}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer.content.decode() == "Not saved: " + SENTENCE.format(401)
    assert answer["Content-Type"].startswith("text/plain")


def test_nine_thousand_pasted_rows_make_no_page_of_megabytes(provider: Client, plan: Plan, url: str) -> None:
    answer = provider.post(url, {"revision": "1", **rows(9500)})
    assert answer.status_code == 422
    assert SENTENCE.format("9,500") in answer.content.decode()
    assert "9500\tnote 9500" in answer.content.decode()
    assert len(answer.content) < 300_000


def test_a_button_that_would_add_one_more_says_so_and_keeps_the_rest(
    provider: Client, plan: Plan, url: str
) -> None:
    for button in ("add", "insert-3", "put-back"):
        sent = posted_draft(plan, **rows(MOST), do=button)
        answer = provider.post(url, sent, follow=True)
        assert "No step was added: a schedule has at most 400 steps." in answer.content.decode(), button
        assert len(stored(plan).steps) == MOST


def test_a_draft_that_was_longer_before_is_saved_as_it_is_or_shorter(
    provider: Client, plan: Plan, url: str
) -> None:
    hold(plan, 450)
    assert provider.get(url).status_code == 200
    for count, status in ((450, 302), (449, 302), (450, 422), (400, 302), (401, 422)):
        revision = Draft.objects.get(plan=plan).revision
        assert provider.post(url, {"revision": revision, **rows(count)}).status_code == status, count


def test_a_draft_of_thousands_from_before_is_shown_as_text_and_can_be_discarded(
    provider: Client, plan: Plan, url: str
) -> None:
    hold(plan, 9500)
    answer = provider.get(url)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This draft has 9,500 steps" in page
    assert "9500\tnote 9500" in page
    assert plan_url(plan, "draft/discard/") in page
    assert len(answer.content) < 300_000


def test_the_text_has_every_cell_of_each_step_and_no_empty_column() -> None:
    typed = from_post(
        {
            "steps-0-days": "14", "steps-0-dose": "1", "steps-0-morning-1": "½", "steps-0-bedtime-2": "2",
            "steps-1-days": "7", "steps-1-note": "a\tnote", "steps-1-sheet_first": "3/1",
            "steps-2-dose": "1", "steps-2-pattern": "2", "steps-2-day2-dose": "0.5", "steps-2-day2-noon-1": "1",
        }
    )  # fmt: skip
    assert as_sheet(typed).split("\n") == [
        "days\tdose\tbedtime-2\tmorning-1\tnote\tsheet_first",
        "14\t1\t2\t½\t\t",
        "7\t\t\t\ta note\t3/1",
        "\t1\t\t\t\t\t0.5\t1",
    ]
    assert as_sheet(TypedDraft(steps=(TypedStep(),))) == "\n"
