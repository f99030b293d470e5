"""The marketed strengths of clonazepam, offered as facts, and when two products are the same.

Strengths: FDA labels on DailyMed (tablets; orally disintegrating tablets, setid
1aef0069-80ea-483d-ac70-c8d485462c5b). RxNorm codes: two listings that were made apart from each other, both read on
27 November 2026, say the same of all eight.
* Value set "Benzodiazepine", 2.16.840.1.113883.3.464.1003.196.12.1522, of the measures of 2022 and of 2026, in
  https://github.com/canvas-medical/canvas-plugins, commit 344f0bcb, canvas_sdk/value_set/v2022/medication.py
* Value set "Benzodiazepine medications" of the Centers for Disease Control and Prevention, 24 February 2025, in
  https://github.com/cqframework/opioid-cds-r4, commit b29bdcbf, input/vocabulary/valueset/benzodiazepine-medications.json
Nobody has read them off RxNav itself: SECURITY.md, "What the person who runs the server does".
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
        MarketedProduct(Form.TABLET, parse_dose("1"), rxnorm="197528"),
        MarketedProduct(Form.TABLET, parse_dose("2"), rxnorm="197529"),
        MarketedProduct(Form.ORALLY_DISINTEGRATING, parse_dose("0.125"), rxnorm="349194"),
        MarketedProduct(Form.ORALLY_DISINTEGRATING, parse_dose("0.25"), rxnorm="349195"),
        MarketedProduct(Form.ORALLY_DISINTEGRATING, parse_dose("0.5"), rxnorm="349198"),
        MarketedProduct(Form.ORALLY_DISINTEGRATING, parse_dose("1"), rxnorm="349196"),
        MarketedProduct(Form.ORALLY_DISINTEGRATING, parse_dose("2"), rxnorm="349197"),
    ),
}


def duplicate_of(product: ScheduleProduct, others: Iterable[ScheduleProduct]) -> ScheduleProduct | None:
    """The one with the same form, strength and maker. Two labels may come to one strength in one mL."""
    return next((other for other in others if _what_it_is(other) == _what_it_is(product)), None)


def _what_it_is(product: ScheduleProduct) -> tuple[Form, Dose, str]:
    return product.form, product.strength, " ".join(product.maker.casefold().split())
