"""Numbers and regimens in words, for reading back before a signature and for paper."""

from __future__ import annotations

from typing import Final

from taperplanner.doses import THOUSANDTHS_PER_UNIT, Dose, Quantity
from taperplanner.number_words import in_english

from ..schedule.schedule import ScheduleProduct, Unit
from ..schedule.steps import Regimen, TimeOfDay

_PARTS: Final = {500: "half", 250: "a quarter", 750: "three quarters"}


def dose_in_words(dose: Dose) -> str:
    """ "zero point one two five milligrams"."""
    whole, _, decimals = dose.number.partition(".")
    words = in_english(int(whole))
    if decimals:
        words += " point " + " ".join(in_english(int(digit)) for digit in decimals)
    return f"{words} {'milligram' if dose.number == '1' else 'milligrams'}"


def quantity_in_words(quantity: Quantity, product: ScheduleProduct) -> str:
    """ "one and a half tablets", "half a tablet", "two point five mL", "twelve drops"."""
    whole, part = divmod(quantity.thousandths, THOUSANDTHS_PER_UNIT)
    unit = product.form.unit
    if not part and unit is not Unit.ML:
        return f"{in_english(whole)} {unit.value if whole == 1 else unit.several}"
    if unit is not Unit.TABLET or part not in _PARTS:
        return f"{decimal_in_words(quantity)} {unit.several}"
    words = _PARTS[part]
    if not whole:
        return "half a tablet" if words == "half" else f"{words} of a tablet"
    return f"{in_english(whole)} and {'a half' if words == 'half' else words} tablets"


def days_in_words(days: int) -> str:
    return f"{in_english(days)} {'day' if days == 1 else 'days'}"


def days_text(days: int) -> str:
    return f"{days} {'day' if days == 1 else 'days'}"


def times_of(
    regimen: Regimen, products: dict[int, ScheduleProduct], names: dict[int, str]
) -> list[tuple[TimeOfDay, str]]:
    """What is taken at each time of day that takes something: "1½ tablets of 0.5 mg". Names: `short_names`."""
    lines = []
    for time in TimeOfDay:
        at_time = [dose for dose in regimen.doses if dose.time is time]
        if at_time:
            parts = [
                f"{products[dose.product].amount(dose.quantity)} of {names[dose.product]}" for dose in at_time
            ]
            lines.append((time, " and ".join(parts)))
    return lines


def one_line(regimen: Regimen, products: dict[int, ScheduleProduct], names: dict[int, str]) -> str:
    """The whole day in one line: "0.75 mg a day: morning ½ tablet of 0.5 mg; bedtime …"."""
    taken = "; ".join(f"{time.value} {what}" for time, what in times_of(regimen, products, names))
    return f"{regimen.dose} a day: {taken}" if taken else f"{regimen.dose} a day"


def on_one_line(text: str) -> str:
    """The text with no-break spaces, so that a number and its unit stay on one line."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def strength_unbroken(product: ScheduleProduct, name: str) -> str:
    """A name of the product whose strength stays on one line; the words after it may break.

    So may a strength as labelled from what it comes to in one mL or one drop, and this from the drops in one mL.
    """
    strength = product.strength_text
    unbroken = " (".join(
        ", ".join(on_one_line(said) for said in part.split(", ")) for part in strength.split(" (")
    )
    return unbroken + name.removeprefix(strength)


def decimal_in_words(quantity: Quantity) -> str:
    whole, _, decimals = quantity.number.partition(".")
    words = in_english(int(whole))
    if decimals:
        words += " point " + " ".join(in_english(int(digit)) for digit in decimals)
    return words
