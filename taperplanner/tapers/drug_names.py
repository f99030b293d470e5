"""What a medicine is called, on paper and as the drug of a plan."""

from __future__ import annotations

from collections.abc import Iterable

from taperplanner.patients.medications.filing import near_drugs
from taperplanner.patients.models import MedicationRecord
from taperplanner.patients.vocabulary import vocabulary
from taperplanner.patients.vocabulary.near import near_misses

from .models import Plan


def printed_name(drug: str) -> str:
    """Generic and brand: "clonazepam (Klonopin)". `drug` is the plan's, whatever its record is renamed to."""
    known = vocabulary().find(drug)
    if known is None:
        return drug
    return f"{known.name} ({known.brands[0]})" if known.brands else known.name


def drug_of(medication: MedicationRecord) -> str:
    """The drug of a plan for this record. Looked up again: the vocabulary may have learned the name since."""
    known = vocabulary().find(medication.name)
    return medication.drug or (known.name if known else medication.name)


def plan_of_same_drug(medication: MedicationRecord, plans: Iterable[Plan]) -> Plan | None:
    """The plan of the record's drug, also where the record only mentions it: "Klonopin at night" is clonazepam.

    A plan opened under a misspelling ("clonazapam") counts as one of the drug it reads like, unless its record denies
    that.
    """
    drug, names = drug_of(medication).casefold(), _named(f"{medication.drug} {medication.name}", medication)
    return next(
        (
            plan
            for plan in plans
            if plan.drug.casefold() == drug or _named(plan.drug, plan.medication) & names
        ),
        None,
    )


def unconfirmed_drug(medication: MedicationRecord) -> str:
    """The drug that the record's name reads like, as long as nobody has confirmed or denied it."""
    near = "" if medication.drug else near_drugs(medication.name)
    return "" if medication.is_not == near else near


def _named(text: str, medication: MedicationRecord) -> frozenset[str]:
    near = () if medication.is_not else near_misses(text)
    return vocabulary().mentioned(text) | {each.drug for each in near}
