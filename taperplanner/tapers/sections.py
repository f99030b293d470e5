"""Sections that rooms above add to the plan's page, as `patients.sections` does for the patient's page.

A section's template finds its context as `section`, and what a page of a plan has.
"""

from __future__ import annotations

from taperplanner.accounts.http import ClinicRequest
from taperplanner.places import Sections

from .models import Plan

sections: Sections[[ClinicRequest, Plan]] = Sections()
