"""Whom a fault concerns: the copies that some releases made and that are still out, the open plans that they signed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from taperplanner.handouts.models import PrintedHandout, PrintedHandoutQuerySet
from taperplanner.patients.models import Patient, PatientQuerySet
from taperplanner.tapers.models import State, Version, VersionQuerySet

from .models import NoticeAnswer, Outcome
from .notices import Notice, notices

OF_PATIENT: Final = "version__plan__patient"
R = TypeVar("R", PrintedHandoutQuerySet, VersionQuerySet)


@dataclass(frozen=True, slots=True)
class MadeBy:
    """`before_recorded`: also what says no release. `layouts`: of papers; None for every one."""

    releases: Collection[str]
    before_recorded: bool
    layouts: Collection[str] | None = None

    @classmethod
    def named_in(cls, notice: Notice) -> MadeBy:
        return cls(notice.releases, notice.before_recorded, notice.layouts)

    @property
    def is_of(self) -> Q:
        named = Q(release__in=self.releases)
        return named | Q(release=None) if self.before_recorded else named

    def copies_out(self) -> PrintedHandoutQuerySet:
        """Also those that nobody should follow: somebody may."""
        made = PrintedHandout.objects.filter(self.is_of).out()
        return made if self.layouts is None else made.filter(layout__in=self.layouts)

    def schedules(self, today: date) -> VersionQuerySet:
        """Of open plans, those that are followed on the day or will be: none has begun that takes its place."""
        later = Version.objects.filter(
            plan=OuterRef("plan"), number__gt=OuterRef("number"), first_day__lte=today
        )
        return Version.objects.filter(self.is_of, ~Exists(later), plan__state=State.OPEN)


def copies_waiting(notice: Notice) -> PrintedHandoutQuerySet:
    """That it concerns, and of which nobody has said what became of them."""
    made = MadeBy.named_in(notice).copies_out()
    return _unanswered(made, notice, "copy") if notice.layouts else made.none()


def versions_waiting(notice: Notice, today: date) -> VersionQuerySet:
    """The same of the schedules of open plans."""
    made = MadeBy.named_in(notice).schedules(today)
    return _unanswered(made, notice, "version") if notice.schedules else made.none()


def _unanswered(rows: R, notice: Notice, of: str) -> R:
    said = NoticeAnswer.objects.filter(notice=notice.key, **{of: OuterRef("pk")}).newest_first()
    answered = rows.annotate(answer=Subquery(said.values("outcome")[:1]))
    return answered.filter(Q(answer=None) | Q(answer=Outcome.OPEN_AGAIN))


def patients_waiting(rows: PatientQuerySet, today: date) -> PatientQuerySet:
    """Of these, those of whom something waits for an answer to any notice."""
    waits = Q()
    for notice in notices():
        waits |= Q(_of_patient(copies_waiting(notice), OF_PATIENT))
        waits |= Q(_of_patient(versions_waiting(notice, today), "plan__patient"))
    return rows.filter(waits) if waits else rows.none()


def _of_patient(rows: QuerySet[PrintedHandout] | QuerySet[Version], way: str) -> Exists:
    return Exists(rows.filter(**{way: OuterRef("pk")}))


def notices_of(patient: Patient, today: date) -> list[Notice]:
    """Of which something of the patient waits."""
    return [
        notice
        for notice in notices()
        if copies_waiting(notice).filter(**{OF_PATIENT: patient}).exists()
        or versions_waiting(notice, today).filter(plan__patient=patient).exists()
    ]


def copies_in_doubt(copies: Iterable[PrintedHandout]) -> set[UUID]:
    """Of these, those that wait: until somebody has looked, nobody should be told that they are right."""
    if not notices():
        return set()
    keys = [copy.pk for copy in copies]
    return {
        key
        for notice in notices()
        for key in copies_waiting(notice).filter(pk__in=keys).values_list("pk", flat=True)
    }


def releases_there() -> set[str]:
    """That any version or copy says."""
    found: set[str | None] = set()
    for rows in (Version.objects.order_by(), PrintedHandout.objects.order_by()):
        found |= set(rows.values_list("release", flat=True).distinct())
    return {release for release in found if release is not None}
