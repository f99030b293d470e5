"""A schedule as plain data: what is taken on which day, and how much of it is needed.

Dates follow from the first day and the days of each step, so a gap or an overlap between steps
cannot be written down. Nothing here rounds, and nothing here decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

from django.db.models import TextChoices

from taperplanner.doses import Dose, Quantity, total_dose, total_quantity
from taperplanner.label_strength import LabelStrength

from .as_needed import AsNeeded
from .steps import DatedStep, ScheduleDose, ScheduleStep


class Unit(StrEnum):
    """Tablets are counted, and may be split; a liquid is measured in mL; drops are counted, and are always whole."""

    TABLET = "tablet"
    ML = "mL"
    DROP = "drop"

    @property
    def several(self) -> str:
        """ "tablets", "mL", "drops"."""
        return self.value if self is Unit.ML else f"{self.value}s"


class Form(TextChoices):
    TABLET = "tablet", "tablet"
    ORALLY_DISINTEGRATING = "odt", "orally disintegrating tablet"
    LIQUID = "liquid", "oral liquid"
    DROPS = "drops", "oral drops"

    @property
    def unit(self) -> Unit:
        """What a quantity of it is a number of."""
        return {Form.LIQUID: Unit.ML, Form.DROPS: Unit.DROP}.get(self, Unit.TABLET)


class Ending(TextChoices):
    STOP = "stop", "Stop after the last step"
    STAY = "stay", "Stay until reviewed"


@dataclass(frozen=True, slots=True)
class ScheduleProduct:
    """What doses are made of. Strength is the drug in one tablet, in one mL or in one drop.

    `label`: a liquid's strength as its label has it, where that is not for one mL; always of drops.
    `drops_per_ml`: of drops, as the label of the dropper has it.
    """

    number: int
    drug: str
    form: Form
    strength: Dose
    smallest_part: Quantity
    maker: str = ""
    label: LabelStrength | None = None
    drops_per_ml: int | None = None

    @property
    def strength_text(self) -> str:
        """ "0.5 mg", "0.1 mg/mL"; as labelled beside what it comes to in one mL or in one drop: "2 mg/5 mL (0.4 mg/mL)",
        "2.5 mg/mL (0.1 mg a drop, 25 drops in one mL)"."""
        if self.form is Form.DROPS:
            label = self.label.shortest if self.label else ""
            return f"{label} ({self.strength} a drop, {self.drops_per_ml} drops in one mL)"
        if self.form is not Form.LIQUID:
            return str(self.strength)
        in_one_ml = f"{self.strength}/mL"
        return f"{self.label} ({in_one_ml})" if self.label else in_one_ml

    @property
    def name(self) -> str:
        """ "clonazepam 0.5 mg tablet"."""
        return f"{self.drug} {self.strength_text} {self.form.label}"

    @property
    def short_name(self) -> str:
        """ "0.5 mg"; what is not a plain tablet says so: "0.5 mg orally disintegrating"."""
        kind = {
            Form.ORALLY_DISINTEGRATING: " orally disintegrating",
            Form.LIQUID: " oral liquid",
            Form.DROPS: " oral drops",
        }
        return self.strength_text + kind.get(self.form, "")

    def written(self, quantity: Quantity) -> str:
        """As it is typed in a cell: tablets with ½, ¼ and ¾, a liquid as it is read off a syringe, drops as counted."""
        return str(quantity) if self.form.unit is Unit.TABLET else quantity.number

    def amount(self, quantity: Quantity) -> str:
        """The quantity with its unit: "1½ tablets", "2.5 mL", "12 drops"."""
        unit = self.form.unit
        is_one = quantity.thousandths == 1000 or (unit is Unit.TABLET and quantity.thousandths < 1000)  # noqa: PLR2004
        return f"{self.written(quantity)} {unit.value if is_one else unit.several}"

    def of_bottle(self, typed: Quantity) -> Quantity:
        """What was dispensed or is left, as it was typed: of drops, whose bottle is read in mL, the drops of so many mL."""
        return typed.times(self.drops_per_ml or 1)

    def in_bottle(self, quantity: Quantity) -> str:
        """As it is typed of a bottle or a box: of drops the mL."""
        ml = self.in_ml(quantity)
        return self.written(quantity) if ml is None else ml.number

    def in_ml(self, quantity: Quantity) -> Quantity | None:
        """What so many drops are in mL. None: no whole number of thousandths of a mL, or no drops."""
        whole, rest = divmod(quantity.thousandths, self.drops_per_ml or 1)
        return Quantity(whole) if self.drops_per_ml and not rest else None

    def amount_and_ml(self, quantity: Quantity) -> str:
        """Drops with the mL they are, where that is exact: "250 drops (10 mL)"."""
        ml = self.in_ml(quantity)
        return self.amount(quantity) if ml is None else f"{self.amount(quantity)} ({ml.number} mL)"


def short_names(products: Iterable[ScheduleProduct]) -> dict[int, str]:
    """A short name for each of the products that stand together, by number; no two are alike."""
    return distinct_names(products, lambda product: product.short_name)


def full_names(products: Iterable[ScheduleProduct]) -> dict[int, str]:
    """The same with the drug and the form: "clonazepam 0.5 mg tablet (Made Up Labs)"."""
    return distinct_names(products, lambda product: product.name)


def distinct_names(
    products: Iterable[ScheduleProduct],
    name: Callable[[ScheduleProduct], str],
    *,
    unknown: str = "maker not recorded",
    numbered: Callable[[int], str] = "product {}".format,
) -> dict[int, str]:
    """A different name for each: two of one name get their makers, and two of one maker their numbers."""
    all_of_them = list(products)
    plain = {product.number: name(product) for product in all_of_them}
    made = {product.number: product.maker.strip() or unknown for product in all_of_them}
    first = Counter(plain.values())
    by_maker = Counter((plain[number], made[number].casefold()) for number in plain)

    def distinct(number: int) -> str:
        if first[plain[number]] == 1:
            return plain[number]
        if by_maker[plain[number], made[number].casefold()] == 1:
            return f"{plain[number]} ({made[number]})"
        return f"{plain[number]} ({made[number]}, {numbered(number)})"

    return {number: distinct(number) for number in plain}


class Phase(StrEnum):
    """Where a day stands against a schedule."""

    BEFORE = "before"
    STEP = "step"
    STOPPED = "stopped"
    STAY = "stay"


@dataclass(frozen=True)
class Schedule:
    """Shape: one step or more, positions 1, 2, 3 …; products by their number, those of `as_needed` too."""

    first_day: date
    steps: tuple[ScheduleStep, ...]
    ending: Ending
    products: dict[int, ScheduleProduct]
    as_needed: AsNeeded | None = None

    @cached_property
    def short_names(self) -> dict[int, str]:
        """A short name for each product, by number: as `short_names`."""
        return short_names(self.products.values())

    @cached_property
    def full_names(self) -> dict[int, str]:
        return full_names(self.products.values())

    @property
    def last_day(self) -> date:
        """The last day of the last step."""
        return self.first_day + timedelta(days=sum(step.days for step in self.steps) - 1)

    @property
    def day_after(self) -> date:
        return self.last_day + timedelta(days=1)

    @property
    def last_dose(self) -> date | None:
        """The last day of its steps on which something is taken."""
        return max((day for dated in self.dated_steps() if (day := dated.last_dose)), default=None)

    def dated_steps(self) -> Iterator[DatedStep]:
        starts = accumulate((step.days for step in self.steps), initial=0)
        for step, start in zip(self.steps, starts, strict=False):
            first = self.first_day + timedelta(days=start)
            yield DatedStep(step, first, first + timedelta(days=step.days - 1))

    def on(self, day: date) -> tuple[Phase, DatedStep | None]:
        """What this day is, with the step that is taken on it. None: nothing is taken."""
        if day < self.first_day:
            return Phase.BEFORE, None
        last = None
        for dated in self.dated_steps():
            if dated.covers(day):
                return Phase.STEP, dated
            last = dated
        if self.ending is Ending.STAY:
            return Phase.STAY, last
        return Phase.STOPPED, None

    def as_needed_on(self, day: date) -> AsNeeded | None:
        """What may be taken as needed on this day. None before the first day, and once the schedule has stopped."""
        return self.as_needed if self.on(day)[0] in {Phase.STEP, Phase.STAY} else None

    def needed(self, last_day: date | None = None) -> dict[int, Quantity]:
        """How much of each product the steps take, over all their days or up to this one, counted too."""
        return {
            number: total_quantity(
                dose.quantity.times(days)
                for dated in self.dated_steps()
                for regimen, days in dated.regimens_up_to(last_day)
                for dose in regimen.doses
                if dose.product == number
            )
            for number in self.products
        }


def daily_total(doses: tuple[ScheduleDose, ...], products: dict[int, ScheduleProduct]) -> Dose:
    """The total dose of one day, from the quantities of each product.

    Raises: InexactDose if one is not a whole number of nanograms.
    """
    return total_dose(products[dose.product].strength.times(dose.quantity) for dose in doses)
