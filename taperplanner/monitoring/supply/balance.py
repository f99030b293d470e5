"""Tablets counted against the signed schedule, day by day, in thousandths. It counts; it proposes nothing.

Parts count: half a tablet taken leaves the other half. What is not there cannot be taken: on a short
day what is left is taken, and a late refill counts from its own day. A count at home replaces the balance from
its day on. Days that are alike or repeat are taken together as a run, and a property test holds the runs against a
walk over every single day.

    dispensed   7                     20
    taken       1 1 1 1 1 1 1 - - - - 1 1 1 1 1 1 …
    gap                       ^^^^^^^                 not enough by the records
    counted                                 3         from here on 3, whatever the balance was
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from taperplanner.doses import Quantity

from .needs import Need

ONE_DAY: Final = timedelta(days=1)
NOTHING: Final = Quantity(0)


@dataclass(frozen=True, slots=True)
class Fill:
    """What was dispensed on a day is there for that day. `order`: in which rows of a day were written."""

    day: date
    quantity: Quantity
    order: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """What was there on a day, with what had been recorded as dispensed by then.

    `is_after_doses`: that day's doses were all taken; otherwise they still come off it. `gone`: lost,
    returned or destroyed before the rest was counted.
    """

    day: date
    quantity: Quantity
    order: int = 0
    is_after_doses: bool = False
    gone: Quantity = NOTHING

    @property
    def holds_from(self) -> date:
        return self.day + ONE_DAY if self.is_after_doses else self.day


SupplyEvent = Fill | Count


@dataclass(frozen=True, slots=True)
class Gap:
    """Days, one after another, whose doses were not all there. A last day of None: without an end.

    Days of a pattern that take nothing may lie between them.
    """

    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A count beside what should have been left: from `least`, that day's doses taken, to `most`.

    `as_needed`: how much less may be there by a dose as needed, without anything missing.
    """

    count: Count
    least: Quantity
    most: Quantity
    as_needed: Quantity = NOTHING

    @property
    def missing(self) -> Quantity:
        return Quantity(max(self.least.thousandths - self.as_needed.thousandths - self._found, 0))

    @property
    def explained(self) -> Quantity:
        """How much fewer there are than the steps leave, where nothing is missing: a dose as needed may be that."""
        return NOTHING if self.missing else Quantity(max(self.least.thousandths - self._found, 0))

    @property
    def too_many(self) -> Quantity:
        return Quantity(max(self._found - self.most.thousandths, 0))

    @property
    def _found(self) -> int:
        return self.count.quantity.thousandths + self.count.gone.thousandths


@dataclass(frozen=True, slots=True)
class Balance:
    """One product, seen on one day. `past` ends before that day; `short_on` is that day or a later one.

    `anchor`: the last count, from which the balance goes on. `since`: dispensed after it, or at all.
    `left`: that morning; once that day's doses are said to be taken, after them. `compared`: each count
    that has something before it, oldest first.
    """

    past: tuple[Gap, ...]
    short_on: date | None
    anchor: Count | None
    since: Quantity
    left: Quantity
    compared: tuple[Compared, ...]

    @property
    def taken(self) -> Quantity:
        """By the balance, from what was there: since the anchor, or at all."""
        begun = self.anchor.quantity if self.anchor else NOTHING
        return Quantity(begun.thousandths + self.since.thousandths - self.left.thousandths)


def balance_of(needs: Sequence[Need], events: Sequence[SupplyEvent], today: date) -> Balance:
    """Shape: one event or more, none after `today`; no two needs cover one day."""
    walk = _Walk(needs, events)
    past: list[Gap] = []
    short_on: date | None = None
    state: tuple[Count | None, Quantity, Quantity] = (None, NOTHING, NOTHING)
    for first, last in _pieces(needs, events, today):
        is_counted_on = walk.begin(first)
        if first <= today or is_counted_on:
            state = walk.anchor, Quantity(walk.since), Quantity(walk.stock)
        gap = walk.live(first, last)
        if gap and gap.first_day >= today:
            short_on = gap.first_day
            break
        if gap and past and walk.goes_on(past[-1], gap):
            gap = Gap(past.pop().first_day, gap.last_day)
        past += [gap] if gap else []
    anchor, since, left = state
    return Balance(tuple(past), short_on, anchor, since, left, tuple(walk.compared))


