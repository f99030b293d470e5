"""Exact amounts: the only parser and the only printer of a dose or a quantity.

A dose is a whole number of nanograms, a quantity a whole number of thousandths of a unit
(a tablet, a mL or a drop). Nothing here rounds, and nothing is ever a float.

    >>> str(parse_dose("12.5"))
    '12.5 mg'
    >>> str(parse_quantity("1 1/2"))
    '1½'
    >>> str(parse_dose("0.125").times(parse_quantity("½")))
    '0.0625 mg'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

NANOGRAMS_PER_MG: Final = 1_000_000
THOUSANDTHS_PER_UNIT: Final = 1_000

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,3})(?:\.([0-9]+))?")
_FRACTIONS: Final = {"½": 500, "¼": 250, "¾": 750, "1/2": 500, "1/4": 250, "3/4": 750}
_GLYPHS: Final = {500: "½", 250: "¼", 750: "¾"}
_WITH_FRACTION = re.compile(r"(?:([1-9][0-9]{0,3}) ?)?(½|¼|¾)|(?:([1-9][0-9]{0,3}) )?(1/2|1/4|3/4)")
_QUANTITY_PLACES: Final = 3
# What is accepted, in words. No sentence of this module holds a figure: beside a cell it would stand like
# a suggestion, and a number put right is a guess (".75" is as often 1.75 with a lost 1 as it is 0.75).
_A_DOSE: Final = "Enter a number in plain digits, with one point at most."
_A_QUANTITY: Final = "Enter a whole number, a number with one point, or halves and quarters as a fraction with a slash or in one sign."
_IN_WORDS: Final = {3: "three", 5: "five"}


class NotAnAmount(ValueError):
    """What was typed is not an amount; the message says what to type instead."""


class InexactDose(ValueError):
    """A quantity of this product is not a whole number of nanograms."""


@dataclass(frozen=True, order=True, slots=True)
class Dose:
    """An amount of drug. Unit: nanograms."""

    nanograms: int

    def __str__(self) -> str:
        return f"{self.number} mg"

    def __bool__(self) -> bool:
        return self.nanograms != 0

    @property
    def number(self) -> str:
        """Milligrams without the unit: a leading zero, no trailing zero, no exponent."""
        return _decimal(self.nanograms, NANOGRAMS_PER_MG)

    def times(self, quantity: Quantity) -> Dose:
        """The drug in this quantity of a product of this strength.

        Raises: InexactDose, because a nanogram is never split.
        """
        whole, rest = divmod(self.nanograms * quantity.thousandths, THOUSANDTHS_PER_UNIT)
        if rest:
            raise InexactDose
        return Dose(whole)


@dataclass(frozen=True, order=True, slots=True)
class Quantity:
    """How many tablets, mL or drops. Unit: thousandths of one."""

    thousandths: int

    def __str__(self) -> str:
        """As counted in tablets, with ½, ¼ and ¾ as one sign."""
        whole, part = divmod(self.thousandths, THOUSANDTHS_PER_UNIT)
        if part in _GLYPHS:
            return f"{whole or ''}{_GLYPHS[part]}"
        return self.number

    def __bool__(self) -> bool:
        return self.thousandths != 0

    @property
    def number(self) -> str:
        """As read off a syringe: decimals, never a fraction."""
        return _decimal(self.thousandths, THOUSANDTHS_PER_UNIT)

    def times(self, days: int) -> Quantity:
        return Quantity(self.thousandths * days)

    def is_multiple_of(self, part: Quantity) -> bool:
        return self.thousandths % part.thousandths == 0

    def whole_units(self) -> int:
        """Units to have at hand for this quantity: a part of one needs a whole one."""
        return -(-self.thousandths // THOUSANDTHS_PER_UNIT)


def total_dose(doses: Iterable[Dose]) -> Dose:
    return Dose(sum(dose.nanograms for dose in doses))


def total_quantity(quantities: Iterable[Quantity]) -> Quantity:
    return Quantity(sum(quantity.thousandths for quantity in quantities))


def parse_dose(text: str) -> Dose:
    """Read milligrams as typed, such as "12.5".

    Raises: NotAnAmount. Source: docs/design.md, "Numbers".
    """
    return Dose(_parse(text, NANOGRAMS_PER_MG, _A_DOSE, places=5))


def parse_quantity(text: str) -> Quantity:
    """Read a number of tablets or mL as typed: "1", "1.5", "½", "1½", "1/2" or "1 1/2".

    Raises: NotAnAmount. Source: docs/design.md, "Numbers".
    """
    fraction = _WITH_FRACTION.fullmatch(text.strip(" "))
    if fraction:
        whole = fraction[1] or fraction[3] or "0"
        return Quantity(int(whole) * THOUSANDTHS_PER_UNIT + _FRACTIONS[fraction[2] or fraction[4]])
    return Quantity(_parse(text, THOUSANDTHS_PER_UNIT, _A_QUANTITY, places=_QUANTITY_PLACES))


def parse_days(text: str) -> int:
    """Read a number of days as typed. Raises: NotAnAmount."""
    text = text.strip(" ")
    if re.fullmatch(r"[1-9][0-9]{0,3}", text):
        return int(text)
    if text == "0":
        raise NotAnAmount("A step lasts at least one day. Enter the number of days.")
    if re.fullmatch(r"[0-9]{1,9}\.[0-9]{0,9}", text):
        raise NotAnAmount("Enter whole days, without a point.")
    raise NotAnAmount(_what_to_type(text, "Enter the number of days as a whole number, in digits alone."))


def _parse(text: str, scale: int, accepted: str, places: int) -> int:
    match = _NUMBER.fullmatch(text.strip(" "))
    if not match:
        raise NotAnAmount(_what_to_type(text.strip(), accepted))
    decimals = match[2] or ""
    if len(decimals) > places:
        raise NotAnAmount(f"Enter a number with at most {_IN_WORDS[places]} digits after the point.")
    return int(match[1]) * scale + int(decimals.ljust(len(str(scale)) - 1, "0"))


def _what_to_type(text: str, accepted: str) -> str:  # noqa: PLR0911 - one for each slip
    """One sentence for a number that was refused, fitted to the commonest slips. `accepted`: for the rest."""
    if text.startswith(("-", "−", "+")):
        return "Enter the number without a sign."
    if re.fullmatch(r"\.[0-9]{1,9}", text):
        return "Enter the number whole: no digit stands before the point."
    if re.fullmatch(r"[0-9]{1,9}\.", text):
        return "Enter the number whole: no digit stands after the point."
    if "," in text:
        return "Use a point, not a comma."
    if re.fullmatch(r"0[0-9]+(\.[0-9]+)?", text):
        return (
            "Check the number: a zero in front of other digits has lost its point, or does not belong there."
        )
    if re.fullmatch(r"[0-9.]+ ?(mg|mcg|µg|ug|g|ml|mL|tab|tabs|tablet|tablets|drop|drops|d|days|weeks)", text):
        return "Enter the number alone, without the unit."
    if re.fullmatch(r"[0-9]{5,}(\.[0-9]+)?", text):
        return "Enter a number below ten thousand."
    return accepted


def _decimal(amount: int, scale: int) -> str:
    whole, rest = divmod(amount, scale)
    if not rest:
        return str(whole)
    digits = len(str(scale)) - 1
    return f"{whole}.{str(rest).zfill(digits).rstrip('0')}"
