"""How each open plan's reviews stand, on the patient's page."""

from __future__ import annotations

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.places import Section
from taperplanner.rows_within import has_any
from taperplanner.tapers.of_patient import plans_of_patient

from ..models import PlanReview
from .latest import pregnancy_of, states_of
from .lines import standing


def reviews_section(request: ClinicRequest, patient: Patient) -> Section | None:
    """None: no plan is open."""
    plans = [plan for plan in plans_of_patient(patient) if plan.is_open]
    if not plans:
        return None
    reviewed = [plan for plan in plans if has_any(plan, PlanReview)]
    states = states_of(plans, reviewed=reviewed, pregnancy=pregnancy_of(patient))
    rows = [(plan, standing(states[plan.pk], request.today)) for plan in plans]
    return Section("monitoring/_reviews_of_patient.html", {"rows": rows})
