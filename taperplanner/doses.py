"""Exact amounts: the only parser and the only printer of a dose or a quantity.

A dose is a whole number of nanograms, a quantity a whole number of thousandths of a unit
(a tablet or a mL). Nothing here rounds, and nothing is ever a float.

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

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,3})(?:\.([0-9]{1,5}))?")
_FRACTIONS: Final = {"½": 500, "¼": 250, "¾": 750, "1/2": 500, "1/4": 250, "3/4": 750}
_GLYPHS: Final = {500: "½", 250: "¼", 750: "¾"}
_WITH_FRACTION = re.compile(r"(?:([1-9][0-9]{0,3}) ?)?(½|¼|¾)|(?:([1-9][0-9]{0,3}) )?(1/2|1/4|3/4)")
_QUANTITY_PLACES: Final = 3


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
    """How many tablets or mL. Unit: thousandths of one."""

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

    Raises: NotAnAmount. Source: shared design, "Numbers".
    """
    return Dose(_parse(text, NANOGRAMS_PER_MG, "for example 12.5", places=5))


def parse_quantity(text: str) -> Quantity:
    """Read a number of tablets or mL as typed: "1", "1.5", "½", "1½", "1/2" or "1 1/2".

    Raises: NotAnAmount. Source: shared design, "Numbers".
    """
    fraction = _WITH_FRACTION.fullmatch(text.strip(" "))
    if fraction:
        whole = fraction[1] or fraction[3] or "0"
        return Quantity(int(whole) * THOUSANDTHS_PER_UNIT + _FRACTIONS[fraction[2] or fraction[4]])
    return Quantity(_parse(text, THOUSANDTHS_PER_UNIT, "from 0 to 9999", places=_QUANTITY_PLACES))


def parse_days(text: str) -> int:
    """Read a number of days as typed. Raises: NotAnAmount."""
    text = text.strip(" ")
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        message = "Enter the number of days as a whole number from 1 to 9999."
        if text == "0":
            message = "A step lasts at least 1 day. Enter a whole number from 1 to 9999."
        raise NotAnAmount(message)
    return int(text)


def _parse(text: str, scale: int, hint: str, places: int) -> int:
    """`hint` ends the sentences. For days and quantities it names no value that could be meant."""
    match = _NUMBER.fullmatch(text.strip(" "))
    if not match:
        raise NotAnAmount(_what_to_type(text.strip(), hint))
    decimals = match[2] or ""
    if len(decimals) > places:
        raise NotAnAmount(f"Enter a number with at most {places} digits after the point, {hint}.")
    return int(match[1]) * scale + int(decimals.ljust(len(str(scale)) - 1, "0"))


def _what_to_type(text: str, hint: str) -> str:  # noqa: PLR0911 - one for each slip
    """One sentence for a number that was refused, fitted to the commonest slips."""
    if not text:
        return f"Enter a number, {hint}."
    if text.startswith(("-", "−", "+")):
        return "Enter the number without a sign."
    if re.fullmatch(r"\.[0-9]{1,5}", text):
        return f"Put a zero before the point: 0{text}."
    if re.fullmatch(r"[0-9]{1,4}\.", text):
        return f"Leave out the point at the end: {text[:-1]}."
    if "," in text:
        return "Use a point, not a comma."
    if re.fullmatch(r"0[0-9]+(\.[0-9]+)?", text):
        return "Leave out the zero in front."
    if re.fullmatch(r"[0-9.]+ ?(mg|mcg|µg|ug|g|ml|mL|tab|tabs|tablet|tablets)", text):
        return "Enter the number alone, without the unit."
    if re.fullmatch(r"[0-9]{5,}(\.[0-9]+)?", text):
        return "Enter a number below 10000."
    return f"Enter a number in plain digits, {hint}."


def _decimal(amount: int, scale: int) -> str:
    whole, rest = divmod(amount, scale)
    if not rest:
        return str(whole)
    digits = len(str(scale)) - 1
    return f"{whole}.{str(rest).zfill(digits).rstrip('0')}"
