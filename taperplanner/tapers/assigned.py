"""On the plan's page: to whom it was given, by whom and why."""

from __future__ import annotations

from taperplanner.accounts.http import ClinicRequest
from taperplanner.places import Section

from .models import Plan, assignments_of


def assigned_section(request: ClinicRequest, plan: Plan) -> Section | None:
    """Nothing, while it was given to nobody."""
    rows = assignments_of(plan)
    return Section("tapers/_assigned.html", {"rows": rows}) if rows else None
