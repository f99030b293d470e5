"""How many days a carried step has: as signed where all are left, and otherwise the provider's to type."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from taperplanner.tapers import actions
from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.draft.typed import Origin, from_json
from taperplanner.tapers.models import Version
from taperplanner.tapers.signed.content import verified_content

from ..world.plans import (
    TODAY,
    confirmed_draft,
    open_plan,
    save_draft,
    sign_plan,
    sign_revision,
    start_revision,
    typed_schedule,
)
from ..world.steps import every_day
from ..world.universe import Universe

pytestmark = pytest.mark.usefixtures("now")


def test_the_days_of_a_running_step_are_the_providers_to_type(version: Version, universe: Universe) -> None:
    draft = start_revision(version, universe.ours)
    carried = confirmed_draft(from_json(draft.content), days="")
    with pytest.raises(actions.CannotSign, match="Step 1: enter the number of days"):
        sign_revision(draft, universe.ours, carried)


@pytest.mark.parametrize(
    ("first_day", "days"),
    [(date(2026, 3, 30), ["14", "7", "7", "7"]), (date(2026, 2, 1), ["14", "14", "14", "7", "7", "7"])],
    ids=["on a step's first day", "before the schedule"],
)
def test_days_that_are_all_left_are_carried_over_as_signed(
    version: Version, universe: Universe, first_day: date, days: list[str]
) -> None:
    draft = from_json(start_revision(version, universe.ours, first_day=first_day).content)
    assert [step.days for step in draft.steps] == days


def test_while_the_last_step_is_stayed_on_a_revision_holds_that_step(universe: Universe) -> None:
    version = sign_plan(open_plan(universe.ours), universe.ours, typed_schedule(ending="stay"))
    draft = from_json(start_revision(version, universe.ours, first_day=date(2026, 6, 1)).content)
    assert [(step.days, step.dose, step.carried) for step in draft.steps] == [("", "0.25", Origin(1, 6))]
    assert dict(draft.steps[0].quantities) == {"bedtime-2": "½"}


def test_after_the_stop_a_revision_starts_empty(version: Version, universe: Universe) -> None:
    draft = from_json(start_revision(version, universe.ours, first_day=date(2026, 6, 1)).content)
    assert draft.filled == ()


@pytest.mark.parametrize(
    ("first_day", "says"),
    [
        ("03/20/2026", "This step is running on that day. Type how many days it goes on."),
        ("03/16/2026", "Type how many days it goes on from the first day."),
        ("", "Type how many days it goes on from the first day."),
    ],
)
def test_what_is_to_type_is_asked_without_a_number(
    version: Version, universe: Universe, provider: Client, first_day: str, says: str
) -> None:
    draft = from_json(start_revision(version, universe.ours).content)
    save_draft(version.plan, replace(draft, first_day=first_day), universe.ours)
    page = provider.get(f"{version.plan.get_absolute_url()}draft/").content.decode()
    assert re.findall("<span>([^<]*Type [^<]*)</span>", page) == [says]


def test_a_rise_is_measured_against_what_is_taken_on_the_day_before(
    version: Version, universe: Universe
) -> None:
    """On the first day of a signed step, what was taken until then is the step before it."""
    first = verified_content(version).schedule
    second = list(first.dated_steps())[1]
    draft = start_revision(version, universe.ours, second.first_day)
    version.plan.refresh_from_db()
    parsed = check_draft(version.plan, from_json(draft.content), today=TODAY).parsed
    assert parsed.with_steps_before()[0][0] == first.steps[0] != second.step
    # More than the step it begins on takes, and as much as was taken the day before: no rise.
    again = from_json(draft.content)
    for dose, is_rise in ((every_day(first.steps[0]).dose.number, False), ("3.5", True)):
        changed = replace(again, steps=(replace(again.steps[0], dose=dose), *again.steps[1:]))
        warnings = check_draft(version.plan, changed, today=TODAY).warnings
        assert any(problem.place == "rise-1" for problem in warnings) is is_rise
