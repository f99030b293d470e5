"""What is taken at each time of day, as the words and numbers of a paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from taperplanner.doses import THOUSANDTHS_PER_UNIT
from taperplanner.tapers.schedule.schedule import Form, Schedule, ScheduleProduct, Unit, distinct_names
from taperplanner.tapers.schedule.steps import Regimen, ScheduleDose

from .labels import time_name
from .language import QUARTERS, Translator, amount_in_words, amount_text
from .remaining import times_of


@dataclass(frozen=True, slots=True)
class TakeLine:
    """One product at one time of day: the count, the count in words, and what it is a count of.

    `spoken`: the count where room is narrow, its parts always in words: "half a tablet", "1½ tablets (one and a half)".
    """

    count: str
    words: str
    product: str
    spoken: str


# Each time of day, with what is taken at it.
Times = tuple[tuple[str, tuple[TakeLine, ...]], ...]


def take_lines(regimen: Regimen, schedule: Schedule, t: Translator) -> Times:
    """Each time of day that the schedule uses, with what this day takes at it, also where that is nothing."""
    products = schedule.products
    names = product_names(products, t)
    return tuple(
        (
            time_name(time, t),
            tuple(
                _line(dose, products[dose.product], names[dose.product], t)
                for dose in regimen.doses
                if dose.time is time
            ),
        )
        for time in times_of(schedule)
    )


def in_one_line(times: Times, t: Translator) -> str:
    """ "Morning: ½ tablet (half a tablet) of 0.5 mg; Bedtime: 1 tablet (one) of 0.5 mg"; nothing where nothing is taken."""

    def said(line: TakeLine) -> str:
        return f"{line.count} ({line.words}) {t('of')} {line.product}"

    joined = f" {t('and')} "
    return "; ".join(f"{name}: {joined.join(map(said, lines))}" for name, lines in times if lines)


def product_names(products: Mapping[int, ScheduleProduct], t: Translator) -> dict[int, str]:
    """ "0.5 mg"; a tablet that melts says so, and the maker stands where two of one strength would read alike."""

    def name(product: ScheduleProduct) -> str:
        if product.form is Form.ORALLY_DISINTEGRATING:
            return t("{strength}, melts in the mouth", strength=product.strength_text)
        if product.form is Form.DROPS and product.label:
            return t(
                "{label} ({strength} a drop, {count} drops in one mL)",
                label=product.label.shortest,
                strength=str(product.strength),
                count=product.drops_per_ml or 0,
            )
        return product.strength_text

    return distinct_names(
        products.values(),
        name,
        unknown=t("maker not recorded"),
        numbered=lambda number: t("product {number}", number=number),
    )


def _line(dose: ScheduleDose, product: ScheduleProduct, name: str, t: Translator) -> TakeLine:
    count, words = amount_text(dose.quantity, product, t), amount_in_words(dose.quantity, product, t)
    whole, part = divmod(dose.quantity.thousandths, THOUSANDTHS_PER_UNIT)
    if not (part and product.form.unit is Unit.TABLET):
        spoken = count
    elif whole or part not in QUARTERS:
        spoken = f"{count} ({words})"
    else:
        spoken = words
    return TakeLine(count, words, name, spoken)
