"""A signed version as plain data, checked against its hash each time before it is shown.

The hash is SHA-256 over one canonical text of everything that was signed. A version whose rows no
longer give that text is not a schedule: it is not shown as one, and it is not printed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, Final, Self
from uuid import UUID

from taperplanner.doses import Dose, Quantity
from taperplanner.label_strength import LabelStrength
from taperplanner.patients.births import Birth, written

from ..models import Dose as Dosage
from ..models import Plan, SignedProduct, Step, Version
from ..schedule.chain import spans
from ..schedule.course import Course, make_course
from ..schedule.schedule import Ending, Form, Schedule, ScheduleDose, ScheduleProduct, ScheduleStep, TimeOfDay


class Tampered(Exception):
    """The stored version is not the one that was signed."""

    def __init__(self, version: Version) -> None:
        super().__init__(f"version {version.pk}")
        self.version = version


@dataclass(frozen=True, slots=True)
class SignedContent:
    """Everything a signature covers."""

    plan_id: UUID
    number: int
    patient_id: UUID
    patient_name: str
    patient_date_of_birth: date | None
    patient_mrn: str
    drug_name: str
    schedule: Schedule
    replaces: int | None
    reason: str
    explanation: str
    acknowledgements: list[dict[str, Any]]
    signed_by_id: UUID
    signed_by_name: str
    signed_at: datetime
    patient_birth_year: int | None = None

    @property
    def patient_birth(self) -> Birth:
        return Birth(self.patient_date_of_birth, self.patient_birth_year)

    @classmethod
    def of(cls, version: Version, schedule: Schedule) -> Self:
        """As the rows say it now, whether or not that is what was signed. `version.plan` must be at hand."""
        columns = {name: getattr(version, name) for name in _COLUMNS}
        return cls(patient_id=version.plan.patient_id, schedule=schedule, **columns)

    def as_columns(self) -> dict[str, Any]:
        """The values of the version's row."""
        schedule = self.schedule
        return {name: getattr(self, name) for name in _COLUMNS} | {
            "first_day": schedule.first_day,
            "last_day": schedule.last_day,
            "ending": schedule.ending.value,
            "content_hash": self.content_hash(),
        }

    def canonical(self) -> bytes:
        """The same bytes on every database: sorted keys, integers, ISO dates, UTC moments.

        `format`: absent means 1, which is what everything was signed in before there was a second. What format 2
        added is written only where it is used, so that everything else has the bytes that it always had.
        """
        schedule = self.schedule
        content = {
            **({"format": 2} if _uses_format_2(schedule) else {}),
            "plan": str(self.plan_id),
            "number": self.number,
            "patient": [
                str(self.patient_id),
                self.patient_name,
                written(self.patient_date_of_birth, self.patient_birth_year),
                self.patient_mrn,
            ],
            "drug": self.drug_name,
            "first_day": schedule.first_day.isoformat(),
            "ending": schedule.ending.value,
            "products": [_product(product) for product in schedule.products.values()],
            "steps": [
                [
                    step.position,
                    step.days,
                    step.dose.nanograms,
                    step.note,
                    [[dose.time.value, dose.product, dose.quantity.thousandths] for dose in step.doses],
                ]
                for step in schedule.steps
            ],
            "replaces": [self.replaces, self.reason, self.explanation],
            "acknowledgements": self.acknowledgements,
            "signed": [
                str(self.signed_by_id),
                self.signed_by_name,
                self.signed_at.astimezone(UTC).isoformat(timespec="microseconds"),
            ],
        }
        if self.patient_birth_year is not None:
            content["format"] = 2
        return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()

    def content_hash(self) -> str:
        return hashlib.sha256(self.canonical()).hexdigest()


def _uses_format_2(schedule: Schedule) -> bool:
    return any(product.label for product in schedule.products.values())


def _product(product: ScheduleProduct) -> list[Any]:
    columns = [
        product.number,
        product.drug,
        product.form.value,
        product.strength.nanograms,
        product.smallest_part.thousandths,
        product.maker,
    ]
    label = product.label
    return [*columns, [label.amount.nanograms, label.volume.thousandths]] if label else columns


# What stands under the same name in the version's row: its plan says which patient, its steps are the schedule.
_COLUMNS: Final = tuple(
    field.name for field in fields(SignedContent) if field.name not in {"patient_id", "schedule"}
)


def verified_content(version: Version) -> SignedContent:
    """Read a version back, in three queries whatever its length. `version.plan` must be at hand.

    Raises: Tampered.
    """
    content = verified_contents([version])[version.pk]
    if content is None:
        raise Tampered(version)
    return content


def verified_contents(versions: Sequence[Version]) -> dict[UUID, SignedContent | None]:
    """Read many back, in three queries however many. None: it is no longer what was signed.

    `version.plan` must be at hand.
    """
    rows = _Rows(versions)
    found: dict[UUID, SignedContent | None] = {}
    for version in versions:
        content = SignedContent.of(version, rows.schedule(version))
        is_signed = content.content_hash() == version.content_hash
        is_whole = bool(content.schedule.steps) and content.schedule.last_day == version.last_day
        found[version.pk] = content if is_signed and is_whole else None
    return found


def verified_course(plan: Plan) -> Course[Version] | None:
    """Every signed version of the plan as one course, in four queries. None: nothing is signed.

    Raises: Tampered, if one that is ever in force is no longer what was signed.
    """
    return verified_course_of(plan, plan.versions.order_by("number"))


def verified_course_of(plan: Plan, versions: Iterable[Version]) -> Course[Version] | None:
    """As `verified_course`, of versions that are loaded already: all of the plan's."""
    rows = list(versions)
    for version in rows:
        version.plan = plan
    contents = verified_contents(rows)
    if not rows:
        return None
    for version, _, _ in spans(rows):
        if contents[version.pk] is None:
            raise Tampered(version)
    return make_course(
        rows,
        {version.number: content.schedule for version in rows if (content := contents[version.pk])},
    )


_ORDER: Final = {time.value: order for order, time in enumerate(TimeOfDay)}


class _Rows:
    """The children of some versions, by version."""

    def __init__(self, versions: Sequence[Version]) -> None:
        ids = [version.pk for version in versions]
        self._products: dict[UUID, dict[int, ScheduleProduct]] = defaultdict(dict)
        self._doses: dict[tuple[UUID, int], list[ScheduleDose]] = defaultdict(list)
        self._steps: dict[UUID, list[ScheduleStep]] = defaultdict(list)
        for of, number, drug, form, strength, part, maker, *label in (
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
            )
        ):
            product = ScheduleProduct(
                number,
                drug,
                Form(form),
                Dose(strength),
                Quantity(part),
                maker,
                LabelStrength.of_columns(*label),
            )
            self._products[of][number] = product
        doses = Dosage.objects.filter(version__in=ids).values_list(
            "version_id", "position", "time", "product_number", "quantity_thousandths"
        )
        for of, position, time, number, quantity in sorted(
            doses, key=lambda row: (row[1], _ORDER[row[2]], row[3])
        ):
            self._doses[of, position].append(ScheduleDose(TimeOfDay(time), number, Quantity(quantity)))
        for of, position, days, dose, note in (
            Step.objects.filter(version__in=ids)
            .order_by("position")
            .values_list("version_id", "position", "days", "dose_nanograms", "note")
        ):
            step = ScheduleStep(position, days, Dose(dose), tuple(self._doses[of, position]), note)
            self._steps[of].append(step)

    def schedule(self, version: Version) -> Schedule:
        steps = tuple(self._steps[version.pk])
        return Schedule(version.first_day, steps, Ending(version.ending), dict(self._products[version.pk]))
