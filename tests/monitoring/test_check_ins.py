"""Check-ins and emergencies: kept as recorded, corrected by another row, closed by a provider."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from taperplanner.audit.models import Event
from taperplanner.doses import Dose, Quantity
from taperplanner.monitoring.check_ins import actions as check_ins
from taperplanner.monitoring.check_ins.taken import TakenRun
from taperplanner.monitoring.emergencies import actions as emergencies
from taperplanner.monitoring.models import CheckIn, Emergency, Status
from taperplanner.monitoring.scales import PHQ9, score_of
from taperplanner.tapers.models import Plan, Version

from ..world.course import add_follow_up, check_in, check_in_details, emergency_of
from ..world.people import answer_all, build_patient
from ..world.plans import TODAY, open_plan
from ..world.universe import NOW, Universe


def test_a_check_in_keeps_what_was_said(universe: Universe, plan: Plan) -> None:
    run = TakenRun(date(2026, 2, 20), TODAY, Dose(1_500_000))
    made = check_in(
        plan,
        universe.ours,
        ratings={"anxiety": 2, "insomnia": 0},
        phq9=score_of(PHQ9, [1] * 8 + [0], None),
        systolic=128,
        diastolic=82,
        pulse=74,
        taken=(run,),
        left={1: Quantity(12_500)},
        decision="continue",
    )
    made = CheckIn.objects.get(pk=made.pk)
    assert (made.number, made.recorded_by_name, made.phq9_total) == (1, "Sam Staff, RN", 8)
    assert dict(made.ratings.values_list("symptom", "severity")) == {"anxiety": 2, "insomnia": 0}
    assert [TakenRun(row.first_day, row.last_day, row.dose) for row in made.runs.all()] == [run]
    assert made.left.get().quantity == Quantity(12_500)
    assert not Emergency.objects.exists()
    event = Event.objects.get(action="check_in.recorded")
    assert (event.subject, event.details) == ("plan 1, check-in 1", {})


def test_it_settles_the_follow_up_it_answers(universe: Universe, plan: Plan) -> None:
    follow_up = add_follow_up(plan, universe.ours)
    check_in(plan, universe.ours, follow_up=follow_up)
    follow_up.refresh_from_db()
    assert (follow_up.status, follow_up.revision) == (Status.DONE, 2)
    with pytest.raises(check_ins.CannotRecordCheckIn, match="settled meanwhile"):
        check_in(plan, universe.ours, follow_up=follow_up)


def test_it_does_not_answer_another_patients_follow_up(universe: Universe, plan: Plan) -> None:
    """H25: a visit on the wrong plan."""
    other = build_patient(universe.ours)
    answer_all(other, by=universe.ours.provider)
    follow_up = add_follow_up(open_plan(universe.ours, other), universe.ours)
    with pytest.raises(check_ins.CannotRecordCheckIn, match="not one of this plan"):
        check_in(plan, universe.ours, follow_up=follow_up)
    assert not CheckIn.objects.exists()


def test_a_correction_names_the_old_one_which_stays(universe: Universe, plan: Plan) -> None:
    old = check_in(plan, universe.ours, ratings={"anxiety": 3})
    new = check_ins.correct_check_in(
        check_in=old,
        details=check_in_details(ratings={"anxiety": 1}),
        why="Another patient's answer",
        by=universe.ours.provider,
        at=NOW,
    )
    assert (new.number, new.corrects) == (2, old)
    assert old.ratings.get().severity == 3
    assert list(plan.check_ins.valid()) == [new]
    with pytest.raises(check_ins.CannotCorrectCheckIn, match="corrected already"):
        check_ins.correct_check_in(
            check_in=old, details=check_in_details(), why="Again", by=universe.ours.staff, at=NOW
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE monitoring_checkin SET happened_on = '2020-01-01'",
        "DELETE FROM monitoring_checkin",
        "UPDATE monitoring_symptomrating SET severity = 0",
        "DELETE FROM monitoring_emergency",
        "DELETE FROM monitoring_emergencyentry",
    ],
)
def test_the_database_refuses_to_change_what_was_recorded(
    universe: Universe, plan: Plan, statement: str
) -> None:
    raised = emergency_of(plan, universe.ours)
    emergencies.answer_emergency(emergency=raised, done="Called 911", by=universe.ours.staff, at=NOW)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_no_rating_is_slipped_into_a_check_in_afterwards(universe: Universe, plan: Plan) -> None:
    made = check_in(plan, universe.ours)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        made.ratings.create(symptom="anxiety", severity=1)


@pytest.mark.parametrize(
    "broken",
    [{"systolic": 80, "diastolic": 90}, {"systolic": 80}, {"ciwa_b": 81}, {"bwsq": 41}],
    ids=str,
)
def test_the_database_refuses_the_impossible(universe: Universe, plan: Plan, broken: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        check_in(plan, universe.ours, **broken)


def test_a_danger_sign_raises_an_emergency_until_a_provider_closes_it(universe: Universe, plan: Plan) -> None:
    raised = emergency_of(plan, universe.ours)
    patient, provider = plan.patient, universe.ours.provider
    assert (raised.signs, list(patient.emergencies.open())) == (["seizure"], [raised])
    assert Event.objects.get(action="check_in.recorded").details == {"emergency": "raised"}
    close: dict[str, Any] = {"emergency": raised, "note": "Seen in hospital, stable", "at": NOW}
    with pytest.raises(emergencies.CannotCloseEmergency, match="what was done first"):
        emergencies.close_emergency(by=provider, **close)
    emergencies.answer_emergency(emergency=raised, done="Called 911", by=universe.ours.staff, at=NOW)
    assert not patient.emergencies.unanswered().exists()
    with pytest.raises(emergencies.CannotCloseEmergency, match="Only a provider"):
        emergencies.close_emergency(by=universe.ours.staff, **close)
    assert patient.emergencies.open().exists()
    emergencies.close_emergency(by=provider, **close)
    assert not patient.emergencies.open().exists()
    with pytest.raises(emergencies.CannotCloseEmergency, match="closed already"):
        emergencies.close_emergency(by=provider, **close)
    with pytest.raises(emergencies.CannotAnswerEmergency, match="closed meanwhile"):
        emergencies.answer_emergency(emergency=raised, done="More", by=provider, at=NOW)


def test_a_correction_raises_only_what_is_new(universe: Universe, plan: Plan) -> None:
    first = emergency_of(plan, universe.ours).check_in
    correct: dict[str, Any] = {"why": "Slip", "by": universe.ours.staff, "at": NOW}
    same = check_ins.correct_check_in(
        check_in=first, details=check_in_details(ratings={"seizure": 1}), **correct
    )
    assert Emergency.objects.count() == 1
    check_ins.correct_check_in(
        check_in=same, details=check_in_details(ratings={"seizure": 1, "disorientation": 1}), **correct
    )
    assert Emergency.objects.count() == 2


def test_a_correction_does_not_close_an_emergency(universe: Universe, version: Version) -> None:
    plan = version.plan
    first = emergency_of(plan, universe.ours).check_in
    check_ins.correct_check_in(
        check_in=first, details=check_in_details(), why="No seizure", by=universe.ours.staff, at=NOW
    )
    assert plan.patient.emergencies.open().exists()
