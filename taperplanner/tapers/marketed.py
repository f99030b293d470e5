"""The marketed strengths of clonazepam, offered as facts, and when two products are the same.

Source: FDA labels on DailyMed (tablets; orally disintegrating tablets, setid
1aef0069-80ea-483d-ac70-c8d485462c5b). A code stands here only where more than one public listing
agrees on it: 197527. The others rest on one listing that a second contradicts, so the field stays
empty until somebody reads the code off RxNav or the package and types it.
What a tablet may be split into is not here: it differs by maker, and the provider answers it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from taperplanner.doses import Dose, parse_dose

from .schedule.schedule import Form, ScheduleProduct


@dataclass(frozen=True, slots=True)
class MarketedProduct:
    """A strength on the market. `key` is its value in the product form."""

    form: Form
    strength: Dose
    rxnorm: str = ""

    @property
    def key(self) -> str:
        return f"{self.form}-{self.strength.number}"

    @property
    def label(self) -> str:
        return f"{self.strength} {self.form.label}"


MARKETED: Final[dict[str, tuple[MarketedProduct, ...]]] = {
    "clonazepam": (
        MarketedProduct(Form.TABLET, parse_dose("0.5"), rxnorm="197527"),
        MarketedProduct(Form.TABLET, parse_dose("1")),
        MarketedProduct(Form.TABLET, parse_dose("2")),
        MarketedProduct(Form.ORALLY_DISINTEGRATING, parse_dose("0.125")),
        MarketedProduct(Form.ORALLY_DISINTEGRATING, parse_dose("0.25")),
        MarketedProduct(Form.ORALLY_DISINTEGRATING, parse_dose("0.5")),
        MarketedProduct(Form.ORALLY_DISINTEGRATING, parse_dose("1")),
        MarketedProduct(Form.ORALLY_DISINTEGRATING, parse_dose("2")),
    ),
}


def duplicate_of(product: ScheduleProduct, others: Iterable[ScheduleProduct]) -> ScheduleProduct | None:
    """The one with the same form, strength and maker. Two labels may come to one strength in one mL."""
    return next((other for other in others if _what_it_is(other) == _what_it_is(product)), None)


def _what_it_is(product: ScheduleProduct) -> tuple[Form, Dose, str]:
    return product.form, product.strength, " ".join(product.maker.casefold().split())
