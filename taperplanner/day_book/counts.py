"""A product of which something was dispensed or counted, as the plan's page counts it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from taperplanner.monitoring.supply.as_needed import Beside, counted, said_of
from taperplanner.monitoring.supply.balance import Balance, Compared
from taperplanner.monitoring.supply.needs import Need, Span, needs_of
from taperplanner.monitoring.supply.stock import Stock

from .caseload import OpenPlan


class Counted(NamedTuple):
    """`missing`: the newest count lower than expected that nobody has explained. `needed_until`: the last day on which
    any of it may be taken; None: there is none."""

    stock: Stock
    balance: Balance
    beside: Beside | None
    missing: Compared | None
    needed_until: date | None


def counted_of(open_plan: OpenPlan, today: date, number: int) -> Counted | None:
    """Of the product with this number. None: nothing of it was dispensed or counted, or nobody knows what is taken."""
    spans: list[Span] = [
        (one.schedule, one.first_day, one.last_day) for one in open_plan.spans if one.schedule
    ]
    stock = open_plan.stocks.get(number)
    if open_plan.is_tampered or not spans or stock is None:
        return None
    said = said_of(spans, number, open_plan.used)
    balance, beside = counted(spans, number, stock.events, today, said)
    missing = stock.unanswered(balance, open_plan.notes.get(number, ()))
    needs = [*needs_of(spans, number), *(beside.needs if beside else ())]
    return Counted(stock, balance, beside, missing, _end_of(needs))


def _end_of(needs: Sequence[Need]) -> date | None:
    last_days = [need.last_day for need in needs]
    if None in last_days:
        return None
    return max((day for day in last_days if day), default=date.min)
