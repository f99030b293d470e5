"""Sections that rooms above add to the plan's page, as `patients.sections` does for the patient's page.

The section's template finds its `context` as `section`, and what a page of a plan has.
"""

from __future__ import annotations

from collections.abc import Callable

from taperplanner.accounts.http import ClinicRequest
from taperplanner.places import Registry, Section

from .models import Plan

SectionOf = Callable[[ClinicRequest, Plan], Section | None]

sections: Registry[SectionOf] = Registry()


def sections_of(request: ClinicRequest, plan: Plan) -> list[Section]:
    """Those that have something to say of this plan."""
    found = (section_of(request, plan) for section_of in sections)
    return [section for section in found if section is not None]
