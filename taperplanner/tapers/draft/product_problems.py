"""Problems of a draft's quantities with the products they are of.

A problem of the product itself is one sentence, with all the cells that it concerns.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from taperplanner.doses import InexactDose, Quantity

from ..schedule.schedule import Form, ScheduleProduct, full_names
from ..schedule.steps import ScheduleDose
from .parsed import ParsedDay, ParsedDraft, ParsedStep
from .problem import Problem
from .quantities import PART_WORDS
from .typed import product_of

MOST_PLACES: Final = 8

Use = tuple[ParsedStep, ScheduleDose, ParsedDay]


def of_products(parsed: ParsedDraft, retired: frozenset[int]) -> Iterator[Problem]:
    names = full_names(parsed.products.values())
    for number, product in parsed.products.items():
        taken = [
            (step, dose, day)
            for step in parsed.steps
            for day in step.taken
            for dose in day.doses
            if dose.product == number
        ]
        if taken and number in retired:
            sentence = (
                f"{names[number]} was retired from this plan. Use another product or add it again."
                f" It is used in {_places(taken, product)}."
            )
            yield _product_problem("retired", sentence, number, taken)
        unfit = [use for use in taken if not use[1].quantity.is_multiple_of(product.smallest_part)]
        if unfit:
            sentence = _part_sentence(product, names[number], _places(unfit, product))
            yield _product_problem("part", sentence, number, unfit)


def of_quantities(step: ParsedStep, products: dict[int, ScheduleProduct]) -> Iterator[Problem]:
    for day, dose in [(taken, dose) for taken in step.taken for dose in taken.doses]:
        product = products[dose.product]
        try:
            product.strength.times(dose.quantity)
        except InexactDose:
            sentence = (
                f"{step.say(day)}, {dose.time}: {product.amount(dose.quantity)} of {product.strength_text} does not"
                " come to a dose that can be written exactly. Enter a quantity with fewer digits."
            )
            cell = step.cell(day, f"{dose.time}-{dose.product}")
            yield Problem("inexact", sentence, step=step.position, cell=cell)


def of_unknown_products(step: ParsedStep, products: dict[int, ScheduleProduct]) -> Iterator[Problem]:
    for day, (key, text) in [
        (taken, cell) for taken in step.taken for cell in taken.typed.quantities.items()
    ]:
        if text.strip() and product_of(key) not in products:
            yield Problem(
                "unknown-product",
                f"{step.say(day)}: “{text}” is in a column whose product this plan does not have."
                " Reload the page and type it where it belongs.",
                step=step.position,
            )


def _product_problem(code: str, sentence: str, number: int, uses: list[Use]) -> Problem:
    first, *others = (step.cell(day, f"{dose.time}-{number}") for step, dose, day in uses)
    return Problem(code, sentence, cell=first, others=tuple(others), product=number)


def _places(uses: list[Use], product: ScheduleProduct) -> str:
    """ "step 1, morning (½ tablet); step 3, bedtime (½ tablet)"."""
    named = [
        f"s{step.say(day)[1:]}, {dose.time} ({product.amount(dose.quantity)})"
        for step, dose, day in uses[:MOST_PLACES]
    ]
    more = " and more, each marked in the table" if len(uses) > MOST_PLACES else ""
    return "; ".join(named) + more


def _part_sentence(product: ScheduleProduct, name: str, places: str) -> str:
    part = product.smallest_part
    if product.form is Form.LIQUID:
        return (
            f"The smallest amount that can be measured of {name} is {Quantity(part.thousandths).number} mL, and what"
            f" is typed is not a whole multiple of it: {places}. Enter amounts that can be measured."
        )
    if product.form is Form.DROPS:
        return f"Only whole drops of {name} can be taken: {places}. Enter whole drops."
    return (
        f"{name} {PART_WORDS[part.thousandths]}, so what is typed cannot be taken: {places}. Use other quantities or"
        " another product."
    )
