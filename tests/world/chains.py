"""Chains of signed versions, one after another, and a model that says without the product's code what is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.patients.models import Patient
from taperplanner.tapers import actions
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.models import Draft, Plan, Version
from taperplanner.tapers.schedule.reasons import Reason
from taperplanner.tapers.schedule.schedule import Ending, Form, Schedule, ScheduleProduct
from taperplanner.tapers.schedule.steps import ScheduleDose, TimeOfDay

from .people import ana, clonazepam_record
from .plans import DETAILS, TODAY, reasons_by_key, save_draft
from .steps import daily_step
from .universe import NOW, House

WORDS = {1: "½", 2: "1", 3: "1½", 4: "2", 5: "2½", 6: "3"}
ANSWERS = {f"{code}-{step}": "Meant." for code in ("rise", "zero") for step in range(1, 9)} | {
    "past": "Meant.",
    "gap": "Meant.",
    "far": "Meant.",
}


@dataclass(frozen=True)
class Link:
    """One version: its first day, then (days, half tablets of 0.5 mg at bedtime), and whether the last is stayed on."""

    first_day: date
    steps: tuple[tuple[int, int], ...]
    stays: bool = False
    reason: Reason = Reason.SYMPTOMS
    explanation: str = ""

    def halves_on(self, day: date) -> int:
        lasts = [halves for days, halves in self.steps for _ in range(days)]
        at = (day - self.first_day).days
        return lasts[at] if at < len(lasts) else lasts[-1] if self.stays else 0

    def schedule(self, products: dict[int, ScheduleProduct]) -> Schedule:
        steps = tuple(
            daily_step(
                at,
                days,
                parse_dose(mg(halves)),
                (ScheduleDose(TimeOfDay.BEDTIME, 1, parse_quantity(WORDS[halves])),),
            )
            for at, (days, halves) in enumerate(self.steps, 1)
        )
        return Schedule(self.first_day, steps, Ending.STAY if self.stays else Ending.STOP, products)


def in_force(chain: Sequence[Link], day: date) -> int | None:
    """The number of the version that answers for the day: the newest that has begun."""
    return max((number for number, link in enumerate(chain, 1) if link.first_day <= day), default=None)


def halves_on(chain: Sequence[Link], day: date) -> int | None:
    """Half tablets on this day; None before anything has begun."""
    number = in_force(chain, day)
    return chain[number - 1].halves_on(day) if number else None


def mg(halves: int) -> str:
    return f"{halves / 4:.2f}".rstrip("0").rstrip(".")


def open_plan_of_one_product(house: House, patient: Patient | None = None) -> Plan:
    """Of one product: clonazepam 0.5 mg tablet in halves."""
    patient = patient or ana(house)
    record = clonazepam_record(patient, house.provider)
    plan = actions.open_plan(patient=patient, medication=record, details=DETAILS, by=house.provider, at=NOW)
    product = actions.ProductDetails(Form.TABLET, parse_dose("0.5"), parse_quantity("½"))
    actions.add_product(plan=plan, details=product, by=house.provider, at=NOW)
    return plan


def sign_link(plan: Plan, link: Link, house: House, *, today: date = TODAY, at: datetime = NOW) -> Version:
    """Typed anew, as a revision of whatever is signed."""
    base = plan.versions.count()
    draft = TypedDraft(
        first_day=f"{link.first_day:%m/%d/%Y}",
        ending="stay" if link.stays else "stop",
        steps=tuple(
            TypedStep(str(days), mg(halves), "", {"bedtime-1": WORDS[halves]}, confirmed=True)
            for days, halves in link.steps
        ),
        base=base,
        reason=link.reason.value if base else "",
        explanation=link.explanation,
    )
    if not Draft.objects.filter(plan=plan).exists():
        start_chain_revision(plan, link.first_day, house, at)
    row = save_draft(plan, draft, house, at)
    version = actions.sign_draft(
        draft=row,
        revision=row.revision,
        reasons=reasons_by_key(plan, draft, ANSWERS),
        today=today,
        by=house.provider,
        at=at,
    )
    return Version.objects.select_related("plan__patient__clinic").get(pk=version.pk)


def start_chain_revision(plan: Plan, first_day: date, house: House, at: datetime = NOW) -> Draft:
    return actions.start_revision(
        plan=plan,
        first_day=first_day,
        typed_day=f"{first_day:%m/%d/%Y}",
        reason=Reason.SYMPTOMS,
        explanation="",
        by=house.provider,
        at=at,
    )


def sign_chain(house: House, chain: Sequence[Link]) -> list[Version]:
    plan = open_plan_of_one_product(house)
    return [sign_link(plan, link, house) for link in chain]


STEPS = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 6)), min_size=1, max_size=3).map(tuple)


@st.composite
def chains(draw: st.DrawFn) -> list[Link]:
    """Revisions and holds before, on and after each other's first day, some replaced before they began."""
    found: list[Link] = []
    for _ in range(draw(st.integers(1, 5))):
        near = draw(st.sampled_from([one.first_day for one in found] or [TODAY]))
        first_day = near + timedelta(days=draw(st.sampled_from([0, 0, -7, -1, 1, 6, 13, 30])))
        reason = draw(st.sampled_from([Reason.SYMPTOMS, Reason.HOLD, Reason.HOLD_ENDED]))
        found.append(Link(first_day, draw(STEPS), draw(st.booleans()), reason, "Poor sleep"))
    return found
