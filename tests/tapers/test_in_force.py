"""The newest version may wait for its first day: until then what is in force is held, revised, shown and counted.

Throughout: the 0.5 mg tablet in halves. Version 1 runs (21 days of 1 mg, 30 of 0.75 mg), version 2 begins later.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from taperplanner.tapers import actions
from taperplanner.tapers.draft import revision_problems
from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.draft.typed import Origin, TypedDraft, from_json
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule.reasons import Reason

from ..world.chains import Link, sign_chain, sign_link, start_chain_revision
from ..world.plans import TODAY, confirmed_draft, save_draft
from ..world.universe import NOW, PASSWORD, Universe

DAY = timedelta(days=1)
DECEMBER = TODAY + 30 * DAY  # April 1, in step 2 of version 1
ONE = Link(TODAY, ((21, 4), (30, 3)))
TWO = Link(DECEMBER, ((14, 2), (14, 1)))


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def versions(universe: Universe) -> list[Version]:
    return sign_chain(universe.ours, [ONE, TWO])


@pytest.fixture
def plan(versions: list[Version]) -> Plan:
    return Plan.objects.select_related("patient__clinic").get()


@pytest.fixture
def provider(universe: Universe) -> Client:
    return universe.client_of(universe.ours.provider)


def rows(typed: TypedDraft) -> list[tuple[str, str, str]]:
    return [(str(step.carried), step.days, step.dose) for step in typed.steps]


def words(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split())).replace("\N{NO-BREAK SPACE}", " ")


def hold(plan: Plan, universe: Universe, today: date = TODAY) -> TypedDraft:
    draft = actions.start_hold(plan=plan, today=today, by=universe.ours.provider, at=NOW)
    return from_json(draft.content)


# --- Hold -------------------------------------------------------------------------------------


def test_a_hold_starts_from_the_step_in_force_and_what_waits_comes_after_it(
    plan: Plan, universe: Universe
) -> None:
    assert rows(hold(plan, universe)) == [
        ("1-1", "", "1"),
        ("1-2", "", "0.75"),  # cut short by version 2
        ("2-1", "14", "0.5"),
        ("2-2", "14", "0.25"),
    ]


def test_a_hold_of_what_waits_starts_from_it_once_it_is_in_force(plan: Plan, universe: Universe) -> None:
    assert rows(hold(plan, universe, DECEMBER)) == [("2-1", "", "0.5"), ("2-2", "14", "0.25")]


def test_confirmed_and_signed_a_hold_leaves_todays_dose_as_it_is(
    plan: Plan, universe: Universe, provider: Client
) -> None:
    held = confirmed_draft(hold(plan, universe))
    typed = TypedDraft(
        f"{TODAY:%m/%d/%Y}", "stop", held.steps, base=2, reason="held", explanation="Poor sleep"
    )
    draft = save_draft(plan, typed, universe.ours)
    page = words(provider, f"{plan.get_absolute_url()}draft/sign/")
    assert "Today, Monday, March 2, 2026, stays 1 mg a day (version 1)." in page
    assert "Version 2, signed to begin on Wednesday, April 1, 2026, will never begin" in page
    signature = {"revision": str(draft.revision), "date_of_birth": "3/2/1980", "password": PASSWORD}
    page = html.unescape(
        provider.post(f"{plan.get_absolute_url()}draft/sign/", signature, follow=True).content.decode()
    )
    assert "step 1 of 4, 1 mg a day" in page
    assert "On hold until Wednesday, March 11, 2026: Poor sleep." in page


def test_every_carried_row_must_be_confirmed_whichever_version_it_comes_from(
    plan: Plan, universe: Universe
) -> None:
    held = hold(plan, universe)
    blockers = [one for one in check_draft(plan, held, today=TODAY).blockers if one.code == "unconfirmed"]
    assert [re.search(r"version \d, step \d", one.sentence)[0] for one in blockers] == [
        "version 1, step 1", "version 1, step 2", "version 2, step 1", "version 2, step 2",
    ]  # fmt: skip


def test_nothing_is_held_while_nothing_is_taken_and_what_waits_is_named(universe: Universe) -> None:
    sign_chain(universe.ours, [Link(TODAY - 20 * DAY, ((10, 4),)), TWO])
    plan = Plan.objects.get()
    with pytest.raises(
        actions.CannotDraft, match=r"no step to hold\. Version 2 begins on Wednesday, April 1"
    ):
        hold(plan, universe)


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        (Reason.HOLD, "On hold until Sunday, March 22, 2026: Poor sleep."),
        (Reason.DAYS_CHANGED, "Version 2 changed this step's days: Poor sleep."),
        (Reason.HOLD_ENDED, ""),
        (Reason.SYMPTOMS, ""),
    ],
)
def test_a_hold_says_so_with_its_reason_and_until_when(
    universe: Universe, provider: Client, monkeypatch: pytest.MonkeyPatch, reason: Reason, says: str
) -> None:
    monkeypatch.setattr(revision_problems, "OFFERED", tuple(Reason))  # of older versions too
    first = sign_chain(universe.ours, [ONE])[0]
    sign_link(first.plan, replace(ONE, reason=reason, explanation="Poor sleep"), universe.ours)
    for page in (
        words(provider, first.plan.get_absolute_url()),
        words(provider, f"/patients/{first.plan.patient_id}/"),
        words(provider, "/?only=holds"),
    ):
        assert ("On hold" in page or "changed this step" in page) is bool(says)
        assert says in page


# --- Revise -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first_day", "carried"),
    [
        (
            TODAY + 5 * DAY,
            [("1-1", "", "1"), ("1-2", "", "0.75"), ("2-1", "14", "0.5"), ("2-2", "14", "0.25")],
        ),
        (TODAY + 21 * DAY, [("1-2", "", "0.75"), ("2-1", "14", "0.5"), ("2-2", "14", "0.25")]),
        (DECEMBER, [("2-1", "14", "0.5"), ("2-2", "14", "0.25")]),
        (DECEMBER + 3 * DAY, [("2-1", "", "0.5"), ("2-2", "14", "0.25")]),
        (
            TODAY - 3 * DAY,
            [("1-1", "21", "1"), ("1-2", "", "0.75"), ("2-1", "14", "0.5"), ("2-2", "14", "0.25")],
        ),
    ],
)
def test_a_revision_carries_what_is_in_force_on_its_day_and_what_waits_after_it(
    plan: Plan, universe: Universe, first_day: date, carried: list[tuple[str, str, str]]
) -> None:
    assert rows(from_json(start_chain_revision(plan, first_day, universe.ours).content)) == carried


def test_a_step_that_is_stayed_on_until_another_version_begins_has_its_days_to_type(
    universe: Universe,
) -> None:
    sign_chain(universe.ours, [Link(TODAY, ((7, 4), (7, 3)), stays=True), TWO])
    plan = Plan.objects.get()
    assert rows(from_json(start_chain_revision(plan, TODAY, universe.ours).content))[:2] == [
        ("1-1", "7", "1"),
        ("1-2", "", "0.75"),
    ]


def test_days_without_a_dose_between_two_versions_are_not_closed_unseen(universe: Universe) -> None:
    sign_chain(universe.ours, [Link(TODAY, ((10, 4),)), TWO])
    plan = Plan.objects.select_related("patient__clinic").get()
    draft = confirmed_draft(hold(plan, universe))
    (warning,) = [one for one in check_draft(plan, draft, today=TODAY).warnings if one.code == "closed-gap"]
    assert "nothing is taken from Thursday, March 12, 2026 until Wednesday, April 1, 2026" in warning.sentence


def test_the_revise_page_says_what_applies_until_when(plan: Plan, provider: Client) -> None:
    page = words(provider, f"{plan.get_absolute_url()}revise/")
    assert "Version 1: from Monday, March 2, 2026 to Tuesday, March 31, 2026." in page
    assert "Version 2: from Wednesday, April 1, 2026 on." in page


def test_a_draft_from_before_versions_were_named_keeps_where_its_rows_come_from() -> None:
    step = {"days": "", "dose": "1", "note": "", "quantities": {}, "carried": 2, "confirmed": True}
    old = from_json({"base": 3, "steps": [step, step | {"carried": 0}]})
    assert [one.carried for one in old.steps] == [Origin(3, 2), None]


# --- Pages ------------------------------------------------------------------------------------


def test_the_plan_page_shows_what_is_in_force_first_and_what_waits_after_it(
    plan: Plan, provider: Client
) -> None:
    page = words(provider, plan.get_absolute_url())
    assert "step 1 of 2, 1 mg a day" in page
    one, two = page.index("The signed schedule, version 1"), page.index("The signed schedule, version 2")
    assert one < two
    assert "In force until version 2 takes over on Wednesday, April 1, 2026." in page
    assert "In force from Wednesday, April 1, 2026 on." in page
    assert "only up to Tue, Mar 31, 2026: then a newer version takes over" in page


def test_what_the_steps_need_is_counted_up_to_the_day_on_which_another_version_takes_over(
    plan: Plan, provider: Client
) -> None:
    """21 days of 2 tablets and 9 of 1½; then 14 of 1 and 14 of ½."""
    page = words(provider, plan.get_absolute_url())
    first = page[
        page.index("What the steps of version 1 need") : page.index("The signed schedule, version 2")
    ]
    second = page[page.index("What the steps of version 2 need") :]
    assert "up to Tuesday, March 31, 2026" in first
    assert "55½ tablets 56 tablets" in first
    assert "21 tablets 21 tablets" in second


def test_the_plan_page_prints_each_version_by_its_name(plan: Plan, provider: Client) -> None:
    page = words(provider, plan.get_absolute_url())
    assert "Print version 1, in force now" in page
    assert "Print version 2, from April 1 on" in page


def test_the_patients_page_names_what_is_in_force_and_what_waits(plan: Plan, provider: Client) -> None:
    page = words(provider, f"/patients/{plan.patient_id}/")
    assert "Version 1, from March 2, 2026 on" in page
    assert "Version 2, from April 1, 2026 on" in page
    assert "step 1 of 2, 1 mg a day" in page


def test_compare_opens_with_what_is_in_force_and_what_takes_over(
    plan: Plan, universe: Universe, provider: Client
) -> None:
    sign_link(plan, Link(DECEMBER + 60 * DAY, ((9, 1),)), universe.ours)
    assert "version 1 beside version 2" in words(provider, f"{plan.get_absolute_url()}compare/")


def test_a_version_that_never_began_says_so(plan: Plan, universe: Universe, provider: Client) -> None:
    sign_link(plan, Link(DECEMBER - DAY, ((9, 1),)), universe.ours)
    page = words(provider, f"{plan.get_absolute_url()}versions/2/")
    assert "Replaced by version 3 before it began." in page
