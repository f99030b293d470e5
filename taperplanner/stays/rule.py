"""Where a patient is, and what has to be decided since: the one answer for pages, papers, codes and the worklist.

A plan is *undecided* from the moment at which it was recorded that its patient left a facility, until a provider has
signed a version of it or recorded that it goes on as signed. What was signed while the patient was away decides nothing:
whoever signed it did not know yet what was taken there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from taperplanner.accounts.models import Clinic
from taperplanner.days import without_weekday
from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Plan, PlanQuerySet, Version

from .models import Gives, GoesOn, Stay, StayEnd

FOR_THE_WARD: Final = "For whoever treats the patient there, print the record for the next clinic or ward."
UNTIL_THEN: Final = (
    "Call a provider now: until one has decided, no paper may say what is taken, and stopping suddenly is dangerous."
    " The record for the next clinic or ward can be printed for whoever treats the patient."
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`stay`: the one that is going on. `end`: of the last stay that has ended. `decided`: the plans that go on as signed
    since then."""

    stay: Stay | None = None
    end: StayEnd | None = None
    decided: frozenset[UUID] = frozenset()

    def is_undecided(self, plan: UUID, versions: Iterable[Version]) -> bool:
        """`versions`: all that are signed of this plan. One of which nothing is signed needs no decision."""
        if self.end is None or plan in self.decided:
            return False
        signed = [version.signed_at for version in versions]
        return bool(signed) and max(signed) <= self.end.recorded_at

    def why_no_paper(self, plan: UUID, versions: Iterable[Version]) -> Iterator[str]:
        """What stands in the way of a paper for home, each with what to do."""
        if self.stay is not None and self.stay.gives == Gives.FACILITY:
            yield (
                f"{where(self.stay)}, and the facility gives the medicine. A paper for home is printed when the patient has"
                f" left, and a provider has decided what is taken then. {FOR_THE_WARD}"
            )
        if self.stay is not None and self.stay.gives == Gives.NOT_KNOWN:
            yield (
                f"{where(self.stay)}, and it is not known who gives the medicine there. Ask them, and record it on the page"
                f" of the patient’s stays. {FOR_THE_WARD}"
            )
        if self.end is not None and self.is_undecided(plan, versions):
            yield f"{undecided(self.end)} {UNTIL_THEN}"

    def is_doubtful(self, plan: UUID, versions: Iterable[Version]) -> bool:
        """Whether only the clinic can tell what a paper that is at home is worth now."""
        return any(self.why_no_paper(plan, versions))


NOWHERE: Final = Whereabouts()


def where(stay: Stay) -> str:
    """As a sentence begins: "In St. Mary's Hospital since March 2, 2026"."""
    return f"In {stay.facility} since {without_weekday(stay.began_on)}"


def left(end: StayEnd) -> str:
    """As a sentence begins. `end.stay` at hand."""
    return f"Back from {end.stay.facility} since {without_weekday(end.ended_on)}"


def undecided(end: StayEnd) -> str:
    return (
        f"{left(end)}, and no provider has decided what is taken now. A provider signs a new version, or records that the"
        " schedule goes on as signed."
    )


def whereabouts_of(patients: Collection[UUID]) -> Mapping[UUID, Whereabouts]:
    """Of those of the patients of whom a stay was recorded. One query where there is none, three at most."""
    stays = list(Stay.objects.valid().filter(patient__in=patients)) if patients else []
    if not stays:
        return {}
    ends: dict[UUID, StayEnd] = {}
    over: set[UUID] = set()
    rows = StayEnd.objects.valid().filter(stay__patient__in=patients).select_related("stay").newest_first()
    for end in rows:
        ends.setdefault(end.stay.patient_id, end)
        over.add(end.stay_id)
    decided: dict[UUID, set[UUID]] = defaultdict(set)
    for end_id, plan in _goes_on(ends.values()):
        decided[end_id].add(plan)
    found: dict[UUID, Whereabouts] = {}
    for patient in {stay.patient_id for stay in stays}:
        going_on = next((one for one in stays if one.patient_id == patient and one.pk not in over), None)
        last = ends.get(patient)
        found[patient] = Whereabouts(going_on, last, frozenset(decided[last.pk]) if last else frozenset())
    return found


def whereabouts_of_one(patient: Patient) -> Whereabouts:
    return whereabouts_of([patient.pk]).get(patient.pk, NOWHERE)


def undecided_plans(clinic: Clinic) -> PlanQuerySet:
    """The open plans of the clinic that are undecided, the longest first. Whoever lists them asks the rule of restricted records too.

    It begins at the stays that have ended, which are few, and not at the plans. It says what `is_undecided` says.
    """
    ends = StayEnd.objects.valid().filter(stay__patient__clinic=clinic)
    last = StayEnd.objects.valid().filter(stay__patient=OuterRef("patient")).newest_first()
    versions = Version.objects.filter(plan=OuterRef("pk"))
    return (
        Plan.objects.open()
        .filter(patient__in=ends.values("stay__patient"), patient__archived_at=None)
        .annotate(
            last_end=Subquery(last.values("pk")[:1]), last_end_at=Subquery(last.values("recorded_at")[:1])
        )
        .filter(Exists(versions))
        .exclude(Exists(versions.filter(signed_at__gt=OuterRef("last_end_at"))))
        .exclude(Exists(GoesOn.objects.filter(plan=OuterRef("pk"), end=OuterRef("last_end"))))
        .order_by("last_end_at", "pk")
    )


def _goes_on(ends: Iterable[StayEnd]) -> Iterable[tuple[UUID, UUID]]:
    named = [end.pk for end in ends]
    return GoesOn.objects.filter(end__in=named).values_list("end_id", "plan_id") if named else ()
