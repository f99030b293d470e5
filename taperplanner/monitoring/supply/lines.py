"""The supply of one plan as the lines of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from taperplanner.days import MONTHS, in_words, short, without_weekday
from taperplanner.doses import Quantity
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule.chain import spans
from taperplanner.tapers.schedule.schedule import ScheduleProduct
from taperplanner.tapers.signed.content import SignedContent, Tampered, verified_contents

from ..downtime.marks import paper_marks
from ..in_error.about import error_in_words
from ..models import CountedLeft, Dispensing, ShortfallNote
from .as_needed import Beside, counted, said_of
from .balance import ONE_DAY, Balance, Fill, Gap
from .count_lines import CountLine, count_lines, shortfall_of
from .needs import Need, Span, needed, needs_of
from .stock import FILL_HAS, LEFT_HAS, Stock, stocks_of


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
    in_error: str
    from_paper: str


@dataclass(frozen=True, slots=True)
class ProductLine:
    """`short_on`: the next day whose doses are not all there; empty where it lasts. `past`: a sentence for
    each time that there was not enough before today. `with_as_needed`: the same in a sentence where the dose
    as needed is taken at its most; empty where there is none. `shortfall`: of the newest count that nobody answered."""

    number: int
    product: str
    short_on: str
    is_short_now: bool
    with_as_needed: str
    past: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    shortfall: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supply:
    products: tuple[ProductLine, ...]
    fills: tuple[FillLine, ...]
    counts: tuple[CountLine, ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    """One product with all that is said of it."""

    product: ScheduleProduct
    name: str
    needs: Sequence[Need]
    stock: Stock
    balance: Balance
    beside: Beside | None
    notes: Sequence[ShortfallNote]


def spans_of(versions: Sequence[Version]) -> list[Span]:
    """Raises: Tampered. `version.plan` must be at hand."""
    contents = verified_contents(versions)
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
    rows = list(plan.dispensings.select_related(*FILL_HAS, "correction", "error").by_day())
    counts = list(plan.home_counts.select_related("product", "error").by_day())
    left = CountedLeft.objects.filter(check_in__in=plan.check_ins.valid())
    stocks = stocks_of(
        [row for row in rows if not hasattr(row, "correction") and not hasattr(row, "error")],
        [row for row in counts if not hasattr(row, "error")],
        list(left.select_related(*LEFT_HAS).order_by("check_in__number")),
    )
    products = {row.number: row.as_data() for row in plan.products.by_number()}
    names, notes = plan.products.full_names(), _notes(plan)
    needs = {number: needs_of(found, number) for number in products}
    contacts = list(plan.check_ins.valid().took_as_needed())
    marks = paper_marks(plan.patient.clinic, [plan])
    every = [
        _Counted(
            products[number],
            names[number],
            needs[number],
            stock,
            *counted(found, number, stock.events, today, said_of(found, number, contacts)),
            notes.get(number, ()),
        )
        for number, stock in stocks.items()
    ]
    return Supply(
        products=tuple(_product_line(one, today=today, until=until) for one in every),
        fills=tuple(
            _fill_line(row, products, names, needs, stocks, until=until, from_paper=marks.get(row.pk, ""))
            for row in reversed(rows)
        ),
        counts=tuple(
            count_lines(
                [row for row in counts if hasattr(row, "error")],
                [(one.product, one.name, one.stock, one.balance) for one in every],
            )
        ),
    )


def _notes(plan: Plan) -> dict[int, list[ShortfallNote]]:
    found: dict[int, list[ShortfallNote]] = {}
    rows = ShortfallNote.objects.filter(product__plan=plan).select_related("product")
    for note in rows.order_by("written_at", "id"):
        found.setdefault(note.product.number, []).append(note)
    return found


def _up_to_the_end(plan: Plan, found: list[Span]) -> list[Span]:
    """An ended plan takes nothing after its last day. `plan.patient.clinic` at hand."""
    end = plan.last_day(plan.patient.clinic)
    if end is None:
        return found
    return [(schedule, first, min(last or end, end)) for schedule, first, last in found]


def _checked(content: SignedContent | None, version: Version) -> SignedContent:
    if content is None:
        raise Tampered(version)
    return content


def _product_line(one: _Counted, *, today: date, until: date) -> ProductLine:
    balance = one.balance
    missing = one.stock.unanswered(balance, one.notes)
    return ProductLine(
        number=one.product.number,
        product=one.name,
        short_on=in_words(balance.short_on) if balance.short_on else "",
        is_short_now=balance.short_on == today,
        with_as_needed=_with_as_needed(one.beside),
        past=tuple(f"{gap_in_words(gap)} there was not enough by the records." for gap in balance.past),
        facts=tuple(_facts(one, today=today, until=until)),
        shortfall=shortfall_of(missing, one.product) if missing else "",
        notes=tuple(f"{note.text} ({note.written_by_name})" for note in one.notes),
    )


def _with_as_needed(beside: Beside | None) -> str:
    if beside is None:
        return ""
    say = "With the dose as needed as often as it may be taken"
    if beside.balance.short_on:
        return f"{say}, the first day without enough: {in_words(beside.balance.short_on)}."
    return f"{say}, it lasts to the end of the signed schedule too."


def _facts(one: _Counted, *, today: date, until: date) -> Iterator[tuple[str, str]]:
    """Plain sums: what was counted and dispensed, less what the plan took of it."""
    balance, beside = one.balance, one.beside

    def amount(quantity: Quantity) -> str:
        return one.product.amount_and_ml(quantity) if quantity else "none"

    if balance.anchor is None:
        first = min(event.day for event in one.stock.events)
        yield "Dispensed", f"{amount(balance.since)} since {short(first)}"
        yield "The plan took up to yesterday", amount(balance.taken)
    else:
        yield f"Counted at home on {short(balance.anchor.day)}", amount(balance.anchor.quantity)
        yield "Dispensed since then", amount(balance.since)
        yield "The plan took since then, up to yesterday", amount(balance.taken)
    is_after_doses = balance.anchor and balance.anchor.is_after_doses and balance.anchor.day == today
    yield (
        f"Should be left {'after today’s doses' if is_after_doses else 'this morning'}",
        amount(balance.left),
    )
    if beside:
        yield "Left, had the dose as needed been taken as often as it may be", amount(beside.balance.left)
    yield f"The plan takes from today to {short(until)}", amount(needed(one.needs, today, until))
    if beside:
        yield (
            "The same with the dose as needed, as often as it may be",
            amount(needed(beside.needs, today, until)),
        )


def gap_in_words(gap: Gap) -> str:
    """ "From November 8 to 11, 2026"; a single day is said once. Shape: a gap that is over."""
    first, last = gap.first_day, gap.last_day
    if last is None or first == last:
        return f"On {without_weekday(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"From {MONTHS[first.month - 1]} {first.day} to {last.day}, {last.year}"
    return f"From {without_weekday(first)} to {without_weekday(last)}"


def _fill_line(
    row: Dispensing,
    products: dict[int, ScheduleProduct],
    names: dict[int, str],
    needs: dict[int, list[Need]],
    stocks: dict[int, Stock],
    *,
    until: date,
    from_paper: str,
) -> FillLine:
    number = row.product.number
    product = products[number]
    events = stocks[number].events if number in stocks else ()
    later = [event.day for event in events if isinstance(event, Fill) and event.day > row.dispensed_on]
    last = min(later) - ONE_DAY if later else max(until, row.dispensed_on)
    correction, corrects, in_error = getattr(row, "correction", None), row.corrects, error_in_words(row)
    return FillLine(
        number=row.number,
        day=in_words(row.dispensed_on),
        product=names[number],
        amount=product.amount_and_ml(row.quantity),
        by=row.recorded_by_name,
        takes=""
        if correction or in_error
        else product.amount_and_ml(needed(needs[number], row.dispensed_on, last)),
        until=f"{short(last)}, the day before the next was dispensed" if later else short(last),
        corrected_by=correction.number if correction else None,
        corrects=corrects.number if corrects else None,
        why=correction.why_corrected if correction else "",
        in_error=in_error,
        from_paper=from_paper,
    )
