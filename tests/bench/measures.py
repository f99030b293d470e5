"""What is measured, and what each is compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final

from django.db import models
from django.utils import timezone

from taperplanner.handouts.paper.layouts import Layout
from taperplanner.tapers.actions import save_draft
from taperplanner.tapers.models import Dose, Draft, Plan, SignedProduct, Step, Version

from ..demo.made_alone import drafted_alone, sign_alone
from .clinics import Measured, Size, filled, rolled_back, stepped, typed
from .terms import terms_of
from .visits import VISITS, Act, Ratio, compared

FLOOR: Final = "floor, {} steps"
SIGNED: Final = 40  # steps
YEAR: Final = timedelta(days=365)
PARTS: Final = (Step, Dose, SignedProduct)


@dataclass(frozen=True)
class World:
    """`clinics`: by size. `plans`: of the first of them, by how many steps they have."""

    clinics: Sequence[Measured]
    plans: Mapping[int, Plan]
    visits: int = VISITS

    @property
    def first(self) -> Measured:
        return self.clinics[0]

    def compared(self, measure: str, act: Act, beside: str, floor: Act) -> Ratio:
        return compared(measure, act, beside, floor, self.visits)

    def floor(self, steps: int, told: str = "told") -> Callable[[], bytes]:
        version = self.plans[steps].versions.get()
        return self.first.provider.get(f"/bench/{version.pk}/{told}/")


def schedule(world: World) -> Iterator[Ratio]:
    for steps, plan in world.plans.items():
        page = world.first.provider.get(plan.get_absolute_url())
        name = f"schedule page, {steps} steps"
        yield world.compared(name, page, FLOOR.format(steps), world.floor(steps))
        yield world.compared(
            name, page, FLOOR.format(steps) + " and no event", world.floor(steps, told="untold")
        )


def patient(world: World) -> Iterator[Ratio]:
    steps = _middle(world)
    page = world.first.provider.get(f"/patients/{world.plans[steps].patient_id}/")
    yield world.compared("patient page", page, FLOOR.format(steps), world.floor(steps))


def worklist(world: World) -> Iterator[Ratio]:
    pages = [(one.size.plans, one.provider.get("/")) for one in world.clinics]
    yield from _by_size(world, "worklist, {:,} open plans", pages)


def search(world: World) -> Iterator[Ratio]:
    for clinic in world.clinics:
        miss = clinic.provider.get("/patients/", q="zzyzxq")
        for name, sent in terms_of(clinic.clinic):
            found = clinic.provider.get("/patients/", **sent)
            yield world.compared(f"search, {clinic.size.patients:,} patients: {name}", found, "a miss", miss)


def registry(world: World) -> Iterator[Ratio]:
    """The year up to today, in which every plan runs."""
    today = world.first.clinic.day_of(timezone.now())
    days = {"first_day": f"{today - YEAR:%m/%d/%Y}", "last_day": f"{today:%m/%d/%Y}"}
    pages = [(one.size.plans, one.provider.get("/clinic/registry/", **days)) for one in world.clinics]
    yield from _by_size(world, "registry, {:,} open plans", pages)


def audit(world: World) -> Iterator[Ratio]:
    """An event tells of each patient."""
    pages = [(one.size.patients, one.manager.get("/clinic/audit/")) for one in world.clinics]
    yield from _by_size(world, "audit page, {:,} patients", pages)


def signing(world: World) -> Iterator[Ratio]:
    """A draft is saved and signed, and undone; beside it the rows that this made are inserted plainly, and undone."""
    clinic, at = world.first.clinic, timezone.now()
    by = clinic.users.get(email__startswith="provider@")
    plan, _ = drafted_alone(clinic, by, at, number=clinic.patients.count() + 1, typed=typed(4, clinic))
    made: list[Sequence[Any]] = []

    def sign() -> None:
        row = Draft.objects.get(plan=plan)
        saved = save_draft(draft=row, revision=row.revision, typed=typed(SIGNED, clinic), by=by, at=at)
        version = sign_alone(saved, by, at)
        if not made:
            made.extend([list(part.objects.filter(version=version)) for part in PARTS])
            made.append([Version.objects.get(pk=version.pk)])

    def insert() -> None:
        for rows in made:
            models.QuerySet(type(rows[0])).bulk_create(rows)

    rolled_back(sign)
    beside = "bulk insert of the same rows"
    yield world.compared(
        f"save and sign, {SIGNED} steps", partial(rolled_back, sign), beside, partial(rolled_back, insert)
    )


def papers(world: World) -> Iterator[Ratio]:
    """Each is set anew for its preview: the floor is the page of as many steps."""
    steps = _middle(world)
    plan = world.plans[steps]
    address = f"/patients/{plan.patient_id}/plans/{plan.number}/versions/1/handout/print/preview/"
    for layout in Layout:
        page = world.first.provider.get(address, layout=layout.value, size="standard", language="en")
        yield world.compared(f"print, {layout.label.lower()}", page, FLOOR.format(steps), world.floor(steps))


def _middle(world: World) -> int:
    """Forty; of a world without such a plan, what its plan of the middle length has."""
    return SIGNED if SIGNED in world.plans else sorted(world.plans)[len(world.plans) // 2]


def _by_size(world: World, name: str, pages: Sequence[tuple[int, Act]]) -> Iterator[Ratio]:
    """That of the first clinic is compared with the floor, each other one with that."""
    (count, smallest), *others = pages
    steps, first = _middle(world), name.format(count)
    yield world.compared(first, smallest, FLOOR.format(steps), world.floor(steps))
    for size, page in others:
        yield world.compared(name.format(size), page, first, smallest)


MEASURES: Final[Mapping[str, Callable[[World], Iterator[Ratio]]]] = {
    "schedule": schedule,
    "patient": patient,
    "worklist": worklist,
    "search": search,
    "signing": signing,
    "papers": papers,
    "registry": registry,
    "audit": audit,
}


def ratios_of(
    sizes: Sequence[str],
    only: Sequence[str],
    *,
    steps: Sequence[int],
    visits: int,
    say: Callable[[str], None],
) -> Iterator[Ratio]:
    """Shape of `sizes`: "1000:100", patients and open plans."""
    clinics = filled([Size(*map(int, size.split(":"))) for size in sizes], say)
    world = World(clinics, stepped(clinics[0].clinic, steps), visits)
    for name in only:
        yield from MEASURES[name](world)
