"""A dose as needed, beside the schedule: typed whole, checked, and kept as typed."""

from __future__ import annotations

import html
from dataclasses import replace

import pytest
from django.test import Client

from taperplanner.doses import Quantity, parse_dose
from taperplanner.guidance.library import library
from taperplanner.tapers.draft.as_needed import LONGEST_WHEN
from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.draft.needed_typed import TypedNeeded
from taperplanner.tapers.draft.parsed import parse_draft
from taperplanner.tapers.draft.problem import CheckContext, Problem
from taperplanner.tapers.draft.problems import find_problems
from taperplanner.tapers.draft.typed import from_json, from_post
from taperplanner.tapers.models import Draft, Plan
from taperplanner.tapers.schedule.as_needed import AsNeeded

from ..world.needed import NEEDED, POSTED, WHEN, with_needed
from ..world.plan_pages import inputs_of, plan_url, posted_draft
from ..world.plans import (
    TODAY,
    save_draft,
    tablet,
    typed_schedule,
)
from ..world.universe import Universe

pytestmark = pytest.mark.usefixtures("now")

WHOLE, HALVES = tablet(1, "1", 1000), tablet(2, "0.5", 500)
PRODUCTS = {1: WHOLE, 2: HALVES}
CONTEXT = CheckContext(today=TODAY, clinic_phone="555-0100", after_hours_phone="555-0199", gaps=())


def problems(needed: TypedNeeded, context: CheckContext = CONTEXT) -> list[Problem]:
    return find_problems(parse_draft(with_needed(needed=needed), PRODUCTS), context)


# --- Typed ------------------------------------------------------------------------------------


def test_a_draft_without_one_has_the_json_that_it_always_had() -> None:
    assert "as_needed" not in typed_schedule().as_json()


def test_what_was_typed_is_kept_letter_for_letter() -> None:
    wrong = TypedNeeded("2", " ½ or so", ".25", "twice", "When “it” is bad ")
    posted = {f"needed-{name}": text for name, text in wrong.texts.items()}
    typed = from_post(posted)
    assert typed.as_needed == wrong
    assert from_json(typed.as_json()) == typed


def test_nothing_is_preset_and_no_product_is_chosen_first(provider: Client, plan: Plan) -> None:
    page = provider.get(plan_url(plan, "draft/")).content.decode()
    section = page[page.index('id="as-needed"') : page.index("draft-ending")]
    assert {name: text for name, text in inputs_of(section).items() if text} == {}
    assert "selected" not in section
    assert "<details" in page[: page.index('id="as-needed"')][-60:]
    assert " open" not in section[:40]


def test_a_whole_one_is_asked_about_on_the_signature_and_prevents_nothing() -> None:
    [found] = problems(NEEDED)
    assert (found.code, found.is_blocker, found.cell) == ("needed-irregular", False, "needed-product")
    assert "guidance on irregular doses" in found.sentence


