"""The supply of one plan as the lines of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from taperplanner.days import in_words, short
from taperplanner.doses import Quantity
from taperplanner.tapers.chain import spans
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule import ScheduleProduct
from taperplanner.tapers.signed import SignedContent, Tampered, load_all

from .models import Dispensing
from .supply import ONE_DAY, Fill, Need, Span, first_day_short, needed, needs_of


@dataclass(frozen=True, slots=True)
class FillLine:
    """One dispensing, and what the signed plan takes from that day until the next, or until `until`."""

    number: int
    day: str
    product: str
    amount: str
    by: str
    takes: str
    until: str
    corrected_by: int | None
    corrects: int | None
    why: str


@dataclass(frozen=True, slots=True)
class ProductLine:
    """`short_on`: the first day whose doses are not all there; empty where it lasts."""

    product: str
    dispensed: str
    taken: str
    left: str
    takes: str
    until: str
    short_on: str
    is_short_now: bool


@dataclass(frozen=True, slots=True)
class Supply:
    products: tuple[ProductLine, ...]
    fills: tuple[FillLine, ...]


def spans_of(versions: Sequence[Version]) -> list[Span]:
    """Raises: Tampered. `version.plan` must be at hand."""
    contents = load_all(versions)
    return [
        (_checked(contents[version.pk], version).schedule, first, last)
        for version, first, last in (spans(versions) if versions else ())
    ]


def supply_of(plan: Plan, *, today: date, next_contact: date | None) -> Supply:
    """`next_contact`: the next follow-up's day, up to which is counted. Raises: Tampered."""
    versions = list(plan.versions.newest_first())
    for version in versions:
        version.plan = plan
    found = _up_to_the_end(plan, spans_of(versions))
    until = max(next_contact or max((version.last_day for version in versions), default=today), today)
    rows = list(plan.dispensings.select_related("product", "correction", "corrects").by_day())
    standing = [row for row in rows if not hasattr(row, "correction")]
    products = {row.product.number: row.product.as_data() for row in rows}
    names = plan.products.full_names()
    needs = {number: needs_of(found, number) for number in products}
    fills = {number: _fills(standing, number) for number in products}
    return Supply(
        products=tuple(
            _product_line(product, names[number], needs[number], fills[number], today=today, until=until)
            for number, product in sorted(products.items())
            if fills[number]
        ),
        fills=tuple(_fill_line(row, products, names, needs, fills, until=until) for row in reversed(rows)),
    )


def _up_to_the_end(plan: Plan, found: list[Span]) -> list[Span]:
    """An ended plan takes nothing after the day on which it was ended. `plan.patient.clinic` at hand."""
    if plan.ended_at is None:
        return found
    end = plan.patient.clinic.day_of(plan.ended_at)
    return [(schedule, first, min(last or end, end)) for schedule, first, last in found]


def _checked(content: SignedContent | None, version: Version) -> SignedContent:
    if content is None:
        raise Tampered(version)
    return content


def _fills(rows: Sequence[Dispensing], number: int) -> list[Fill]:
    return [
        Fill(row.dispensed_on, row.quantity) for row in rows if row.product.number == number and row.quantity
    ]


def _product_line(
    product: ScheduleProduct,
    name: str,
    needs: Sequence[Need],
    fills: Sequence[Fill],
    *,
    today: date,
    until: date,
) -> ProductLine:
    first = min(fill.day for fill in fills)
    dispensed = sum(fill.quantity.thousandths for fill in fills)
    taken = needed(needs, first, today - ONE_DAY).thousandths
    short_on = first_day_short(needs, fills)
    return ProductLine(
        product=name,
        dispensed=f"{product.amount(Quantity(dispensed))} since {short(first)}",
        taken=product.amount(Quantity(taken)),
        left=product.amount(Quantity(max(dispensed - taken, 0))),
        takes=product.amount(needed(needs, today, until)),
        until=short(until),
        short_on=in_words(short_on) if short_on else "",
        is_short_now=short_on is not None and short_on <= today,
    )


def _fill_line(
    row: Dispensing,
    products: dict[int, ScheduleProduct],
    names: dict[int, str],
    needs: dict[int, list[Need]],
    fills: dict[int, list[Fill]],
    *,
    until: date,
) -> FillLine:
    number = row.product.number
    product = products[number]
    later = [fill.day for fill in fills[number] if fill.day > row.dispensed_on]
    last = min(later) - ONE_DAY if later else max(until, row.dispensed_on)
    correction, corrects = getattr(row, "correction", None), row.corrects
    return FillLine(
        number=row.number,
        day=in_words(row.dispensed_on),
        product=names[number],
        amount=product.amount(row.quantity),
        by=row.recorded_by_name,
        takes="" if correction else product.amount(needed(needs[number], row.dispensed_on, last)),
        until=f"{short(last)}, the day before the next was dispensed" if later else short(last),
        corrected_by=correction.number if correction else None,
        corrects=corrects.number if corrects else None,
        why=correction.why_corrected if correction else "",
    )
