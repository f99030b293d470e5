"""A patient with two open plans: clonazepam goes down while diazepam, which is started to bridge, goes up."""

from __future__ import annotations

from dataclasses import replace

from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.patients.models import Kind, Patient, Use
from taperplanner.tapers import actions
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.models import Goal, Plan
from taperplanner.tapers.schedule.schedule import Form

from .people import medication_record
from .plans import DETAILS
from .remembered import remembered
from .universe import NOW, House

WHAT_FOR = "Bridge with diazepam while clonazepam goes down"
BRIDGE = replace(DETAILS, goal=Goal.START, started_for=WHAT_FOR)
FIVE_MG = 1


@remembered
def open_bridge(house: House, patient: Patient) -> Plan:
    """A plan for diazepam with the 5 mg tablet in halves. Its draft is empty."""
    record = medication_record(
        patient,
        house.provider,
        name="Valium",
        kind=Kind.PRESCRIPTION,
        strength="5 mg",
        form="Tablet",
        directions="As the plan says",
        use=Use.REGULAR,
        started="2026-02",
    )
    plan = actions.open_plan(patient=patient, medication=record, details=BRIDGE, by=house.provider, at=NOW)
    product = actions.ProductDetails(Form.TABLET, parse_dose("5"), parse_quantity("½"), maker="Made Up Labs")
    actions.add_product(plan=plan, details=product, by=house.provider, at=NOW)
    return plan


def rising(first_day: str = "03/02/2026", ending: str = "stay") -> TypedDraft:
    """Three steps of a week, two of them more than the one before."""
    return TypedDraft(
        first_day,
        ending,
        (
            TypedStep("7", "2.5", "", {"bedtime-1": "½"}),
            TypedStep("7", "5", "", {"bedtime-1": "1"}),
            TypedStep("7", "7.5", "", {"morning-1": "½", "bedtime-1": "1"}),
        ),
    )
