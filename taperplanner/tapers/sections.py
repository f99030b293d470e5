"""Sections that rooms above add to the plan's page, as `patients.sections` does for the patient's page.

A section's template finds its context as `section`, and what a page of a plan has. `hanging`: models whose rows say by
their key `plan` whose they are, `hanging_on_versions`: by their key `version`. A plan that a page is about knows which
of them it has none of, and so does each of its versions (`rows_within`).
"""

from __future__ import annotations

from django.db.models import Model

from taperplanner.accounts.http import ClinicRequest
from taperplanner.places import Registry, Sections

from .models import Plan

sections: Sections[[ClinicRequest, Plan]] = Sections()
hanging: Registry[type[Model]] = Registry()
hanging_on_versions: Registry[type[Model]] = Registry()
