"""Quantities as they are typed in a cell, by the unit of their product."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from taperplanner.doses import NotAnAmount, Quantity, parse_quantity

from ..schedule.schedule import Unit

_UNBREAKING = re.compile("(?<=[0-9])[\u00a0\u202f](?=[0-9½¼¾])")
_FRACTION = re.compile("[½¼¾/]")
WHOLE_DROPS: Final = "Drops are counted: enter a whole number, without a point or a fraction."
PART_WORDS: Final = {
    1000: "may not be split",
    500: "may be split into halves and no smaller",
    250: "may be split into quarters and no smaller",
}


def read_quantity(text: str) -> Quantity:
    """As `parse_quantity`; the space of "1 ½" may be a no-break space. Raises: NotAnAmount."""
    return parse_quantity(_UNBREAKING.sub(" ", text))


def read_millilitres(text: str) -> Quantity:
    """Of a liquid, whose syringe is marked in decimals. Raises: NotAnAmount."""
    quantity = read_quantity(text)
    if _FRACTION.search(text):
        raise NotAnAmount("A liquid is measured in mL: type the amount with a point, not as a fraction.")
    return quantity


def read_drops(text: str) -> Quantity:
    """Drops are counted, so only whole ones can be taken. Raises: NotAnAmount."""
    quantity = read_quantity(text)
    if _FRACTION.search(text) or "." in text:
        raise NotAnAmount(WHOLE_DROPS)
    return quantity


def quantity_reader(unit: Unit) -> Callable[[str], Quantity]:
    return {Unit.TABLET: read_quantity, Unit.ML: read_millilitres, Unit.DROP: read_drops}[unit]
