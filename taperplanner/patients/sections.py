"""Places on the patient's page that rooms above fill, so that no import points up.

A room registers from its `AppConfig.ready()`; the page draws the sections in the order in which
they were registered. The section's template finds its `context` as `section`, and `patient`,
`today` and `may` as on any page of a patient.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from taperplanner.accounts.http import ClinicRequest
from taperplanner.places import Registry

from .models import Patient


@dataclass(frozen=True)
class Section:
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


SectionOf = Callable[[ClinicRequest, Patient], Section]

sections: Registry[SectionOf] = Registry()


def sections_of(request: ClinicRequest, patient: Patient) -> list[Section]:
    return [section_of(request, patient) for section_of in sections]
