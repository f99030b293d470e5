"""The supply events of a plan, from its records: for its page and for the worklist alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from taperplanner.tapers.models import Product

from ..models import CountedLeft, Dispensing, HomeCount, ShortfallNote
from .balance import Balance, Compared, Count, Fill, SupplyEvent

SupplyRecord = Dispensing | HomeCount | CountedLeft
# What is asked together with the rows.
FILL_HAS: Final = ("product", "corrects__corrects")
LEFT_HAS: Final = ("product", "check_in__corrects__corrects")


@dataclass(frozen=True, slots=True)
class Stock:
    """One product. `rows`: the record behind each event, by the event's order."""

    events: tuple[SupplyEvent, ...]
    rows: dict[int, SupplyRecord]

    @property
    def product(self) -> Product:
        return next(iter(self.rows.values())).product

    def row_of(self, count: Count) -> HomeCount | CountedLeft:
        row = self.rows[count.order]
        assert not isinstance(row, Dispensing)  # noqa: S101 - a count's order is a count's
        return row

    def unanswered(self, balance: Balance, notes: Iterable[ShortfallNote]) -> Compared | None:
        """The newest count lower than expected that no later note explains."""
        answered = max((note.written_at for note in notes), default=None)
        found = [
            one
            for one in balance.compared
            if one.missing and (answered is None or written_at(self.row_of(one.count)) > answered)
        ]
        return found[-1] if found else None


def stocks_of(
    dispensings: Sequence[Dispensing], counts: Sequence[HomeCount], left: Sequence[CountedLeft]
) -> dict[int, Stock]:
    """By the product's number. Shape: valid records, `product` at hand, `check_in` of what was left, and what
    they correct.

    Of records of one moment, what was dispensed is taken to be in the count.
    """
    events: dict[int, list[SupplyEvent]] = {}
    rows: dict[int, dict[int, SupplyRecord]] = {}
    every: list[SupplyRecord] = [*dispensings, *counts, *left]
    for order, row in enumerate(sorted(every, key=written_at)):
        event = _event(row, order)
        if event is not None:
            events.setdefault(row.product.number, []).append(event)
            rows.setdefault(row.product.number, {})[order] = row
    return {number: Stock(tuple(events[number]), rows[number]) for number in sorted(events)}


def written_at(row: SupplyRecord) -> datetime:
    """A correction of the same day takes the place of what it corrects."""
    if isinstance(row, HomeCount):
        return row.recorded_at
    if isinstance(row, CountedLeft):
        check_in = row.check_in
        while check_in.corrects and check_in.corrects.happened_on == check_in.happened_on:
            check_in = check_in.corrects
        return check_in.recorded_at
    while row.corrects and _is_same(row, row.corrects):
        row = row.corrects
    return row.recorded_at


def _is_same(row: Dispensing, other: Dispensing) -> bool:
    return (row.product_id, row.dispensed_on) == (other.product_id, other.dispensed_on)


def _event(row: SupplyRecord, order: int) -> SupplyEvent | None:
    """An earlier correction to zero is nothing that was dispensed."""
    if isinstance(row, Dispensing):
        return Fill(row.dispensed_on, row.quantity, order) if row.quantity else None
    if isinstance(row, HomeCount):
        return Count(row.counted_on, row.left, order, row.is_after_doses, row.gone)
    return Count(row.check_in.happened_on, row.quantity, order)