@pytest.mark.parametrize(
    ("changed", "code", "cell", "says"),
    [
        ({"product": ""}, "needed-no-product", "product", "choose the product"),
        ({"product": "7"}, "needed-unreadable", "product", "does not have the product"),
        ({"quantity": ""}, "needed-no-quantity", "quantity", "enter how much"),
        ({"quantity": "0"}, "needed-no-quantity", "quantity", "enter how much"),
        ({"quantity": "1e2"}, "needed-unreadable", "quantity", "As needed, how much at one time: "),
        ({"dose": ""}, "needed-no-dose", "dose", "enter how many mg"),
        ({"dose": "0"}, "needed-no-dose", "dose", "enter how many mg"),
        ({"dose": ".25"}, "needed-unreadable", "dose", "no digit stands before the point"),
        ({"dose": "0.5"}, "needed-disagree", "dose", "0.5 mg, but ½ tablet of clonazepam 0.5 mg tablet comes to 0.25 mg"),
        ({"quantity": "¼", "dose": "0.125"}, "needed-part", "quantity", "may be split into halves and no smaller"),
        ({"times": ""}, "needed-no-times", "times", "how many times"),
        ({"times": "0"}, "needed-unreadable", "times", "whole number"),
        ({"times": "1.5"}, "needed-unreadable", "times", "whole number"),
        ({"times": "2 or 3"}, "needed-unreadable", "times", "whole number"),
        ({"times": "٢"}, "needed-unreadable", "times", "whole number"),
        ({"times": "100"}, "needed-unreadable", "times", "whole number"),
        ({"when": "  "}, "needed-no-when", "when", "write when"),
        ({"when": "a" * (LONGEST_WHEN + 1)}, "needed-unreadable", "when", "200 characters or fewer; it has 201"),
        ({"when": "panic\u200battack"}, "needed-unreadable", "when", "a character that nobody sees"),
        ({"when": "PRN for panic, max 1.0 mg"}, "needed-misread", "when", "can be misread"),
        ({"carried": 3}, "needed-unconfirmed", "confirmed", "carried over from version 3"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_it_is_named_with_its_cell(
    changed: dict[str, str], code: str, cell: str, says: str
) -> None:
    found = next(problem for problem in problems(replace(NEEDED, **changed)) if problem.code == code)
    assert found.cell == f"needed-{cell}"
    assert says in found.sentence
    assert found.is_blocker is (code != "needed-misread")


def test_a_retired_product_cannot_be_signed_as_needed() -> None:
    codes = {problem.code for problem in problems(NEEDED, replace(CONTEXT, retired=frozenset({2})))}
    assert "needed-retired" in codes


def test_its_product_is_signed_though_no_step_uses_it() -> None:
    steps = tuple(step for step in typed_schedule().steps[:1])
    draft = replace(with_needed(), steps=steps)
    schedule = parse_draft(draft, PRODUCTS).schedule()
    assert schedule is not None
    assert set(schedule.products) == {1, 2}
    assert schedule.as_needed == AsNeeded(2, Quantity(500), parse_dose("0.25"), 2, WHEN)
    assert parse_draft(replace(draft, as_needed=replace(NEEDED, times="")), PRODUCTS).schedule() is None


# --- The draft page ---------------------------------------------------------------------------


def test_it_is_typed_removed_and_put_back_as_it_was(provider: Client, plan: Plan) -> None:
    provider.post(plan_url(plan, "draft/"), posted_draft(plan, **POSTED))
    assert from_json(Draft.objects.get(plan=plan).content).as_needed == NEEDED

    provider.post(plan_url(plan, "draft/"), posted_draft(plan, **POSTED, do="remove-needed"))
    removed = from_json(Draft.objects.get(plan=plan).content)
    page = provider.get(plan_url(plan, "draft/")).content.decode()
    assert removed.as_needed == replace(NEEDED, is_removed=True)
    assert "What was typed of it is kept." in page
    assert "needed-quantity" not in inputs_of(page)
    assert check_draft(plan, removed, today=TODAY).parsed.schedule().as_needed is None  # type: ignore[union-attr]

    provider.post(plan_url(plan, "draft/"), posted_draft(plan, do="put-back-needed"))
    assert from_json(Draft.objects.get(plan=plan).content).as_needed == NEEDED


def test_the_draft_page_says_what_it_comes_to_and_has_the_guidance(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, with_needed(), universe.ours)
    page = html.unescape(provider.get(plan_url(plan, "draft/")).content.decode())
    entry = library().beside_as_needed()
    assert entry is not None
    assert "One time comes to 0.25 mg. At most 2 times on one day: 0.5 mg in all." in page
    assert entry.title in page
    assert entry.paragraphs[0] in page
    assert {name: inputs_of(page)[name] for name in POSTED if name != "needed-product"} == {
        name: text for name, text in POSTED.items() if name != "needed-product"
    }


def test_a_page_that_is_out_of_date_shows_both_texts_of_it(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    sent = posted_draft(plan, **POSTED | {"needed-times": "3"})
    save_draft(plan, with_needed(), universe.ours)
    answer = provider.post(plan_url(plan, "draft/"), sent)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "As needed, how many times on one day at most" in page
    assert inputs_of(page)["needed-times"] == "3"
