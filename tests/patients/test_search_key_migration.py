"""Patients who were registered before names were found without their signs are found so too."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from taperplanner.patients.models import Patient, SearchKey

from ..world.people import build_patient
from ..world.universe import Universe

migration = import_module("taperplanner.patients.migrations.0004_search_keys_with_and_without_signs")


@pytest.fixture
def earlier(universe: Universe) -> list[Patient]:
    """Three, with keys as the product made them before."""
    people = [
        build_patient(universe.ours, given_name="Noa", family_name="Kahauʻolu"),
        build_patient(universe.ours, given_name="", family_name="ʿAbd al-Raḥmān"),
        build_patient(universe.ours, given_name="Kim", family_name="van O'Brien"),
    ]
    SearchKey.objects.all().delete()
    for patient in people:
        key = patient.family_name.casefold().encode()
        SearchKey.objects.create(patient=patient, clinic=patient.clinic, key=key)
        Patient.objects.filter(pk=patient.pk).update(sort_key=key)
    return people


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_the_keys_of_every_patient_are_made_again(
    universe: Universe, earlier: list[Patient], monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(migration, "AT_ONCE", at_once)
    migration.refresh(apps, SimpleNamespace(connection=connection))
    clinic = universe.ours.clinic
    for typed, patient in zip(("kahauolu", "abd", "obrien"), earlier, strict=True):
        assert list(clinic.patients.found_exactly(typed.encode(), clinic=clinic)) == [patient]
    assert bytes(Patient.objects.get(pk=earlier[0].pk).sort_key) == b"kahau olu noa"
