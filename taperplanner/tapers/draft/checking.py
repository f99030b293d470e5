"""A draft parsed and checked, in the context of its plan, its patient and the clinic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from taperplanner.patients.safety import gaps_of

from ..models import Plan
from ..other_plans import OtherPlan, ReadBack, other_open_plans, read_back
from ..schedule.schedule import ScheduleProduct, short_names
from ..signed.content import verified_course
from .parsed import ParsedDraft, parse_draft
from .problem import OTHER_PLAN, CheckContext, Problem, Severity
from .problems import find_problems
from .typed import TypedDraft, product_of


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """`shown`: the products that have columns; a retired one only while the draft still uses it.

    `correctable`: the numbers of those that no version is signed with.
    """

    typed: TypedDraft
    parsed: ParsedDraft
    problems: list[Problem]
    shown: list[ScheduleProduct]
    correctable: frozenset[int]
    others: list[OtherPlan]
    read_back: list[ReadBack]

    @property
    def shown_names(self) -> list[str]:
        return list(short_names(self.shown).values())

    @property
    def blockers(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_blocker]

    @property
    def warnings(self) -> list[Problem]:
        """Each is answered at the signature."""
        return [problem for problem in self.problems if not problem.is_blocker]

    @property
    def to_explain(self) -> list[Problem]:
        """Those of the draft itself, which are answered with a reason."""
        return [problem for problem in self.warnings if not problem.is_read_back]


def check_draft(plan: Plan, typed: TypedDraft, *, today: date) -> CheckedDraft:
    """`plan.patient.clinic` must be at hand. Raises: Tampered, if what it revises is not what was signed."""
    rows = list(plan.products.by_number())
    products = {row.number: row.as_data() for row in rows}
    retired = frozenset(row.number for row in rows if row.retired_at is not None)
    parsed = parse_draft(typed, products, verified_course(plan) if typed.base else None)
    clinic = plan.patient.clinic
    context = CheckContext(
        today=today,
        clinic_phone=clinic.phone,
        after_hours_phone=clinic.after_hours_phone,
        gaps=gaps_of(plan.patient),
        is_archived=plan.patient.archived_at is not None,
        retired=retired,
        reason=typed.reason,
        explanation=typed.explanation,
        description=plan.description,
    )
    others = other_open_plans(plan, today)
    beside = read_back(others, today=today, first_day=parsed.first_day)
    in_use = {product_of(key) for step in typed.steps for day in step.each_day for key in day.quantities}
    if parsed.as_needed and parsed.as_needed.product:
        in_use.add(parsed.as_needed.product.number)
    return CheckedDraft(
        typed=typed,
        parsed=parsed,
        problems=[*find_problems(parsed, context), *(_to_read(one) for one in beside)],
        shown=[product for number, product in products.items() if number not in retired or number in in_use],
        correctable=frozenset(products) - retired - (plan.signed_products() if typed.base else frozenset()),
        others=others,
        read_back=beside,
    )


def _to_read(one: ReadBack) -> Problem:
    """Asked about again as soon as the other plan says something else: its sentence is its key."""
    return Problem(OTHER_PLAN, str(one), Severity.WARNING)
