"""H31: marking a check-in as entered in error takes no emergency away."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.monitoring.chart.from_rows import chart_facts
from taperplanner.monitoring.check_ins import actions as check_ins
from taperplanner.monitoring.emergencies import actions as emergencies
from taperplanner.monitoring.in_error.actions import CannotMarkInError
from taperplanner.monitoring.models import Emergency, EnteredInError
from taperplanner.monitoring.visit_summary.content import VisitSummary
from taperplanner.monitoring.visit_summary.from_rows import visit_summary_of
from taperplanner.tapers.models import Plan

from ..world.course import check_in_details, emergency_of, in_error, words_of
from ..world.plan_pages import plan_url
from ..world.plans import TODAY
from ..world.universe import NOW, House, Universe


def progress(client: Client, plan: Plan) -> str:
    return words_of(client.get(plan_url(plan, "progress/")))


def close(raised: Emergency, house: House) -> None:
    emergencies.answer_emergency(emergency=raised, done="Called both patients", by=house.staff, at=NOW)
    emergencies.close_emergency(emergency=raised, note="It was Ben's", by=house.provider, at=NOW)


def emergencies_in(summary: VisitSummary) -> tuple[tuple[str, ...], ...]:
    (table,) = (table for table in summary.tables if table.title == "Emergencies")
    return table.rows


def test_an_emergency_outlives_the_mark_until_a_provider_closes_it(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    """H31: whoever marks the check-in takes no danger away from any page."""
    raised = emergency_of(plan, universe.ours)
    about = words_of(staff.get(plan_url(plan, "in-error/check-in/1/")))
    assert "The emergency stays open and marked on every page of this patient." in about
    assert "record it there now, a danger sign first" in about
    in_error(raised.check_in, universe.ours)
    page = progress(staff, plan)
    assert "Open emergency: A seizure" in page
    assert "Its check-in was entered in error; the mark stays until a provider closes it." in page
    assert "Open emergencies (1)" in words_of(staff.get("/"))
    assert "until a provider closes it with a note" in words_of(staff.get(raised.check_in.get_absolute_url()))
    assert chart_facts(universe.ours.clinic, [plan], today=TODAY).milestones
    told = visit_summary_of(plan, today=TODAY, by=universe.ours.staff)
    assert "its check-in was entered in error: Another patient's" in emergencies_in(told)[0][1]
    assert any(question.startswith("Open emergency") for question in told.open_questions)
    close(raised, universe.ours)
    assert "Open emergency" not in progress(staff, plan)
    assert not chart_facts(universe.ours.clinic, [plan], today=TODAY).milestones
    assert emergencies_in(visit_summary_of(plan, today=TODAY, by=universe.ours.staff)) == ()
    assert "It was Ben's" in words_of(staff.get(raised.check_in.get_absolute_url()))


def test_a_closed_emergency_of_a_check_in_that_stands_stays_in_the_picture(
    universe: Universe, plan: Plan
) -> None:
    close(emergency_of(plan, universe.ours), universe.ours)
    assert len(chart_facts(universe.ours.clinic, [plan], today=TODAY).milestones) == 1


def test_what_a_correction_corrects_does_not_come_back(universe: Universe, plan: Plan) -> None:
    old = emergency_of(plan, universe.ours).check_in
    new = check_ins.correct_check_in(
        check_in=old,
        details=check_in_details(ratings={"anxiety": 1}),
        why="Slip",
        by=universe.ours.staff,
        at=NOW,
    )
    with pytest.raises(CannotMarkInError, match="Mark the newer one"):
        in_error(old, universe.ours)
    in_error(new, universe.ours)
    assert not plan.check_ins.valid().exists()
    assert EnteredInError.objects.filter(check_in__in=[old, new], reason="Another patient's").count() == 2
    assert Emergency.objects.open().exists()
