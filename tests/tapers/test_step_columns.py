"""The columns of the step table: those that are ticked or typed in are shown, and nothing is ticked for anybody."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.tapers.draft.columns import NOTE, columns
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep, from_json, from_post
from taperplanner.tapers.models import Plan

from ..world.plan_pages import inputs_of, plan_url, posted_draft
from ..world.plans import posted_schedule, save_draft, sign_plan, tablet, typed_schedule
from ..world.universe import Universe

PRODUCTS = (tablet(1, "1"), tablet(2, "0.5"))
KEYS = [f"{time}-{number}" for time in ("morning", "noon", "evening", "bedtime") for number in (1, 2)]
TEXTS = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["", " ", "1", "½", "x"]))
STEPS = st.builds(TypedStep, note=st.sampled_from(["", "Call us"]), quantities=TEXTS)
DRAFTS = st.builds(
    TypedDraft,
    steps=st.lists(STEPS, max_size=4).map(tuple),
    columns=st.sets(st.sampled_from([*KEYS, NOTE, "morning-9"])).map(sorted).map(tuple),
)


def shown(typed: TypedDraft) -> set[str]:
    return {column.key for column in columns(typed, PRODUCTS) if column.is_shown}


def typed_in(typed: TypedDraft) -> set[str]:
    cells = {key for step in typed.steps for key, text in step.quantities.items() if text.strip()}
    return cells | {NOTE for step in typed.steps if step.note}


@given(typed=DRAFTS)
def test_no_column_is_left_out_in_which_something_is_typed(typed: TypedDraft) -> None:
    assert typed_in(typed) <= shown(typed)


@given(typed=DRAFTS)
def test_a_column_that_is_neither_ticked_nor_typed_in_is_shown_only_while_none_is(typed: TypedDraft) -> None:
    used = (typed_in(typed) | {*typed.columns}) & {*KEYS, NOTE}
    assert shown(typed) == (used or {*KEYS, NOTE})
    assert {column.key for column in columns(typed, PRODUCTS) if column.is_used} == used


@given(typed=DRAFTS)
def test_what_is_ticked_is_kept_and_changes_nothing_else(typed: TypedDraft) -> None:
    assert from_json(typed.as_json()) == typed
    ticked = from_post(posted_schedule() | {f"column-{key}": "yes" for key in typed.columns})
    assert set(ticked.columns) == set(typed.columns)
    assert ticked.steps == from_post(posted_schedule()).steps


@pytest.mark.parametrize(
    "name", ["column-lunch-1", "column-morning-0", "column-days", "column-", "xcolumn-note"]
)
def test_what_is_no_column_is_not_kept(name: str) -> None:
    assert from_post({name: "yes"}).columns == ()


@pytest.mark.usefixtures("now")
def test_of_a_new_draft_every_column_is_shown_and_none_is_ticked(provider: Client, plan: Plan) -> None:
    page = provider.get(plan_url(plan, "draft/")).content.decode()
    assert not re.findall(r'name="column-[^>]*checked', page)
    assert 'data-column="noon-1" hidden' not in " ".join(page.split())


@pytest.mark.usefixtures("now")
def test_without_a_script_ticks_are_saved_and_what_was_typed_elsewhere_stays_in_sight(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    sent = posted_draft(plan, do="save") | {"column-noon-1": "yes"}
    provider.post(plan_url(plan, "draft/"), sent)
    page = " ".join(provider.get(plan_url(plan, "draft/")).content.decode().split())
    for key in ("noon-1", "morning-1", "bedtime-2"):
        assert f'data-column="{key}" hidden' not in page
    for key in ("evening-1", "note"):
        assert f'data-column="{key}" hidden' in page
    assert inputs_of(page)["steps-0-morning-1"] == "1"


@pytest.mark.usefixtures("now")
def test_which_columns_are_shown_is_no_part_of_what_is_signed(universe: Universe, plan: Plan) -> None:
    ticked = from_post(posted_schedule() | {"column-noon-1": "yes"})
    version = sign_plan(plan, universe.ours, ticked)
    assert "column" not in str(version.__dict__)
    assert version.steps.count() == len(ticked.steps)
