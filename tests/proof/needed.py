"""What a paper says of a dose as needed, read from its own block, and what it ought to say."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from taperplanner.doses import Quantity
from taperplanner.handouts.paper.content import product_names
from taperplanner.handouts.paper.language import Translator
from taperplanner.handouts.paper.layouts import Layout
from taperplanner.tapers.schedule.as_needed import AsNeeded
from taperplanner.tapers.schedule.schedule import Schedule, ScheduleProduct

from .letters import Read, plain
from .reading_back import _body
from .words import Amount, amounts_in, squeezed

WHENS: Final = (
    "For a panic attack",
    "For a panic attack, after ten minutes of slow breathing",
    '#eval("1") $x$ *bold* <script>alert(1)</script>',
    "No more than it takes. When: at night",
    "ж" * 200,
    "-" * 200,
    "الدواء" * 20,
    "w" * 200,
)
LAYOUTS: Final = frozenset({Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST, Layout.WALLET})


@dataclass(frozen=True, slots=True)
class Said:
    """`amounts`: what is taken at one time; `dose`: what that comes to; `times`: at most so often on one day."""

    amounts: tuple[Amount, ...]
    dose: str
    times: int


def as_needed_of(products: dict[int, ScheduleProduct], number: int) -> AsNeeded | None:
    """One for each third plan, which is the same plan in all else."""
    chance = random.Random(f"as needed {number}")
    if chance.randrange(3):
        return None
    product = products[chance.choice(sorted(products))]
    quantity = Quantity(product.smallest_part.thousandths * chance.randint(1, 14))
    dose = product.strength.times(quantity)
    return AsNeeded(product.number, quantity, dose, chance.randint(1, 9), chance.choice(WHENS))


def wrong_needed(
    read: Read, schedule: Schedule, layout: Layout, printed_on: date, t: Translator
) -> Iterator[str]:
    """It stands on the paper once, says what was signed, and nowhere where nothing may be taken as needed."""
    if layout not in LAYOUTS:
        return
    text = plain(" ".join(one.text for page in range(len(read.pages)) for one in _body(read, page, t)))
    parts = text.split(f"{t('Only if needed')} ")[1:]
    day = printed_on if layout is Layout.WALLET else max(printed_on, schedule.first_day)
    needed = schedule.as_needed_on(day)
    if len(parts) != (needed is not None):
        yield f"it says {len(parts)} times what may be taken as needed"
    if needed is None or not parts:
        return
    name = product_names(schedule.products, t)[needed.product]
    strength = schedule.products[needed.product].strength.nanograms
    wanted = Said(
        (Amount(needed.quantity.thousandths, strength, squeezed(name)),), str(needed.dose), needed.times_a_day
    )
    if (found := _said(parts[0], t)) != wanted:
        yield f"as needed the paper says {found}, and {wanted} was signed"
    if needed.when.isascii() and squeezed(needed.when) not in squeezed(parts[0]):
        yield "it does not say when it may be taken"
    if squeezed(t("This is extra. It is not part of your daily doses.")) not in squeezed(parts[0]):
        yield "it does not say that it is extra"


def _said(text: str, t: Translator) -> Said | None:
    each = re.escape(t("{dose} each time", dose="(D)")).replace(re.escape("(D)"), r"(?P<dose>[\d.]+ mg)")
    most = "|".join(
        re.escape(t.listed(line).format(count="(N)")).replace(re.escape("(N)"), r"(\d+)")
        for line in ("No more than {count} times in one day.", "No more than {count} time in one day.")
    )
    taken, counted = re.search(rf"^(?P<taken>.*?), {each}", text), re.search(most, text)
    if taken is None or counted is None:
        return None
    amounts = tuple(amounts_in(taken["taken"], t, is_all=True))
    return Said(amounts, taken["dose"], int(next(filter(None, counted.groups()))))
