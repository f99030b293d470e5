"""Marks that rooms above set on every page of a patient."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.patients import marks
from taperplanner.patients.marks import Mark, register
from taperplanner.patients.models import Patient

from ..universe import Universe
from .people import ana, build_patient


def test_a_mark_stands_on_the_pages_of_its_patient_only(
    universe: Universe, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked, other = ana(universe.ours), build_patient(universe.ours)

    def mark_of(patient: Patient) -> Mark | None:
        return Mark("components/_messages.html", {}) if patient == marked else None

    register(mark_of)
    register(mark_of)
    assert marks._registered == [mark_of]
    assert marks.marks_of(other) == []
    for rest in ("", "edit/", "history/"):
        answer = staff.get(f"/patients/{marked.pk}/{rest}")
        assert [mark.template for mark in answer.context["marks"]] == ["components/_messages.html"]
