"""What rooms above show of a patient: sections on the patient's page and beside it, marks under the name on every page.

`rows_of_marks`, `rows_of_sections`: models whose rows say by their key `patient` whose they are. A mark, or a section,
knows which of them there are none of (`rows_within`).

A section's template finds its context as `section`, a mark's as `mark`, and both what a page of a patient has.
"""

from __future__ import annotations

from django.db.models import Model

from taperplanner.accounts.http import ClinicRequest
from taperplanner.places import Registry, Sections

from .models import Patient

sections: Sections[[ClinicRequest, Patient]] = Sections()
sections_beside: Sections[[ClinicRequest, Patient]] = Sections()
marks: Sections[[Patient]] = Sections()
rows_of_sections: Registry[type[Model]] = Registry()
rows_of_marks: Registry[type[Model]] = Registry()
