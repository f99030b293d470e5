"""Marks that rooms above set on every page of a patient."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.patients.models import Patient
from taperplanner.patients.sections import marks
from taperplanner.places import Section

from ..world.people import ana, build_patient
from ..world.universe import Universe


def test_a_mark_stands_on_the_pages_of_its_patient_only(
    universe: Universe, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked, other = ana(universe.ours), build_patient(universe.ours)

    def mark_of(patient: Patient) -> Section | None:
        return Section("components/_messages.html", {}) if patient == marked else None

    monkeypatch.setattr(marks, "_entries", [])
    marks.register(mark_of)
    marks.register(mark_of)
    assert list(marks) == [mark_of]
    assert marks.of(other) == []
    for rest in ("", "edit/", "history/"):
        answer = staff.get(f"/patients/{marked.pk}/{rest}")
        assert [mark.template for mark in answer.context["marks"]] == ["components/_messages.html"]
