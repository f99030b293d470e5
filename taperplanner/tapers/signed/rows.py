"""What stands in the rows of signed versions, as schedules, whether or not that is what was signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from taperplanner.doses import Dose, Quantity
from taperplanner.label_strength import LabelStrength
from taperplanner.rows_within import RowsWithin, knowing_of

from ..models import AsNeededDose, PatternDay, PatternDose, Plan, SignedProduct, Step, Version
from ..models import Dose as Dosage
from ..models.versions import VersionQuerySet
from ..schedule.as_needed import AsNeeded
from ..schedule.schedule import Ending, Form, Schedule, ScheduleProduct
from ..schedule.steps import Regimen, ScheduleDose, ScheduleStep, TimeOfDay
from ..sections import hanging_on_versions

_ORDER: Final = {time.value: order for order, time in enumerate(TimeOfDay)}
_TAKEN: Final = ("time", "product_number", "quantity_thousandths")
_WITHIN: Final = {
    "signed_products": RowsWithin(
        SignedProduct,
        "number",
        "drug",
        "form",
        "strength_nanograms",
        "smallest_part_thousandths",
        "maker",
        "label_nanograms",
        "label_thousandths",
        "drops_per_ml",
        by="version",
    ),
    "signed_steps": RowsWithin(
        Step,
        "position",
        "days",
        "dose_nanograms",
        "note",
        "pattern_starts_on",
        "pattern_by_weekday",
        by="version",
    ),
    "signed_doses": RowsWithin(Dosage, "position", *_TAKEN, by="version"),
    "signed_pattern_days": RowsWithin(PatternDay, "position", "day", "dose_nanograms", by="version"),
    "signed_pattern_doses": RowsWithin(PatternDose, "position", "day", *_TAKEN, by="version"),
    "signed_as_needed": RowsWithin(
        AsNeededDose,
        "product_number",
        "quantity_thousandths",
        "dose_nanograms",
        "times_a_day",
        "taken_when",
        by="version",
    ),
}
Rows = Mapping[str, Sequence[Sequence[Any]] | None]


def with_signed_rows(versions: VersionQuerySet) -> VersionQuerySet:
    """What was signed is read with the versions, in the same query, and `SignedRows` asks no more."""
    return versions.annotate(**_WITHIN)


def read_versions(plans: Sequence[Plan]) -> None:
    """Each plan has its versions from now on, by number, with what was signed: one query for all that do not yet.

    For a page: an action asks for what there is now.
    """
    versions = knowing_of(Version.objects.order_by("number"), hanging_on_versions, by="version")
    prefetch_related_objects(plans, Prefetch("versions", with_signed_rows(versions)))


class SignedRows:
    """The children of some versions: one query for all that were not read `with_signed_rows`."""

    def __init__(self, versions: Sequence[Version]) -> None:
        self._of: dict[UUID, Rows] = {
            version.pk: vars(version) for version in versions if "signed_steps" in vars(version)
        }
        if missing := [version.pk for version in versions if version.pk not in self._of]:
            found = Version.objects.filter(pk__in=missing).annotate(**_WITHIN).values("pk", *_WITHIN)
            self._of |= {row["pk"]: row for row in found}

    def schedule(self, version: Version) -> Schedule:
        rows = {name: self._of[version.pk][name] or () for name in _WITHIN}
        products = map(_product, sorted(rows["signed_products"], key=lambda row: row[0]))
        steps = tuple(_steps(rows))
        as_needed = next(map(_as_needed, rows["signed_as_needed"]), None)
        by_number = {product.number: product for product in products}
        return Schedule(version.first_day, steps, Ending(version.ending), by_number, as_needed)


def _product(row: Sequence[Any]) -> ScheduleProduct:
    number, drug, form, strength, part, maker, amount, volume, drops = row
    return ScheduleProduct(
        number,
        drug,
        Form(form),
        Dose(strength),
        Quantity(part),
        maker,
        LabelStrength.of_columns(amount, volume),
        drops,
    )


def _steps(rows: Mapping[str, Sequence[Sequence[Any]]]) -> list[ScheduleStep]:
    """In their order. Of a pattern the step itself has the first day, and its further days follow by number."""
    doses: dict[tuple[int, int], list[ScheduleDose]] = defaultdict(list)
    taken = [(position, 1, *row) for position, *row in rows["signed_doses"]] + list(
        map(tuple, rows["signed_pattern_doses"])
    )
    for position, day, time, number, quantity in sorted(taken, key=lambda row: (_ORDER[row[2]], row[3])):
        doses[position, day].append(ScheduleDose(TimeOfDay(time), number, Quantity(quantity)))
    further: dict[int, list[Regimen]] = defaultdict(list)
    for position, day, dose in sorted(rows["signed_pattern_days"], key=lambda row: (row[0], row[1])):
        further[position].append(Regimen(Dose(dose), tuple(doses[position, day])))
    found = []
    for position, days, dose, note, starts_on, by_weekday in sorted(
        rows["signed_steps"], key=lambda row: row[0]
    ):
        regimens = [Regimen(Dose(dose), tuple(doses[position, 1]))]
        if starts_on:
            regimens += further[position]
        found.append(ScheduleStep(position, days, tuple(regimens), note, starts_on or 1, bool(by_weekday)))
    return found


def _as_needed(row: Sequence[Any]) -> AsNeeded:
    product, quantity, dose, times_a_day, when = row
    return AsNeeded(product, Quantity(quantity), Dose(dose), times_a_day, when)
