"""The emergency accesses of a clinic as its managers read them, and how many of them nobody has reviewed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from taperplanner.accounts.manager_tabs import Tab
from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.log import events_of

from ..models import EmergencyAccess, EmergencyAccessEnd, EmergencyAccessReview
from ..restriction_records import EmergencyAccessQuerySet

MOST_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class AccessRow:
    """`pages`: how many events say that they were in it."""

    access: EmergencyAccess
    mrn: str
    pages: int
    log: str
    is_own: bool

    @property
    def review(self) -> EmergencyAccessReview | None:
        return getattr(self.access, "review", None)

    @property
    def ended_at(self) -> datetime | None:
        end: EmergencyAccessEnd | None = getattr(self.access, "end", None)
        return end.ended_at if end else None


def accesses_of(clinic: Clinic) -> EmergencyAccessQuerySet:
    return EmergencyAccess.objects.of_clinic(clinic).select_related("patient", "begun_by", "end", "review")


def accesses_for(manager: User) -> EmergencyAccessQuerySet:
    """The clinic's, but for those of the record that is the manager's own."""
    return accesses_of(manager.clinic).exclude(patient__restriction__works_here=manager)


def rows_for(manager: User) -> list[AccessRow]:
    """Those that wait for a review first."""
    found = accesses_for(manager).newest_first()
    waiting = list(found.not_reviewed()[:MOST_SHOWN])
    done = list(found.exclude(review=None)[: MOST_SHOWN - len(waiting)])
    pages = _pages(manager.clinic, (*waiting, *done))
    return [_row(access, pages, manager) for access in (*waiting, *done)]


def row_of(access: EmergencyAccess, manager: User) -> AccessRow:
    return _row(access, _pages(manager.clinic, [access]), manager)


def tab_of(manager: User) -> Tab:
    waiting = accesses_for(manager).not_reviewed().count()
    return Tab("Emergency access", "emergency_accesses", reverse("patients:emergency_accesses"), waiting)


def _pages(clinic: Clinic, accesses: Sequence[EmergencyAccess]) -> dict[UUID, int]:
    """Of each access. The patients' own index answers it."""
    wanted = {access.pk.hex: access.pk for access in accesses}
    shown = events_of(clinic.pk).filter(action="patient.page_shown", details__has_key="emergency_access")
    of_patients = shown.filter(patient_id__in={access.patient_id for access in accesses})
    said = Counter(of_patients.values_list("details__emergency_access", flat=True))
    return {pk: said[text] for text, pk in wanted.items()}


def _row(access: EmergencyAccess, pages: dict[UUID, int], manager: User) -> AccessRow:
    day = access.begun_at.astimezone(manager.clinic.zone).strftime("%m/%d/%Y")
    until = access.until.astimezone(manager.clinic.zone).strftime("%m/%d/%Y")
    asked = {"first_day": day, "last_day": until, "user": access.begun_by_id, "patient": access.patient_id}
    return AccessRow(
        access=access,
        mrn=access.patient.mrn,
        pages=pages[access.pk],
        log=f"{reverse('accounts:audit')}?{urlencode(asked)}",
        is_own=access.begun_by_id == manager.pk,
    )
