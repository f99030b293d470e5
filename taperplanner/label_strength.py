"""A liquid's strength as its label has it: so much drug in so many mL.

What one mL holds is arithmetic of the label, and exact or refused:

    >>> label = parse_liquid_strength("2 mg/5 mL")
    >>> str(label), str(label.in_one_ml)
    ('2 mg/5 mL', '0.4 mg')

So is what one drop holds, of a dropper whose label says how many drops are one mL:

    >>> str(parse_label("2.5 mg/mL").in_one_drop(25))
    '0.1 mg'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from .doses import THOUSANDTHS_PER_UNIT, Dose, NotAnAmount, Quantity, parse_dose, parse_quantity

_AS_LABELLED: Final = re.compile(r" *([^ /]+?) ?mg ?/ ?(?:([^ /]+?) ?)?m[lL] *")
_A_FRACTION: Final = re.compile("[½¼¾]")
_MOST: Final = parse_dose("9999")
MOST_DROPS_PER_ML: Final = 100
# No sentence here holds a figure, for the reason that `doses` gives.
_HOW: Final = (
    "Enter a liquid's strength as its label has it: the amount with mg, a slash, and the volume with mL."
)
_INEXACT: Final = (
    "This strength does not come out exactly in one mL, so no dose of it could be added up exactly. Check the label. If"
    " it does say this, this liquid cannot stand in a schedule here."
)
_INEXACT_DROP: Final = (
    "This strength does not come out exactly in one drop, so no dose of it could be added up exactly. Check the strength and"
    " the drops per mL on both labels. If they do say this, these drops cannot stand in a schedule here."
)


@dataclass(frozen=True, slots=True)
class LabelStrength:
    amount: Dose
    volume: Quantity

    def __str__(self) -> str:
        """ "2 mg/5 mL"."""
        return f"{self.amount}/{self.volume.number} mL"

    @property
    def shortest(self) -> str:
        """The same, and of one mL without its number: "2.5 mg/mL"."""
        return f"{self.amount}/mL" if self.is_of_one_ml else str(self)

    @classmethod
    def of_columns(cls, nanograms: int | None, thousandths: int | None) -> Self | None:
        if nanograms is None or thousandths is None:
            return None
        return cls(Dose(nanograms), Quantity(thousandths))

    @property
    def is_of_one_ml(self) -> bool:
        return self.volume.thousandths == THOUSANDTHS_PER_UNIT

    @property
    def in_one_ml(self) -> Dose:
        """Whole of each liquid, and of each that comes out in whole drops."""
        return Dose(self.amount.nanograms * THOUSANDTHS_PER_UNIT // self.volume.thousandths)

    def in_one_drop(self, drops_per_ml: int) -> Dose:
        """Raises: NotAnAmount, because a nanogram is never split."""
        drop, rest = divmod(
            self.amount.nanograms * THOUSANDTHS_PER_UNIT, self.volume.thousandths * drops_per_ml
        )
        if rest:
            raise NotAnAmount(_INEXACT_DROP)
        return Dose(drop)


def parse_label(text: str) -> LabelStrength:
    """Read "2 mg/5 mL" or "0.4 mg/mL". Raises: NotAnAmount. What one mL or one drop holds is not looked at."""
    match = _AS_LABELLED.fullmatch(text)
    if not match:
        raise NotAnAmount(_HOW)
    if match[2] and _A_FRACTION.search(match[2]):
        raise NotAnAmount("Enter the volume on the label with a point, not as a fraction.")
    volume = parse_quantity(match[2]) if match[2] else Quantity(THOUSANDTHS_PER_UNIT)
    label = LabelStrength(parse_dose(match[1]), volume)
    if not label.amount or not label.volume:
        raise NotAnAmount("The amount and the volume on the label must be more than zero.")
    if label.in_one_ml > _MOST:
        raise NotAnAmount("No liquid holds so much in one mL. Check the amount and the volume on the label.")
    return label


def parse_liquid_strength(text: str) -> LabelStrength:
    """As `parse_label`, of a liquid that is measured in mL. Raises: NotAnAmount."""
    return measured_in_ml(parse_label(text))


def measured_in_ml(label: LabelStrength) -> LabelStrength:
    """Of any volume but one mL, each thousandth of a mL holds whole nanograms, so that every amount of it is a whole dose.

    Raises: NotAnAmount.
    """
    if label.amount.nanograms % label.volume.thousandths and not label.is_of_one_ml:
        raise NotAnAmount(_INEXACT)
    return label
