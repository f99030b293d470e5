"""What a medicine is called, on paper and as the drug of a plan."""

from __future__ import annotations

from collections.abc import Iterable

from taperplanner.patients.models import MedicationRecord
from taperplanner.patients.vocabulary import vocabulary

from .models import Plan


def printed_name(drug: str) -> str:
    """Generic and brand: "clonazepam (Klonopin)". `drug` is the plan's, whatever its record is renamed to."""
    known = vocabulary().find(drug)
    if known is None:
        return drug
    return f"{known.name} ({known.brands[0]})" if known.brands else known.name


def drug_of(medication: MedicationRecord) -> str:
    """The drug of a plan for this record: looked up again, for a name the vocabulary did not know then."""
    known = vocabulary().find(medication.name)
    return medication.drug or (known.name if known else medication.name)


def plan_of_same_drug(medication: MedicationRecord, plans: Iterable[Plan]) -> Plan | None:
    """The plan whose drug the record is, or names: "Klonopin at night" names clonazepam."""
    named = vocabulary().mentioned
    drug, names = drug_of(medication).casefold(), named(f"{medication.drug} {medication.name}")
    return next((plan for plan in plans if plan.drug.casefold() == drug or named(plan.drug) & names), None)
