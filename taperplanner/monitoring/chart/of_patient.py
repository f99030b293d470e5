"""Which plans stand in one picture: every open plan of the patient, so that what goes down is seen beside what goes up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Plan

from ..models import CheckIn
from .from_rows import chart_facts
from .page import Chart, chart_of


def chart_of_plan(plan: Plan, *, today: date) -> Chart:
    """With the other open plans of its patient. `plan.patient.clinic` must be at hand. Raises: Tampered, of this plan."""
    others = list(plan.patient.plans.open().exclude(pk=plan.pk))
    return chart_of(chart_facts(plan.patient.clinic, [plan], beside=others, today=today))


def chart_of_patient(
    patient: Patient, plans: Sequence[Plan], check_ins: Sequence[CheckIn], *, today: date
) -> Chart | None:
    """Over all plans of each drug that has an open one; where none has, of the newest plan's drug.

    `plans`: all of the patient's, the newest first; `check_ins`: theirs. None: there is none, or none is what was signed.
    """
    drugs = {plan.drug.casefold() for plan in plans if plan.is_open}
    drugs = drugs or {plan.drug.casefold() for plan in plans[:1]}
    shown = [plan for plan in plans if plan.drug.casefold() in drugs]
    facts = chart_facts(patient.clinic, [], beside=shown, check_ins=check_ins, today=today)
    return chart_of(facts) if facts.drugs else None
