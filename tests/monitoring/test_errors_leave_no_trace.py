"""A property: what was entered in error counts as if it had never been written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taperplanner.doses import Quantity, parse_quantity
from taperplanner.monitoring.supply.lines import Supply, supply_of
from taperplanner.tapers.models import Plan

from ..world.course import check_in, count_at_home, in_error, record_dispensing_of
from ..world.people import answer_all, build_patient
from ..world.plans import TODAY, open_plan, sign_plan
from ..world.universe import House, Universe

# A row of the supply: what it is, the day, how many half tablets, and whether it was entered in error.
rows_ = st.lists(
    st.tuples(
        st.sampled_from(["dispensed", "before", "after", "check-in"]),
        st.integers(0, 20),
        st.integers(0, 60),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@given(rows=rows_, today=st.integers(0, 40))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_entered_in_error_counts_as_if_it_had_never_been_written(
    universe: Universe, rows: list[tuple[str, int, int, bool]], today: int
) -> None:
    """Two patients: all rows with some marked, and only those that stand. Every sum and day is the same."""
    house = universe.ours
    day = TODAY + timedelta(days=max(today, *(row[1] for row in rows)))
    with transaction.atomic():
        everything, valid = new_plan(house), new_plan(house)
        for number, row in enumerate(rows):
            written = write(everything, house, row, number)
            if row[3] and written is not None:
                in_error(written, house)
            elif not row[3]:
                write(valid, house, row, number)
        found, expected = (supply_of(plan, today=day, next_contact=None) for plan in (everything, valid))
        assert found.products == expected.products
        assert counts_of(found) == counts_of(expected)
        transaction.set_rollback(True)


def new_plan(house: House) -> Plan:
    patient = build_patient(house)
    answer_all(patient, by=house.provider)
    return sign_plan(open_plan(house, patient), house).plan


def write(plan: Plan, house: House, row: tuple[str, int, int, bool], number: int) -> Any:
    kind, days, halves, _ = row
    day, at = TODAY + timedelta(days=days), datetime(2026, 3, 2, 15, number, tzinfo=UTC)
    quantity = Quantity(halves * 500)
    if kind == "dispensed":
        return record_dispensing_of(plan, house, quantity.number, day=day, at=at) if halves else None
    if kind == "check-in":
        return check_in(plan, house, happened_on=day, left={2: parse_quantity(quantity.number)}, at=at)
    return count_at_home(plan, house, quantity.number, day=day, at=at, is_after_doses=kind == "after")


def counts_of(supply: Supply) -> list[tuple[str, str, str]]:
    return [(line.day, line.amount, line.beside) for line in supply.counts if not line.in_error]
