"""Who is in a hospital or another facility, so that nobody is forgotten there, and whose plan waits for a provider since
they left it. Both are marked in every other section too: what a row says of today is by the signed schedule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.urls import reverse

from taperplanner.accounts.permissions import Permission
from taperplanner.day_book.caseload import OpenPlan
from taperplanner.days import in_words
from taperplanner.patients.restricted.rule import open_to
from taperplanner.stays.models import Gives, Stay
from taperplanner.stays.rule import left, undecided_plans, where, whereabouts_of
from taperplanner.tapers.models import Plan

from .sections import Section, WorklistQuery, WorklistRow, of_provider, part_of

UNDECIDED: Final = "stays-undecided"
OPEN: Final = "stays"
NOT_DECIDED: Final = "a provider has not decided yet what is taken now"


def stays_undecided(query: WorklistQuery) -> Section:
    rows = open_to(undecided_plans(query.clinic), query.user, patient="patient")
    listed = of_provider(rows, query.provider, "").select_related("patient")
    part = part_of(listed, query, UNDECIDED)
    shown = [_undecided(plan, query) for plan in part.rows]
    return Section(UNDECIDED, "Back from a hospital: a provider decides", shown, part.total, part.has_more)


def stays_open(query: WorklistQuery) -> Section:
    """Whoever has been away longest first, whether or not a plan of theirs is open."""
    rows = Stay.objects.filter(patient__clinic=query.clinic, patient__archived_at=None).open()
    listed = open_to(rows, query.user, patient="patient").longest_first()
    if query.provider is not None:
        mine = of_provider(Plan.objects.open().filter(patient__clinic=query.clinic), query.provider, "")
        listed = listed.filter(patient__in=mine.values("patient"))
    part = part_of(listed.select_related("patient"), query, OPEN)
    shown = [_away(stay) for stay in part.rows]
    return Section(OPEN, "In a hospital or another facility", shown, part.total, part.has_more)


def with_stays(sections: Iterable[Section], open_plans: Iterable[OpenPlan]) -> list[Section]:
    """The sections, each row with where its patient is, and what is not decided. One query more, three where somebody
    is or was away."""
    made = list(sections)
    patients = {row.patient.pk for section in made for row in section.rows if row.patient}
    lines = _lines(patients, open_plans)
    return [
        replace(
            section,
            rows=[
                replace(row, stays=lines.get(row.patient.pk, ())) if row.patient else row
                for row in section.rows
            ],
        )
        if lines and section.key not in {UNDECIDED, OPEN}
        else section
        for section in made
    ]


def _lines(patients: set[UUID], open_plans: Iterable[OpenPlan]) -> dict[UUID, Sequence[str]]:
    plans = list(open_plans)
    lines: dict[UUID, Sequence[str]] = {}
    for patient, now in whereabouts_of(patients).items():
        said = [f"{where(now.stay)}."] if now.stay else []
        waits = any(
            now.is_undecided(one.plan.pk, [span.version for span in one.spans])
            for one in plans
            if one.plan.patient_id == patient
        )
        if now.end and waits:
            said.append(f"{left(now.end)}: {NOT_DECIDED}.")
        if said:
            lines[patient] = said
    return lines


def _undecided(plan: Plan, query: WorklistQuery) -> WorklistRow:
    """Staff read what was told, and call a provider."""
    if query.user.may(Permission.SIGN_PLAN):
        act, address = "Read and decide", reverse("stays:after_stay", args=[plan.patient_id, plan.number])
    else:
        act, address = "Open the stay", reverse("stays:stays", args=[plan.patient_id])
    what = f"Plan {plan.number}, {plan.drug}: {NOT_DECIDED}. No paper for home is printed before."
    return WorklistRow(plan.patient, what, act, address, is_late=True)


def _away(stay: Stay) -> WorklistRow:
    until = f" Expected until: {stay.expected_until}." if stay.expected_until else ""
    gives = Gives(stay.gives).label.lower()
    what = f"In {stay.facility}. Who gives the medicine there: {gives}.{until}"
    since = f"Since {in_words(stay.began_on)}"
    return WorklistRow(
        stay.patient, what, "Open the stay", reverse("stays:stays", args=[stay.patient_id]), since
    )
