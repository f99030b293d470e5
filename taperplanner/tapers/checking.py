"""A draft read and checked, with what the checks need of the patient and the clinic gathered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from taperplanner.patients.models import Answer, Fact, Patient

from .chain import answering
from .models import Plan
from .problems import Problem, Setting, find_problems
from .reading import Reading, read
from .schedule import ScheduleProduct, short_names
from .signed import load
from .typed import TypedDraft, product_of


@dataclass(frozen=True, slots=True)
class Checked:
    """`shown`: the products that have columns; a retired one only while the draft still uses it.

    `correctable`: the numbers of those with which nothing is signed, so that they can be put right.
    """

    typed: TypedDraft
    reading: Reading
    problems: list[Problem]
    shown: list[ScheduleProduct]
    correctable: frozenset[int]

    @property
    def shown_names(self) -> list[str]:
        return list(short_names(self.shown).values())

    @property
    def blockers(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_blocker]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_blocker]


def check(plan: Plan, typed: TypedDraft, *, today: date) -> Checked:
    """`plan.patient.clinic` must be at hand."""
    rows = list(plan.products.by_number())
    products = {row.number: row.as_data() for row in rows}
    retired = frozenset(row.number for row in rows if row.retired_at is not None)
    reading = _read(plan, typed, products)
    clinic = plan.patient.clinic
    setting = Setting(
        today=today,
        clinic_phone=clinic.phone,
        after_hours_phone=clinic.after_hours_phone,
        gaps=gaps_of(plan.patient),
        is_archived=plan.patient.archived_at is not None,
        retired=retired,
        base=typed.base,
        reason=typed.reason,
        explanation=typed.explanation,
    )
    in_use = {product_of(key) for step in typed.steps for key in step.quantities}
    return Checked(
        typed=typed,
        reading=reading,
        problems=find_problems(reading, setting),
        shown=[product for number, product in products.items() if number not in retired or number in in_use],
        correctable=frozenset(products) - retired - (plan.signed_products() if typed.base else frozenset()),
    )


def _read(plan: Plan, typed: TypedDraft, products: dict[int, ScheduleProduct]) -> Reading:
    """With the schedule under revision, and the one that answers on the day before.

    Raises: Tampered, if one of them is no longer what was signed.
    """
    if not typed.base:
        return read(typed, products)
    versions = {version.number: version for version in plan.versions.all()}
    for version in versions.values():
        version.plan = plan
    reading = read(typed, products, load(versions[typed.base]).schedule)
    if reading.first_day is None:
        return reading
    answer = answering(versions.values(), reading.first_day - timedelta(days=1))
    return replace(reading, before=load(answer).schedule if answer else None)


def gaps_of(patient: Patient) -> tuple[str, ...]:
    """Safety facts never asked, or answered with "unknown"."""
    known = set(patient.safety_facts.exclude(answer=Answer.UNKNOWN).values_list("fact", flat=True))
    return tuple(fact.label.lower() for fact in Fact if fact.value not in known)
