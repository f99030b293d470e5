"""What a medicine is called on paper."""

from __future__ import annotations

from taperplanner.patients.vocabulary import vocabulary


def printed_name(drug: str) -> str:
    """Generic and brand: "clonazepam (Klonopin)". `drug` is the plan's, whatever its record is renamed to."""
    known = vocabulary().find(drug)
    if known is None:
        return drug
    return f"{known.name} ({known.brands[0]})" if known.brands else known.name
