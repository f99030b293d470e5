"""What a patient is called in the audit log, however many are asked for at once."""

from __future__ import annotations

from uuid import UUID

from taperplanner.accounts.patients_named import patients_named

from ..world.people import build_patient
from ..world.universe import Universe


def test_more_patients_are_named_than_a_database_takes_in_one_question(universe: Universe) -> None:
    """SQLite takes 250,000 as Debian has it, and otherwise 32,766."""
    ours, theirs = (build_patient(house, mrn="R-77") for house in (universe.ours, universe.theirs))
    ids = {ours.pk, theirs.pk, *(UUID(int=number) for number in range(260_000))}
    assert patients_named(universe.ours.manager, ids) == {ours.pk: "MRN R-77"}
