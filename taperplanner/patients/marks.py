"""Marks on a patient that rooms above set, so that no import points up.

A room registers from its `AppConfig.ready()`; every page of the patient shows the marks under the
name. The mark's template finds its `context` as `mark`, and what `_identity_banner.html` takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from taperplanner.places import Registry

from .models import Patient


@dataclass(frozen=True)
class Mark:
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


MarkOf = Callable[[Patient], Mark | None]

marks: Registry[MarkOf] = Registry()


def marks_of(patient: Patient) -> list[Mark]:
    found = (mark_of(patient) for mark_of in marks)
    return [mark for mark in found if mark is not None]
