"""The plans of an archived patient, and a plan that has ended: read, and not changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.patients.actions import archive_patient
from taperplanner.patients.models import Patient
from taperplanner.saving import Refused
from taperplanner.tapers import actions
from taperplanner.tapers.models import Plan, State, Version
from taperplanner.tapers.schedule.reasons import Reason
from taperplanner.tapers.schedule.schedule import Form

from ..world.plans import DETAILS, MARCH_20, NARDI, open_plan, sign_plan
from ..world.universe import NOW, House, Universe

Act = Callable[[Version, House], object]


def _edit(version: Version, house: House) -> object:
    plan = version.plan
    return actions.edit_plan(plan=plan, revision=plan.revision, details=DETAILS, by=house.provider, at=NOW)


def _end(version: Version, house: House) -> object:
    plan, by = version.plan, house.provider
    return actions.end_plan(
        plan=plan, revision=plan.revision, state=State.COMPLETED, reason="Done", by=by, at=NOW
    )


def _add(version: Version, house: House) -> object:
    product = actions.ProductDetails(Form.TABLET, parse_dose("2"), parse_quantity("1"))
    return actions.add_product(plan=version.plan, details=product, by=house.provider, at=NOW)


def _retire(version: Version, house: House) -> object:
    product = version.plan.products.get(number=1)
    return actions.retire_product(product=product, by=house.provider, at=NOW)


def _start(version: Version, house: House) -> object:
    return actions.start_draft(plan=version.plan, by=house.provider, at=NOW)


def _revise(version: Version, house: House) -> object:
    return actions.start_revision(
        plan=version.plan,
        first_day=MARCH_20,
        typed_day="03/20/2026",
        reason=Reason.SUPPLY,
        explanation="",
        by=house.provider,
        at=NOW,
    )


def _hold(version: Version, house: House) -> object:
    return actions.start_hold(plan=version.plan, today=date(2026, 3, 20), by=house.provider, at=NOW)


def _check(version: Version, house: House) -> object:
    typed = [parse_dose(row[1]) for row in NARDI]
    return actions.check_version(version=version, typed=typed, by=house.staff, at=NOW)


EVERY = [_edit, _end, _add, _retire, _start, _revise, _hold, _check]


@pytest.fixture
def version(universe: Universe) -> Version:
    signed = sign_plan(open_plan(universe.ours), universe.ours)
    return Version.objects.select_related("plan__patient").get(pk=signed.pk)


@pytest.mark.parametrize("act", EVERY, ids=lambda act: act.__name__.strip("_"))
def test_nothing_is_done_to_a_plan_of_an_archived_patient(
    universe: Universe, version: Version, act: Act
) -> None:
    patient = Patient.objects.get(pk=version.plan.patient_id)
    archive_patient(
        patient=patient, reason="Moved away", revision=patient.revision, by=universe.ours.staff, at=NOW
    )
    with pytest.raises(Refused, match="This patient is archived, so nothing can be changed"):
        act(version, universe.ours)


@pytest.mark.parametrize("act", EVERY, ids=lambda act: act.__name__.strip("_"))
def test_nothing_is_done_to_a_plan_that_has_ended(universe: Universe, version: Version, act: Act) -> None:
    _end(version, universe.ours)
    version.plan = Plan.objects.get(pk=version.plan_id)
    with pytest.raises(Refused, match="This plan has ended"):
        act(version, universe.ours)


def test_what_was_signed_for_an_archived_patient_stays_readable(universe: Universe, version: Version) -> None:
    patient = Patient.objects.get(pk=version.plan.patient_id)
    archive_patient(
        patient=patient, reason="Moved away", revision=patient.revision, by=universe.ours.staff, at=NOW
    )
    page = universe.client_of(universe.ours.staff).get(version.get_absolute_url())
    assert page.status_code == 200
    assert "1.5 mg" in page.content.decode()
