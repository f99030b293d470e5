"""The dose as needed of a draft: read without guessing, its problems, and its part of the draft page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from taperplanner.doses import Dose, InexactDose, NotAnAmount, Quantity, parse_dose
from taperplanner.safe_spelling import find_unsafe
from taperplanner.text import hidden_in

from ..schedule.as_needed import AsNeeded
from ..schedule.course import Course
from ..schedule.schedule import ScheduleProduct, Unit, full_names
from .needed_typed import NOTHING, PREFIX, TypedNeeded
from .problem import Problem, Severity
from .quantities import PART_WORDS, quantity_reader, read_quantity

LONGEST_WHEN: Final = 200
SAY: Final = "As needed"
CELLS: Final = {
    "product": "product",
    "quantity": "how much at one time",
    "dose": "mg at one time",
    "times": "how many times on one day at most",
    "when": "when it may be taken",
}
_MISSING: Final = {
    "product": "choose the product that it is made of.",
    "quantity": "enter how much is taken at one time.",
    "dose": "enter how many mg are taken at one time.",
    "times": "enter how many times on one day it may be taken at most.",
    "when": "write when it may be taken.",
}
_TIMES: Final = re.compile(r"[1-9][0-9]?")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ParsedNeeded:
    """`wrong`: a sentence for each cell that could not be parsed, by its name."""

    typed: TypedNeeded
    product: ScheduleProduct | None = None
    quantity: Quantity | None = None
    dose: Dose | None = None
    times: int | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def comes_to(self) -> Dose | None:
        """What the quantity comes to, from the product's strength; None where that is not exact or not yet typed."""
        if self.product is None or not self.quantity:
            return None
        try:
            return self.product.strength.times(self.quantity)
        except InexactDose:
            return None

    @property
    def as_data(self) -> AsNeeded | None:
        """None where something could not be parsed, or is missing."""
        when = self.typed.when.strip()
        if self.wrong or not (self.product and self.quantity and self.dose and self.times and when):
            return None
        return AsNeeded(self.product.number, self.quantity, self.dose, self.times, when)


def parse_needed(typed: TypedNeeded, products: Mapping[int, ScheduleProduct]) -> ParsedNeeded | None:
    """None where none is typed."""
    if not typed.is_used:
        return None
    wrong: dict[str, str] = {}

    def cell(name: str, parse: Callable[[str], V]) -> V | None:
        text = typed.texts[name]
        if not text.strip():
            return None
        try:
            return parse(text)
        except NotAnAmount as problem:
            wrong[name] = str(problem)
            return None

    product = {str(number): one for number, one in products.items()}.get(typed.product.strip())
    if typed.product.strip() and product is None:
        wrong["product"] = "This plan does not have the product that was chosen. Choose another."
    return ParsedNeeded(
        typed=typed,
        product=product,
        quantity=cell("quantity", _quantity_of(product)),
        dose=cell("dose", parse_dose),
        times=cell("times", _parse_times),
        wrong=wrong | _wrong_words(typed.when),
    )


def problems_of_needed(
    parsed: ParsedNeeded | None, products: Mapping[int, ScheduleProduct], retired: frozenset[int]
) -> Iterator[Problem]:
    """What prevents signing, and then what is asked about on every signature that has one."""
    if parsed is None:
        return
    for name, sentence in parsed.wrong.items():
        yield _problem("unreadable", f"{CELLS[name]}: {sentence}", name, joined=", ")
    values = {**parsed.typed.texts, "quantity": parsed.quantity, "dose": parsed.dose, "times": parsed.times}
    for name, sentence in _MISSING.items():
        value = values[name]
        if name not in parsed.wrong and not (value.strip() if isinstance(value, str) else value):
            yield _problem(f"no-{name}", sentence, name)
    if parsed.product:
        yield from _of_product(parsed, full_names(products.values())[parsed.product.number], retired)
    if parsed.typed.carried and not parsed.typed.confirmed:
        yield _problem(
            "unconfirmed",
            f"it was carried over from version {parsed.typed.carried}. Confirm it once it says what you mean, or"
            " remove it.",
            "confirmed",
        )
    if misread := " ".join(dict.fromkeys(finding.sentence for finding in find_unsafe(parsed.typed.when))):
        yield _problem("misread", f"{CELLS['when']}: {misread}", "when", Severity.WARNING, joined=", ")
    yield _problem(
        "irregular",
        "a dose beside the schedule is taken irregularly. Read the guidance on irregular doses.",
        "product",
        Severity.WARNING,
    )


def _of_product(parsed: ParsedNeeded, name: str, retired: frozenset[int]) -> Iterator[Problem]:
    product, quantity = parsed.product, parsed.quantity
    assert product is not None  # noqa: S101 - only called with one
    if product.number in retired:
        yield _problem("retired", f"{name} was retired from this plan. Choose another product.", "product")
    if not quantity:
        return
    amount = product.amount(quantity)
    if not quantity.is_multiple_of(product.smallest_part):
        is_split = product.form.unit is Unit.TABLET
        why = PART_WORDS[product.smallest_part.thousandths] if is_split else "cannot be measured so finely"
        sentence = f"{name} {why}, so {amount} of it cannot be taken. Correct whichever is wrong."
        yield _problem("part", sentence, "quantity")
    if parsed.comes_to is None:
        yield _problem(
            "inexact",
            f"{amount} of {name} does not come to a dose that can be written exactly. Enter a quantity with fewer"
            " digits.",
            "quantity",
        )
    elif parsed.dose and parsed.comes_to != parsed.dose:
        yield _problem(
            "disagree",
            f"the typed dose of one time is {parsed.dose}, but {amount} of {name} comes to {parsed.comes_to}."
            " Correct whichever is wrong.",
            "dose",
        )


def carried_over(course: Course[Any], day: date) -> TypedNeeded:
    """That of the newest version that is in force on this day or later, as text; nothing of what is past."""
    for span in reversed(course.ahead(day)):
        if needed := span.schedule.as_needed:
            product = span.schedule.products[needed.product]
            return TypedNeeded(
                product=str(needed.product),
                quantity=product.written(needed.quantity),
                dose=needed.dose.number,
                times=str(needed.times_a_day),
                when=needed.when,
                carried=span.version.number,
            )
    return NOTHING


def _quantity_of(product: ScheduleProduct | None) -> Callable[[str], Quantity]:
    return quantity_reader(product.form.unit) if product else read_quantity


def _parse_times(text: str) -> int:
    """Raises: NotAnAmount."""
    if _TIMES.fullmatch(text.strip(" ")):
        return int(text)
    raise NotAnAmount("Enter how many times as a whole number, in one or two digits.")


def _wrong_words(when: str) -> dict[str, str]:
    if len(when) > LONGEST_WHEN:
        return {"when": f"Shorten this to {LONGEST_WHEN} characters or fewer; it has {len(when)}."}
    if place := hidden_in(when):
        return {"when": f"It holds a character that nobody sees, {place}. Type it again."}
    return {}


def _problem(
    code: str,
    sentence: str,
    name: str,
    severity: Severity = Severity.BLOCKER,
    *,
    joined: str = ": ",
) -> Problem:
    return Problem(f"needed-{code}", f"{SAY}{joined}{sentence}", severity, cell=PREFIX + name)