@dataclass
class _Walk:
    """From piece to piece of days that are alike or repeat."""

    needs: Sequence[Need]
    events: Sequence[SupplyEvent]
    stock: int = 0
    since: int = 0
    anchor: Count | None = None
    compared: list[Compared] = field(default_factory=list)

    def begin(self, day: date) -> bool:
        """What happens that morning; whether a count holds from it on."""
        happens = [event for event in self.events if _holds_from(event) == day]
        for event in sorted(happens, key=lambda event: (event.day, event.order)):
            if isinstance(event, Fill):
                self.stock += event.quantity.thousandths
                self.since += event.quantity.thousandths
            else:
                self._count(event)
        return any(isinstance(event, Count) for event in happens)

    def live(self, first: date, last: date | None) -> Gap | None:
        """Take what these days need; the days of them that are short."""
        need = next((need for need in self.needs if need.covers(first)), None)
        if need is None:
            return None
        days_there = need.days_there(first, self.stock)
        if last is None:
            lasts_beyond_all_dates = days_there > (date.max - first).days
            return None if lasts_beyond_all_dates else Gap(first + timedelta(days=days_there), None)
        days = (last - first).days + 1
        self.stock = max(self.stock - need.in_days(first, days), 0)
        if days_there >= days or self._was_told_taken(first):
            return None
        return Gap(first + timedelta(days=days_there), need.last_taking(last))

    def goes_on(self, gap: Gap, later: Gap) -> bool:
        """Whether nothing was to be taken on the days between two gaps, as on some days of a pattern."""
        day = later.first_day
        while gap.last_day and (day := day - ONE_DAY) > gap.last_day:
            need = next((need for need in self.needs if need.covers(day)), None)
            if need is None or need.on(day):
                return False
        return True

    def _count(self, count: Count) -> None:
        later = self._dispensed_later(count) if count.is_after_doses else 0
        if any((event.day, event.order) < (count.day, count.order) for event in self.events):
            most = max(self.stock - later, 0)
            need = next((need for need in self.needs if need.covers(count.day)), None)
            still = need.on(count.day).thousandths if need and not count.is_after_doses else 0
            self.compared.append(Compared(count, Quantity(max(most - still, 0)), Quantity(most)))
        self.anchor, self.stock, self.since = count, count.quantity.thousandths + later, later

    def _dispensed_later(self, count: Count) -> int:
        """On the count's own day, but recorded after it: it is added."""
        fills = [event for event in self.events if isinstance(event, Fill) and event.day == count.day]
        return sum(fill.quantity.thousandths for fill in fills if fill.order > count.order)

    def _was_told_taken(self, day: date) -> bool:
        counts = (event for event in self.events if isinstance(event, Count))
        return any(count.is_after_doses and count.day == day for count in counts)


def _holds_from(event: SupplyEvent) -> date:
    return event.holds_from if isinstance(event, Count) else event.day


def _pieces(
    needs: Sequence[Need], events: Sequence[SupplyEvent], today: date
) -> Iterator[tuple[date, date | None]]:
    """From the first event on: days through which nothing happens and what is taken is alike or repeats."""
    start = min(event.day for event in events)
    cuts = {start, today}
    for need in needs:
        cuts |= {need.first_day} if need.last_day is None else {need.first_day, need.last_day + ONE_DAY}
    for event in events:
        cuts |= {event.day, _holds_from(event)}
    ordered = sorted(day for day in cuts if day >= start)
    for first, following in pairwise(ordered):
        yield first, following - ONE_DAY
    yield ordered[-1], None
