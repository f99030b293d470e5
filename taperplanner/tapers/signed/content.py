"""A signed version as plain data, checked against its hash each time before it is shown.

The hash is SHA-256 over one canonical text of everything that was signed. A version whose rows no
longer give that text is not a schedule: it is not shown as one, and it is not printed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, Final, Self
from uuid import UUID

from taperplanner.patients.births import Birth, written

from ..models import Plan, Version
from ..schedule.as_needed import AsNeeded
from ..schedule.chain import spans
from ..schedule.course import Course, make_course
from ..schedule.schedule import Schedule, ScheduleProduct
from ..schedule.steps import ScheduleStep
from .rows import SignedRows, read_versions, with_signed_rows


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

    @property
    def uses_format_2(self) -> bool:
        schedule = self.schedule
        return (
            self.patient_birth_year is not None
            or schedule.as_needed is not None
            or any(step.is_pattern for step in schedule.steps)
            or any(product.label or product.drops_per_ml for product in schedule.products.values())
        )

    def canonical(self) -> bytes:
        """The same bytes on every database: sorted keys, integers, ISO dates, UTC moments.

        `format`: absent means 1, which is what everything was signed in before there was a second. What format 2
        added is written only where it is used, so that everything else has the bytes that it always had.
        """
        schedule = self.schedule
        content = {
            **({"format": 2} if self.uses_format_2 else {}),
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
            "steps": [_step(step) for step in schedule.steps],
            **({"as_needed": _as_needed(schedule.as_needed)} if schedule.as_needed else {}),
            "replaces": [self.replaces, self.reason, self.explanation],
            "acknowledgements": self.acknowledgements,
            "signed": [
                str(self.signed_by_id),
                self.signed_by_name,
                self.signed_at.astimezone(UTC).isoformat(timespec="microseconds"),
            ],
        }
        return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()

    def content_hash(self) -> str:
        return hashlib.sha256(self.canonical()).hexdigest()


def _product(product: ScheduleProduct) -> list[Any]:
    columns = [
        product.number,
        product.drug,
        product.form.value,
        product.strength.nanograms,
        product.smallest_part.thousandths,
        product.maker,
    ]
    if product.label:
        columns.append([product.label.amount.nanograms, product.label.volume.thousandths])
    return [*columns, product.drops_per_ml] if product.drops_per_ml else columns


def _step(step: ScheduleStep) -> list[Any]:
    days = [
        [
            regimen.dose.nanograms,
            [[dose.time.value, dose.product, dose.quantity.thousandths] for dose in regimen.doses],
        ]
        for regimen in step.regimens
    ]
    if not step.is_pattern:
        [[dose, taken]] = days
        return [step.position, step.days, dose, step.note, taken]
    rhythm = "weekdays" if step.by_weekday else step.starts_on
    return [step.position, step.days, rhythm, step.note, days]


def _as_needed(dose: AsNeeded) -> list[Any]:
    return [dose.product, dose.quantity.thousandths, dose.dose.nanograms, dose.times_a_day, dose.when]


# What stands under the same name in the version's row: its plan says which patient, its steps are the schedule.
_COLUMNS: Final = tuple(
    field.name for field in fields(SignedContent) if field.name not in {"patient_id", "schedule"}
)


def verified_content(version: Version) -> SignedContent:
    """Read a version back, in one query whatever it holds. `version.plan` must be at hand.

    Raises: Tampered.
    """
    content = verified_contents([version])[version.pk]
    if content is None:
        raise Tampered(version)
    return content


def verified_contents(versions: Sequence[Version]) -> dict[UUID, SignedContent | None]:
    """Read many back, in one query however many; none, of those that were read `with_signed_rows`.

    None: it is no longer what was signed. `version.plan` must be at hand.
    """
    rows = SignedRows(versions)
    found: dict[UUID, SignedContent | None] = {}
    for version in versions:
        content = SignedContent.of(version, rows.schedule(version))
        is_signed = content.content_hash() == version.content_hash
        is_whole = bool(content.schedule.steps) and content.schedule.last_day == version.last_day
        found[version.pk] = content if is_signed and is_whole else None
    return found


def verified_course(plan: Plan) -> Course[Version] | None:
    """Every signed version of the plan as one course, in one query. None: nothing is signed.

    Raises: Tampered, if one that is ever in force is no longer what was signed.
    """
    return verified_course_of(plan, with_signed_rows(plan.versions.order_by("number")))


def course_for_page(plan: Plan) -> Course[Version] | None:
    """The same, and the plan has its versions from then on, each knowing what hangs on it. Raises: Tampered."""
    read_versions([plan])
    return verified_course_of(plan, plan.versions.all())


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
