"""Follow-ups: what the actions do and refuse, and what the database refuses behind them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from taperplanner.audit.models import Event
from taperplanner.monitoring.follow_ups import actions
from taperplanner.monitoring.follow_ups.due import with_each_step
from taperplanner.monitoring.models import FollowUp, Status
from taperplanner.patients.actions import archive_patient
from taperplanner.saving import Conflict
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.signed.content import verified_content, verified_course

from ..world.course import add_follow_up, add_with_steps, details
from ..world.plans import MARCH_20, TODAY, sign_revision, start_revision
from ..world.universe import NOW, Universe


def test_a_follow_up_is_due_on_the_day_that_was_typed(universe: Universe, plan: Plan) -> None:
    follow_up = add_follow_up(plan, universe.ours, date(2026, 3, 9))
    assert (follow_up.number, follow_up.due_on, follow_up.is_open) == (1, date(2026, 3, 9), True)
    event = Event.objects.get(action="follow_up.added")
    assert (event.subject, event.details) == ("plan 1, follow-up 1", {})


def test_with_each_step_makes_one_for_each_step(universe: Universe, version: Version) -> None:
    added = add_with_steps(version, universe.ours, 5)
    begins = [dated.first_day for dated in verified_content(version).schedule.dated_steps()]
    assert [one.due_on for one in added] == [day + timedelta(days=5) for day in begins]
    assert [one.step_position for one in added] == [1, 2, 3, 4, 5, 6]
    assert Event.objects.filter(action="follow_up.added_with_steps").count() == 1


def test_somebody_of_another_clinic_is_not_given_a_follow_up(universe: Universe, plan: Plan) -> None:
    given = actions.FollowUpDetails("Call", universe.theirs.staff)
    with pytest.raises(actions.CannotAddFollowUp):
        actions.add_follow_up(plan=plan, due_on=TODAY, details=given, by=universe.ours.staff, at=NOW)


def test_an_archived_patient_gets_no_follow_up(universe: Universe, plan: Plan) -> None:
    archive_patient(patient=plan.patient, reason="Moved away", revision=1, by=universe.ours.provider, at=NOW)
    with pytest.raises(actions.CannotAddFollowUp, match="archived"):
        add_follow_up(plan, universe.ours)


def test_nothing_moves_when_a_newer_version_is_signed(universe: Universe, version: Version) -> None:
    add_with_steps(version, universe.ours, 5)
    before = list(version.plan.follow_ups.by_day().values_list("due_on", "step_position"))
    sign_revision(start_revision(version, universe.ours), universe.ours)
    assert list(version.plan.follow_ups.by_day().values_list("due_on", "step_position")) == before


def test_only_those_whose_step_had_not_begun_wait_for_a_decision(
    universe: Universe, version: Version
) -> None:
    """The newer version begins on March 20, in step 2, which began on March 16."""
    add_with_steps(version, universe.ours, 5)
    assert not version.plan.follow_ups.moved().exists()
    sign_revision(start_revision(version, universe.ours, MARCH_20), universe.ours)
    assert [one.step_position for one in version.plan.follow_ups.moved().by_day()] == [3, 4, 5, 6]


def test_each_is_kept_moved_or_cancelled_as_a_person_decides(universe: Universe, version: Version) -> None:
    add_with_steps(version, universe.ours, 5)
    newer = sign_revision(start_revision(version, universe.ours, MARCH_20), universe.ours)
    kept, moved, cancelled, left = newer.plan.follow_ups.moved().by_day()
    course = verified_course(newer.plan)
    assert course is not None
    target = next(
        one
        for one in with_each_step(course, offset_days=5, today=TODAY)
        if (one.step.version, one.step.dated.step.position) == (newer, 2)
    )
    decisions = {
        kept: actions.Moved(1),
        moved: actions.Moved(1, step=target),
        cancelled: actions.Moved(1, reason="Not needed any more"),
    }
    actions.decide_moved(version=newer, decisions=decisions, by=universe.ours.staff, at=NOW)
    was = kept.due_on
    for row in (kept, moved, cancelled):
        row.refresh_from_db()
    assert (kept.due_on, kept.is_linked_to_step) == (was, False)
    assert (moved.due_on, moved.version_number, moved.step_position) == (target.due_on, 2, 2)
    assert (cancelled.status, cancelled.reason) == (Status.CANCELLED, "Not needed any more")
    assert list(newer.plan.follow_ups.moved()) == [left]


def test_a_decision_on_what_somebody_else_decided_is_refused(universe: Universe, version: Version) -> None:
    add_with_steps(version, universe.ours, 5)
    newer = sign_revision(start_revision(version, universe.ours, MARCH_20), universe.ours)
    follow_up = newer.plan.follow_ups.moved().by_day()[0]
    decide: dict[str, Any] = {"version": newer, "by": universe.ours.staff, "at": NOW}
    actions.decide_moved(decisions={follow_up: actions.Moved(1)}, **decide)
    with pytest.raises(actions.CannotEditFollowUp, match="changed one of these"):
        actions.decide_moved(decisions={follow_up: actions.Moved(1, reason="No")}, **decide)


def test_another_date_takes_it_off_its_step(universe: Universe, version: Version) -> None:
    follow_up = add_with_steps(version, universe.ours, 5)[0]
    edit: dict[str, Any] = {"details": details(universe.ours), "by": universe.ours.staff, "at": NOW}
    same = actions.edit_follow_up(follow_up=follow_up, due_on=follow_up.due_on, revision=1, **edit)
    assert same.is_linked_to_step
    other = actions.edit_follow_up(follow_up=same, due_on=date(2026, 3, 10), revision=2, **edit)
    assert not other.is_linked_to_step


def test_the_second_to_settle_is_told(universe: Universe, plan: Plan) -> None:
    follow_up = add_follow_up(plan, universe.ours)
    settle: dict[str, Any] = {"follow_up": follow_up, "reason": "", "by": universe.ours.staff, "at": NOW}
    actions.settle_follow_up(status=Status.DONE, revision=1, **settle)
    with pytest.raises(Conflict):
        actions.settle_follow_up(status=Status.MISSED, revision=1, **settle)
    with pytest.raises(actions.CannotSettleFollowUp, match="settled already"):
        actions.settle_follow_up(status=Status.MISSED, revision=2, **settle)


def test_it_is_cancelled_only_with_a_reason(universe: Universe, plan: Plan) -> None:
    follow_up = add_follow_up(plan, universe.ours)
    with pytest.raises(actions.CannotSettleFollowUp, match="why"):
        actions.settle_follow_up(
            follow_up=follow_up,
            status=Status.CANCELLED,
            reason="",
            revision=1,
            by=universe.ours.staff,
            at=NOW,
        )


@pytest.mark.parametrize(
    "broken",
    [
        {"status": Status.DONE},
        {"status": Status.CANCELLED, "settled_at": NOW},
        {"purpose": ""},
        {"offset_days": 5},
        {"reason": "Said by nobody"},
    ],
    ids=str,
)
def test_the_database_refuses_half_a_follow_up(
    universe: Universe, plan: Plan, broken: dict[str, object]
) -> None:
    follow_up = add_follow_up(plan, universe.ours)
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=follow_up.pk).update(**broken)
