"""What rooms above show of a patient: sections on the patient's page, marks under the name on every page.

A section's template finds its context as `section`, a mark's as `mark`, and both what a page of a patient has.
"""

from __future__ import annotations

from taperplanner.accounts.http import ClinicRequest
from taperplanner.places import Sections

from .models import Patient

sections: Sections[[ClinicRequest, Patient]] = Sections()
marks: Sections[[Patient]] = Sections()
