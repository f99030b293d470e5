"""Rows that are read within the row they hang on, and what is known to have none, on the database of the run."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taperplanner.monitoring.models import FollowUp, HoldRequest
from taperplanner.rows_within import RowsWithin, has_any, knowing_of
from taperplanner.tapers.models import Dose, PatternDay, Plan, Version

from .world.course import add_follow_up
from .world.plans import open_plan, signed_version
from .world.universe import Universe


def test_they_are_those_that_a_query_of_their_own_would_give(universe: Universe) -> None:
    version, other = signed_version(universe.ours), signed_version(universe.theirs)
    columns = ("position", "time", "quantity_thousandths")
    read = Version.objects.annotate(taken=RowsWithin(Dose, *columns, by="version"))
    with CaptureQueriesContext(connection) as asked:
        found = {row.pk: row.taken for row in read}
    assert len(asked) == 1
    for one in (version, other):
        alone = Dose.objects.filter(version=one).values_list(*columns)
        assert sorted(found[one.pk]) == sorted(map(list, alone))


def test_texts_are_what_was_typed_and_days_are_text(universe: Universe) -> None:
    version = signed_version(universe.ours)
    read = Plan.objects.annotate(due=RowsWithin(FollowUp, "due_on", "purpose", by="plan"))
    add_follow_up(version.plan, universe.ours, date(2026, 3, 20))
    purpose = FollowUp.objects.get().purpose
    assert read.get(pk=version.plan_id).due == [["2026-03-20", purpose]]


def test_where_there_is_none_there_is_nothing(universe: Universe) -> None:
    version = signed_version(universe.ours)
    within = RowsWithin(PatternDay, "day", by="version")
    assert not Version.objects.annotate(days=within).get(pk=version.pk).days


@pytest.mark.parametrize("is_asked", [True, False])
def test_a_row_knows_what_it_has_none_of_if_that_was_asked(universe: Universe, is_asked: bool) -> None:
    plan = open_plan(universe.ours)
    rows = knowing_of(Plan.objects.all(), [FollowUp, HoldRequest] if is_asked else [], by="plan")
    before = rows.get(pk=plan.pk)
    add_follow_up(plan, universe.ours)
    after = rows.get(pk=plan.pk)
    assert has_any(before, FollowUp) is not is_asked
    assert has_any(after, FollowUp)
    assert has_any(after, HoldRequest) is not is_asked
