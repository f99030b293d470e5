"""Marks that rooms above set on every page of a patient."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.patients import marks
from taperplanner.patients.marks import Mark
from taperplanner.patients.models import Patient

from ..world.people import ana, build_patient
from ..world.universe import Universe


def test_a_mark_stands_on_the_pages_of_its_patient_only(
    universe: Universe, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked, other = ana(universe.ours), build_patient(universe.ours)

    def mark_of(patient: Patient) -> Mark | None:
        return Mark("components/_messages.html", {}) if patient == marked else None

    monkeypatch.setattr(marks.marks, "_entries", [])
    marks.marks.register(mark_of)
    marks.marks.register(mark_of)
    assert list(marks.marks) == [mark_of]
    assert marks.marks_of(other) == []
    for rest in ("", "edit/", "history/"):
        answer = staff.get(f"/patients/{marked.pk}/{rest}")
        assert [mark.template for mark in answer.context["marks"]] == ["components/_messages.html"]
