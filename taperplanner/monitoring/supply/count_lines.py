"""Counts at home as the lines of a page, each beside what should have been left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from taperplanner.days import in_words, short
from taperplanner.tapers.schedule.schedule import ScheduleProduct, Unit

from ..in_error.about import error_in_words
from ..models import CountedLeft, HomeCount
from .balance import Balance, Compared, Count
from .stock import Stock

Counted = tuple[ScheduleProduct, str, Stock, Balance]


@dataclass(frozen=True, slots=True)
class CountLine:
    """`number`: of a count of its own; `check_in`: of the contact at which it was said. `beside`: what
    should have been left; empty if nothing was recorded before."""

    day: str
    product: str
    amount: str
    moment: str
    by: str
    beside: str
    is_short: bool
    gone: str
    number: int | None = None
    check_in: int | None = None
    in_error: str = ""


def count_lines(in_error: Sequence[HomeCount], counted: Sequence[Counted]) -> list[CountLine]:
    """The latest on top. `in_error`: `product` and `error` at hand."""
    names = {product.number: name for product, name, _, _ in counted}
    dated = [(row.counted_on, _line_in_error(row, names)) for row in in_error]
    for product, name, stock, balance in counted:
        compared = {one.count: one for one in balance.compared}
        for event in stock.events:
            if isinstance(event, Count):
                line = _line(stock.row_of(event), event, compared.get(event), product, name)
                dated.append((event.day, line))
    return [line for _, line in sorted(dated, key=lambda one: one[0], reverse=True)]


def shortfall_of(compared: Compared, product: ScheduleProduct) -> str:
    """ "18 tablets fewer than should be left, counted on Fri, Nov 20, 2026"."""
    return f"{_fewer(compared, product)}, counted on {short(compared.count.day)}"


def _line(
    row: HomeCount | CountedLeft, count: Count, compared: Compared | None, product: ScheduleProduct, name: str
) -> CountLine:
    return CountLine(
        day=in_words(count.day),
        product=name,
        amount=product.amount_and_ml(count.quantity),
        moment=_moment(is_after_doses=count.is_after_doses),
        by=row.recorded_by_name if isinstance(row, HomeCount) else row.check_in.recorded_by_name,
        beside=_beside(compared, product) if compared else "",
        is_short=bool(compared and compared.missing),
        gone=_gone(row, product) if isinstance(row, HomeCount) else "",
        number=row.number if isinstance(row, HomeCount) else None,
        check_in=row.check_in.number if isinstance(row, CountedLeft) else None,
    )


def _line_in_error(row: HomeCount, names: dict[int, str]) -> CountLine:
    product = row.product.as_data()
    return CountLine(
        day=in_words(row.counted_on),
        product=names.get(product.number, product.name),
        amount=product.amount_and_ml(row.left),
        moment=_moment(is_after_doses=row.is_after_doses),
        by=row.recorded_by_name,
        beside="",
        is_short=False,
        gone=_gone(row, product),
        number=row.number,
        in_error=error_in_words(row),
    )


def _moment(*, is_after_doses: bool) -> str:
    return "after that day’s doses" if is_after_doses else "that day’s doses still to come off it"


def _beside(compared: Compared, product: ScheduleProduct) -> str:
    should = product.amount_and_ml(compared.most)
    if compared.least != compared.most:
        should = f"{should} that morning, {product.amount_and_ml(compared.least)} after that day’s doses"
    if compared.as_needed:
        should += f", and up to {product.amount_and_ml(compared.as_needed)} less by the dose as needed"
    if compared.missing:
        found = f"{_fewer(compared, product)}."
    elif compared.explained:
        found = (
            f"{product.amount_and_ml(compared.explained)} {_less(product)} than the steps leave: no more than the dose as needed"
            " explains."
        )
    elif compared.too_many:
        found = f"{product.amount_and_ml(compared.too_many)} more than should be left."
    else:
        found = "The count is as expected."
    return f"Should be left: {should}. {found}"


def _fewer(compared: Compared, product: ScheduleProduct) -> str:
    said = f"{product.amount_and_ml(compared.missing)} {_less(product)} than should be left"
    return f"{said}, the dose as needed allowed for" if compared.as_needed else said


def _gone(row: HomeCount, product: ScheduleProduct) -> str:
    parts = (("lost", row.lost), ("returned", row.returned), ("destroyed", row.destroyed))
    said = ", ".join(f"{product.amount_and_ml(quantity)} {word}" for word, quantity in parts if quantity)
    return ": ".join(part for part in (said, row.reason) if part)


def _less(product: ScheduleProduct) -> str:
    return "fewer" if product.form.unit is Unit.TABLET else "less"
