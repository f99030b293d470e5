"""A draft read and checked, with what the checks need of the patient and the clinic gathered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from taperplanner.patients.safety import gaps_of

from .models import Plan
from .problem import Problem, Setting
from .problems import find_problems
from .reading import Reading, read
from .schedule import ScheduleProduct, short_names
from .signed import load_course
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
    """`plan.patient.clinic` must be at hand. Raises: Tampered, if what it revises is not what was signed."""
    rows = list(plan.products.by_number())
    products = {row.number: row.as_data() for row in rows}
    retired = frozenset(row.number for row in rows if row.retired_at is not None)
    reading = read(typed, products, load_course(plan) if typed.base else None)
    clinic = plan.patient.clinic
    setting = Setting(
        today=today,
        clinic_phone=clinic.phone,
        after_hours_phone=clinic.after_hours_phone,
        gaps=gaps_of(plan.patient),
        is_archived=plan.patient.archived_at is not None,
        retired=retired,
        reason=typed.reason,
        explanation=typed.explanation,
        description="\n".join((plan.reason, plan.discussed, plan.agreed_by)),
    )
    in_use = {product_of(key) for step in typed.steps for key in step.quantities}
    return Checked(
        typed=typed,
        reading=reading,
        problems=find_problems(reading, setting),
        shown=[product for number, product in products.items() if number not in retired or number in in_use],
        correctable=frozenset(products) - retired - (plan.signed_products() if typed.base else frozenset()),
    )
