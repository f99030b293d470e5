"""Reviews on the first page: overdue and due ones, with what is not recorded, and plans without a date."""

from __future__ import annotations

from datetime import timedelta

import pytest

from taperplanner.patients.actions import archive_patient
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.models import Plan, State
from taperplanner.worklist.page import sections_of
from taperplanner.worklist.sections import Section, WorklistQuery

from ..world.course import in_error, review, words_of
from ..world.people import build_patient
from ..world.plans import TODAY, open_plan
from ..world.universe import NOW, House, Universe

DAY = timedelta(days=1)
LAST = TODAY - 30 * DAY


def section(house: House, key: str) -> Section:
    query = WorklistQuery(house.clinic, TODAY, None, limit=12, user=house.staff)
    return next(one for one in sections_of(query) if one.key == key)


def due(house: House) -> Section:
    return section(house, "reviews-due")


def undated(house: House) -> Section:
    return section(house, "reviews-undated")


def test_overdue_and_due_reviews_stand_there_with_what_is_not_recorded(
    universe: Universe, plan: Plan
) -> None:
    review(plan, universe.ours, day=LAST, pdmp="looked_at", cbt="offered", next_due_on=TODAY - DAY)
    page = words_of(universe.client_of(universe.ours.staff).get("/"))
    assert "Reviews overdue, or due within 7 days (1)" in page
    assert (
        "Sunday, March 1, 2026 The review is overdue. Not recorded: risk and benefit, naloxone, level of care,"
        " psychiatric care, harm reduction" in page
    )
    (row,) = due(universe.ours).rows
    assert row.is_late
    assert row.address == f"/patients/{plan.patient_id}/plans/{plan.number}/reviews/add/"


@pytest.mark.parametrize(
    ("days", "is_there", "is_late"),
    [(-400, True, True), (-1, True, True), (0, True, False), (6, True, False), (7, False, False)],
)
def test_a_review_stands_there_from_six_days_before(
    universe: Universe, plan: Plan, days: int, is_there: bool, is_late: bool
) -> None:
    day = TODAY + days * DAY
    review(plan, universe.ours, day=day - 9 * DAY if days < 0 else LAST, pdmp="looked_at", next_due_on=day)
    rows = due(universe.ours).rows
    assert [row.is_late for row in rows] == ([is_late] if is_there else [])
    assert undated(universe.ours).total == 0


def test_the_earliest_stands_first(universe: Universe) -> None:
    for days in (3, -3, 0):
        plan = open_plan(universe.ours, build_patient(universe.ours))
        review(plan, universe.ours, day=LAST, pdmp="looked_at", next_due_on=TODAY + days * DAY)
    assert [row.when.partition(",")[0] for row in due(universe.ours).rows] == ["Friday", "Monday", "Thursday"]


def test_an_open_plan_without_a_date_stands_there_too(universe: Universe, plan: Plan) -> None:
    (row,) = undated(universe.ours).rows
    assert row.what.startswith("No date for the next review is recorded. Not recorded: PDMP")
    made = review(plan, universe.ours, pdmp="looked_at", next_due_on=TODAY + 60 * DAY)
    assert undated(universe.ours).total == 0
    in_error(made, universe.ours)
    assert undated(universe.ours).total == 1


def test_no_review_of_an_ended_plan_or_an_archived_patient_stands_there(
    universe: Universe, plan: Plan
) -> None:
    house = universe.ours
    other = open_plan(house, build_patient(house))
    for one in (plan, other):
        review(one, house, day=LAST, pdmp="looked_at", next_due_on=TODAY - DAY)
    assert due(house).total == 2
    plan.refresh_from_db()
    end_plan(
        plan=plan, revision=plan.revision, state=State.DISCONTINUED, reason="Moved", by=house.provider, at=NOW
    )
    other.patient.refresh_from_db()
    archive_patient(
        patient=other.patient, revision=other.patient.revision, reason="Moved", by=house.staff, at=NOW
    )
    assert (due(house).total, undated(house).total) == (0, 0)
