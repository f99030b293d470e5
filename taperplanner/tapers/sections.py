"""Places on the plan's page that rooms above fill, as `patients.sections` has them on the patient's.

The section's template finds its `context` as `section`, and what a page of a plan has.
"""

from __future__ import annotations

from collections.abc import Callable

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.sections import Section

from .models import Plan

SectionOf = Callable[[ClinicRequest, Plan], Section | None]

_registered: list[SectionOf] = []


def register(section_of: SectionOf) -> None:
    """Once per process; registering the same again changes nothing. A section of None is not drawn."""
    if section_of not in _registered:
        _registered.append(section_of)


def sections_of(request: ClinicRequest, plan: Plan) -> list[Section]:
    found = (section_of(request, plan) for section_of in _registered)
    return [section for section in found if section is not None]
