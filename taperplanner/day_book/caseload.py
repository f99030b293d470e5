"""Open plans with what the worklist and the day book ask of them, in as many queries for 3 as for 400."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Model, OuterRef, QuerySet, Subquery

from taperplanner.monitoring.models import (
    CheckIn,
    CountedLeft,
    Dispensing,
    HomeCount,
    PlanReview,
    ShortfallNote,
)
from taperplanner.monitoring.reviews.latest import State, states_of
from taperplanner.monitoring.supply.stock import FILL_HAS, LEFT_HAS, Stock, stocks_of
from taperplanner.patients.models import MedicationRecord, MedicationReview
from taperplanner.rows_within import has_any, knowing_of
from taperplanner.tapers.models import Draft, Plan, Version
from taperplanner.tapers.schedule.chain import spans
from taperplanner.tapers.schedule.schedule import Schedule
from taperplanner.tapers.signed.content import SignedContent, verified_contents

THIS_WEEK: Final = timedelta(days=6)  # today and the six days after it
ONE_DAY: Final = timedelta(days=1)
HANGS_ON_A_PLAN: Final = (Version, Dispensing, HomeCount, CheckIn, PlanReview)


@dataclass(frozen=True, slots=True)
class InForce:
    """A signed version with the days for which it answers. `schedule`: None if it was tampered with,
    or if nothing on the page asks for it."""

    version: Version
    first_day: date
    last_day: date | None
    schedule: Schedule | None

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """One open plan of a patient who is not archived. `spans`: oldest first. `stocks`: by product, as are
    `notes` on counts lower than expected. `used`: check-ins at which a dose as needed was said to be taken.
    `reviewed_at`, `changed_at`: of the medication list. `reviews`: how the plan's own stand."""

    plan: Plan
    spans: tuple[InForce, ...]
    stocks: Mapping[int, Stock]
    notes: Mapping[int, Sequence[ShortfallNote]]
    used: Sequence[CheckIn]
    draft: Draft | None
    is_tampered: bool
    reviewed_at: datetime | None
    changed_at: datetime | None
    reviews: State


def open_plans_of(patients: Collection[UUID], *, around: date | None = None) -> list[OpenPlan]:
    """Eleven queries, however many plans; fewer where nothing of a kind was recorded of any. `around`: where only the schedules of those days are asked for, and of plans
    whose supply is counted. None: every schedule."""
    plans = list(_open_plans(patients))
    if not plans:
        return []
    versions = _by_plan(Version.objects.order_by("number"), _with(Version, plans))
    stocks = _stocks(plans)
    notes = _notes([plan for plan in plans if stocks[plan.pk]])
    states = states_of(plans, reviewed=_with(PlanReview, plans))
    used = _by_plan(CheckIn.objects.valid().took_as_needed(), _with(CheckIn, plans))
    chains = {plan.pk: spans(versions[plan.pk]) if versions[plan.pk] else [] for plan in plans}
    by_id = {plan.pk: plan for plan in plans}
    wanted = []
    for plan in plans:
        for version, first, last in chains[plan.pk]:
            version.plan = by_id[version.plan_id]
            if around is None or stocks[plan.pk] or _touches(around, first, last):
                wanted.append(version)
    contents = verified_contents(wanted)
    return [
        _case(
            plan,
            chains[plan.pk],
            contents,
            stocks=stocks[plan.pk],
            notes=notes[plan.pk],
            used=used[plan.pk],
            reviews=states[plan.pk],
        )
        for plan in plans
    ]


def _touches(day: date, first: date, last: date | None) -> bool:
    return first <= day + THIS_WEEK and (last is None or last >= day - ONE_DAY)


def _open_plans(patients: Collection[UUID]) -> QuerySet[Plan]:
    reviews = MedicationReview.objects.filter(patient=OuterRef("patient")).order_by("-reviewed_at")
    records = MedicationRecord.objects.filter(patient=OuterRef("patient")).order_by("-changed_at")
    rows = Plan.objects.filter(patient__in=patients, patient__archived_at=None).open()
    return (
        knowing_of(rows, HANGS_ON_A_PLAN, by="plan")
        .select_related("patient", "draft")
        .annotate(
            reviewed_at=Subquery(reviews.values("reviewed_at")[:1]),
            changed_at=Subquery(records.values("changed_at")[:1]),
        )
        .order_by("patient__sort_key", "patient_id", "number")
    )


def _with(model: type[Model], plans: Sequence[Plan]) -> list[Plan]:
    """Those on which one hangs. Where there is none, nothing is asked."""
    return [plan for plan in plans if has_any(plan, model)]


def _by_plan(rows: QuerySet[Any], plans: Sequence[Plan]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows.filter(plan__in=plans) if plans else ():
        found[row.plan_id].append(row)
    return found


def _stocks(plans: Sequence[Plan]) -> dict[UUID, dict[int, Stock]]:
    """What is counted of each plan, as its own page counts it."""
    dispensed = Dispensing.objects.valid().by_day().select_related(*FILL_HAS)
    counts = HomeCount.objects.valid().by_day().select_related("product")
    fills = _by_plan(dispensed, _with(Dispensing, plans))
    counted = _by_plan(counts, _with(HomeCount, plans))
    at_check_ins = _counted_at_check_ins(_with(CheckIn, plans))
    return {plan.pk: stocks_of(fills[plan.pk], counted[plan.pk], at_check_ins[plan.pk]) for plan in plans}


def _counted_at_check_ins(plans: Sequence[Plan]) -> dict[UUID, list[CountedLeft]]:
    found: dict[UUID, list[CountedLeft]] = defaultdict(list)
    check_ins = CheckIn.objects.filter(plan__in=plans).valid()
    rows = CountedLeft.objects.filter(check_in__in=check_ins).select_related(*LEFT_HAS)
    for row in rows.order_by("check_in__number") if plans else ():
        found[row.check_in.plan_id].append(row)
    return found


def _notes(plans: Sequence[Plan]) -> dict[UUID, dict[int, list[ShortfallNote]]]:
    found: dict[UUID, dict[int, list[ShortfallNote]]] = defaultdict(dict)
    rows = ShortfallNote.objects.filter(product__plan__in=plans).select_related("product")
    for note in rows if plans else ():
        found[note.product.plan_id].setdefault(note.product.number, []).append(note)
    return found


def _case(
    plan: Plan,
    chain: Sequence[tuple[Version, date, date | None]],
    contents: Mapping[UUID, SignedContent | None],
    **beside: Any,
) -> OpenPlan:
    asked = [contents[version.pk] for version, _, _ in chain if version.pk in contents]
    return OpenPlan(
        plan=plan,
        spans=tuple(
            InForce(version, first, last, content.schedule if (content := contents.get(version.pk)) else None)
            for version, first, last in chain
        ),
        draft=getattr(plan, "draft", None),
        is_tampered=None in asked,
        reviewed_at=vars(plan)["reviewed_at"],  # annotated by _open_plans
        changed_at=vars(plan)["changed_at"],
        **beside,
    )
