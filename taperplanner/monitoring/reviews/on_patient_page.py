"""How each open plan's reviews stand, on the patient's page."""

from __future__ import annotations

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.places import Section
from taperplanner.tapers.of_patient import plans_of_patient

from .latest import pregnancy_of, states_of
from .lines import standing


def reviews_section(request: ClinicRequest, patient: Patient) -> Section | None:
    """None: no plan is open."""
    plans = [plan for plan in plans_of_patient(patient) if plan.is_open]
    states = states_of(plans, pregnancy=pregnancy_of(patient)) if plans else {}
    rows = [(plan, standing(states[plan.pk], request.today)) for plan in plans]
    return Section("monitoring/_reviews_of_patient.html", {"rows": rows}) if rows else None
