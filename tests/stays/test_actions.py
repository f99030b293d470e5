"""A stay is recorded, put right, ended and decided about, by rows that never change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from taperplanner.accounts.models import User
from taperplanner.audit.models import Event
from taperplanner.patients.actions import archive_patient
from taperplanner.stays import actions
from taperplanner.stays.models import Gives, GoesOn, Stay
from taperplanner.stays.rule import undecided_plans, whereabouts_of_one
from taperplanner.tapers.models import Plan, Version

from ..world.people import build_patient
from ..world.plans import TODAY, open_plan, sign_plan, sign_revision, start_revision
from ..world.stays import FACILITY, REASON, back_of, ended, goes_on, stay_of
from ..world.two_plans import open_bridge, rising
from ..world.universe import NOW, House

LATER = NOW + timedelta(hours=2)


def waits(plan: Plan) -> bool:
    """By the rule for one patient and by that for the clinic, which say the same."""
    now = whereabouts_of_one(plan.patient)
    by_rule = now.is_undecided(plan.pk, plan.versions.all())
    assert by_rule == undecided_plans(plan.patient.clinic).filter(pk=plan.pk).exists()
    return by_rule


def test_a_patient_is_in_one_place_at_a_time(house: House, plan: Plan) -> None:
    stay_of(plan.patient, house)
    with pytest.raises(actions.CannotRecordStay, match="Record first that they left it"):
        stay_of(plan.patient, house)


def test_no_stay_of_an_archived_patient_is_recorded(house: House) -> None:
    patient = build_patient(house)
    archive_patient(patient=patient, revision=patient.revision, reason="Moved", by=house.staff, at=NOW)
    with pytest.raises(actions.CannotRecordStay):
        stay_of(patient, house)


def test_what_is_known_of_a_stay_is_put_right_by_a_newer_row(house: House, plan: Plan) -> None:
    stay = stay_of(plan.patient, house, Gives.NOT_KNOWN)
    details = actions.StayDetails(FACILITY, TODAY, Gives.PATIENT, "The ward")
    newer = actions.correct_stay(stay=stay, details=details, by=house.staff, at=LATER)
    assert whereabouts_of_one(plan.patient).stay == newer
    assert Stay.objects.get(pk=stay.pk).gives == Gives.NOT_KNOWN
    with pytest.raises(actions.CannotRecordStay):
        actions.correct_stay(stay=stay, details=details, by=house.staff, at=LATER)
    with pytest.raises(actions.CannotEndStay):
        ended(stay, house)


def test_nobody_leaves_before_they_came(house: House, plan: Plan) -> None:
    with pytest.raises(actions.CannotEndStay, match="The stay began on March 2, 2026"):
        ended(stay_of(plan.patient, house), house, ended_on=TODAY - timedelta(days=1))


def test_a_plan_waits_from_the_end_of_the_stay_until_a_provider_says_that_it_goes_on(
    house: House, plan: Plan
) -> None:
    assert not waits(plan)
    stay = stay_of(plan.patient, house)
    assert not waits(plan)
    end = ended(stay, house)
    assert waits(plan)
    decision = goes_on(plan, end, house, at=LATER)
    assert not waits(plan)
    assert decision.version == plan.versions.get()
    assert Event.objects.filter(action="stay.goes_on", patient_id=plan.patient_id).exists()


def test_a_version_that_is_signed_afterwards_is_the_decision(house: House, version: Version) -> None:
    back_of(version.plan, house, at=NOW - timedelta(hours=1))
    assert not waits(version.plan)  # the version was signed after it
    back_of(version.plan, house, at=NOW)
    assert waits(version.plan)
    sign_revision(start_revision(version, house), house, at=LATER)
    assert not waits(version.plan)


def test_what_was_signed_while_the_patient_was_away_decides_nothing(house: House, version: Version) -> None:
    stay = stay_of(version.plan.patient, house)
    sign_revision(start_revision(version, house), house, at=LATER)
    ended(stay, house, at=LATER + timedelta(hours=1))
    assert waits(version.plan)


def test_each_plan_waits_for_its_own_decision(house: House, plan: Plan) -> None:
    other = sign_plan(open_bridge(house, plan.patient), house, rising()).plan
    end = back_of(plan, house)
    goes_on(plan, end, house)
    assert (waits(plan), waits(other)) == (False, True)


def test_a_new_stay_does_not_make_up_for_a_decision(house: House, plan: Plan) -> None:
    """Else whoever moves on to a facility where they take their own tablets would be printed for."""
    back_of(plan, house)
    stay_of(plan.patient, house, Gives.PATIENT)
    assert waits(plan)


def test_a_plan_of_which_nothing_is_signed_waits_for_nothing(house: House) -> None:
    plan = open_plan(house, build_patient(house))
    back_of(plan, house)
    assert not waits(plan)


@pytest.mark.parametrize("reason", ["", REASON])
def test_a_decision_needs_a_reason_and_the_end_that_was_read(house: House, plan: Plan, reason: str) -> None:
    end = back_of(plan, house)
    if reason:
        goes_on(plan, end, house)
    with pytest.raises(actions.CannotGoOn):
        actions.go_on_as_signed(plan=plan, end=end, reason=reason, by=house.provider, at=LATER)
    assert GoesOn.objects.count() == bool(reason)


def test_nobody_decides_while_the_patient_is_away_again(house: House, plan: Plan) -> None:
    end = back_of(plan, house)
    stay_of(plan.patient, house)
    with pytest.raises(actions.CannotGoOn, match="Decide when they have left it"):
        goes_on(plan, end, house)


def test_whoever_may_not_sign_yet_decides_nothing(
    house: House, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(user: User, now: object) -> str:
        return "You cannot sign yet."

    monkeypatch.setattr(actions, "why_not_sign", held)
    with pytest.raises(actions.CannotGoOn, match="You cannot sign yet"):
        goes_on(plan, back_of(plan, house), house)


def test_an_end_in_error_makes_the_patient_away_again_and_undoes_what_was_decided(
    house: House, plan: Plan
) -> None:
    end = back_of(plan, house)
    goes_on(plan, end, house)
    actions.mark_end_in_error(end=end, reason="Still there", by=house.provider, at=LATER)
    assert whereabouts_of_one(plan.patient).stay == end.stay
    ended(end.stay, house, at=LATER)
    assert waits(plan)


def test_a_stay_in_error_counts_as_if_it_had_never_been(house: House, plan: Plan) -> None:
    end = back_of(plan, house)
    actions.mark_stay_in_error(stay=end.stay, reason="Another patient", by=house.provider, at=LATER)
    assert not waits(plan)
    assert whereabouts_of_one(plan.patient).stay is None
    with pytest.raises(actions.CannotMarkStayInError):
        actions.mark_stay_in_error(stay=end.stay, reason="Again", by=house.provider, at=LATER)


def test_only_the_last_end_is_marked(house: House, plan: Plan) -> None:
    """Else the patient would be in two places."""
    end = back_of(plan, house)
    back_of(plan, house, at=LATER)
    with pytest.raises(actions.CannotMarkStayInError, match="in one place"):
        actions.mark_end_in_error(end=end, reason="Still there", by=house.provider, at=LATER)
