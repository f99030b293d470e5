"""What stands in the rows of signed versions, as schedules, whether or not that is what was signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Value

from taperplanner.doses import Dose, Quantity
from taperplanner.label_strength import LabelStrength

from ..models import Dose as Dosage
from ..models import PatternDay, PatternDose, SignedProduct, Step, Version
from ..schedule.as_needed import AsNeeded
from ..schedule.schedule import Ending, Form, Schedule, ScheduleProduct
from ..schedule.steps import Regimen, ScheduleDose, ScheduleStep, TimeOfDay

_ORDER: Final = {time.value: order for order, time in enumerate(TimeOfDay)}


class SignedRows:
    """The children of some versions, by version."""

    def __init__(self, versions: Sequence[Version]) -> None:
        ids = [version.pk for version in versions]
        self._products: dict[UUID, dict[int, ScheduleProduct]] = defaultdict(dict)
        self._doses: dict[tuple[UUID, int, int], list[ScheduleDose]] = defaultdict(list)
        self._steps: dict[UUID, list[ScheduleStep]] = defaultdict(list)
        self._as_needed: dict[UUID, AsNeeded | None] = {}
        for of, number, drug, form, strength, part, maker, amount, volume, drops in (
            SignedProduct.objects.filter(version__in=ids)
            .order_by("number")
            .values_list(
                "version_id",
                "number",
                "drug",
                "form",
                "strength_nanograms",
                "smallest_part_thousandths",
                "maker",
                "label_nanograms",
                "label_thousandths",
                "drops_per_ml",
            )
        ):
            product = ScheduleProduct(
                number,
                drug,
                Form(form),
                Dose(strength),
                Quantity(part),
                maker,
                LabelStrength.of_columns(amount, volume),
                drops,
            )
            self._products[of][number] = product
        self._read_doses(Dosage, ids, Value(1))
        rows = list(
            Step.objects.filter(version__in=ids)
            .order_by("position")
            .values_list(
                "version_id",
                "position",
                "days",
                "dose_nanograms",
                "note",
                "pattern_starts_on",
                "pattern_by_weekday",
                "version__as_needed_dose__product_number",
                "version__as_needed_dose__quantity_thousandths",
                "version__as_needed_dose__dose_nanograms",
                "version__as_needed_dose__times_a_day",
                "version__as_needed_dose__taken_when",
            )
        )
        further = self._further_days({of for of, *_, starts_on in (row[:6] for row in rows) if starts_on})
        for of, position, days, dose, note, starts_on, by_weekday, *needed in rows:
            regimens = [Regimen(Dose(dose), tuple(self._doses[of, position, 1]))]
            if starts_on:
                regimens += further[of, position]
            step = ScheduleStep(position, days, tuple(regimens), note, starts_on or 1, bool(by_weekday))
            self._steps[of].append(step)
            self._as_needed[of] = _as_needed_of(needed)

    def _read_doses(self, model: type[Dosage | PatternDose], ids: Collection[UUID], day: Value | F) -> None:
        doses = model.objects.filter(version__in=ids).values_list(
            "version_id", "position", day, "time", "product_number", "quantity_thousandths"
        )
        for of, position, on, time, number, quantity in sorted(
            doses, key=lambda row: (row[1], _ORDER[row[3]], row[4])
        ):
            self._doses[of, position, on].append(ScheduleDose(TimeOfDay(time), number, Quantity(quantity)))

    def _further_days(self, ids: Collection[UUID]) -> dict[tuple[UUID, int], list[Regimen]]:
        """Of each pattern of these versions, the days after its first."""
        found: dict[tuple[UUID, int], list[Regimen]] = defaultdict(list)
        if not ids:
            return found
        self._read_doses(PatternDose, ids, F("day"))
        days = PatternDay.objects.filter(version__in=ids).order_by("day")
        for of, position, day, dose in days.values_list("version_id", "position", "day", "dose_nanograms"):
            found[of, position].append(Regimen(Dose(dose), tuple(self._doses[of, position, day])))
        return found

    def schedule(self, version: Version) -> Schedule:
        steps = tuple(self._steps[version.pk])
        products = dict(self._products[version.pk])
        as_needed = self._as_needed.get(version.pk)
        return Schedule(version.first_day, steps, Ending(version.ending), products, as_needed)


def _as_needed_of(columns: Sequence[Any]) -> AsNeeded | None:
    product, quantity, dose, times_a_day, when = columns
    return None if product is None else AsNeeded(product, Quantity(quantity), Dose(dose), times_a_day, when)
