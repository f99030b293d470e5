from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from taperplanner.append_only import NeverChanges
from taperplanner.patients.models import (
    Answer,
    MedicationRecord,
    MedicationReview,
    Patient,
    SafetyFact,
)
from tests.world.universe import NOW, Universe

from ..world.people import ana, build_patient, clonazepam_record


@pytest.mark.parametrize(
    "wrong",
    [
        {"mrn": ""},
        {"family_name": ""},
        {"mrn": "a-1001"},
        {"archived_at": NOW},
        {"archived_reason": "Moved"},
    ],
    ids=str,
)
def test_the_database_refuses_a_patient_that_cannot_be(universe: Universe, wrong: dict[str, Any]) -> None:
    ana(universe.ours)
    other = build_patient(universe.ours)

    with pytest.raises(IntegrityError), transaction.atomic():
        Patient.objects.filter(pk=other.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"sedates": "perhaps"},
        {"stopped_at": NOW},
        {"stopped_on": date(2026, 1, 1)},
        {"stop_reason": "Finished"},
    ],
    ids=str,
)
def test_the_database_refuses_a_medication_record_that_cannot_be(
    universe: Universe, wrong: dict[str, Any]
) -> None:
    record = clonazepam_record(ana(universe.ours), universe.ours.provider)

    with pytest.raises(IntegrityError), transaction.atomic():
        MedicationRecord.objects.filter(pk=record.pk).update(**wrong)


def test_the_database_refuses_a_second_answer_and_one_that_is_no_answer(universe: Universe) -> None:
    fact = ana(universe.ours).safety_facts.first()
    assert fact is not None

    with pytest.raises(IntegrityError), transaction.atomic():
        SafetyFact.objects.create(
            patient=fact.patient,
            fact=fact.fact,
            answer=Answer.NO,
            answered_by=fact.answered_by,
            answered_at=NOW,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        SafetyFact.objects.filter(pk=fact.pk).update(answer="perhaps")


def test_a_review_never_changes(universe: Universe) -> None:
    review = MedicationReview.objects.create(
        patient=ana(universe.ours),
        reviewed_by=universe.ours.staff,
        reviewed_by_name="Sam Staff",
        reviewed_at=NOW,
        records_count=0,
    )

    with pytest.raises(NeverChanges):
        review.save()
    with pytest.raises(NeverChanges):
        review.delete()
