"""What waits for an answer to a notice: on the worklist, and under the patient's name on every page."""

from __future__ import annotations

from typing import Final

from django.urls import reverse
from django.utils import timezone

from taperplanner.patients.models import Patient
from taperplanner.patients.restricted.rule import open_to
from taperplanner.places import Section as PagePart
from taperplanner.tapers.models import Plan
from taperplanner.worklist.sections import Section, WorklistQuery, WorklistRow, of_provider, part_of

from .affected import notices_of, patients_waiting
from .notices import notices

TITLE: Final = "Papers and schedules to look at, because of a fault in Taper Planner"


def notices_section(query: WorklistQuery) -> Section:
    """Of archived patients too: a paper may still be out. No query where no release has a notice."""
    if not notices():
        return Section("notices", TITLE, [], 0)
    waiting = open_to(patients_waiting(query.clinic.patients.all(), query.today), query.user)
    if query.provider is not None:
        mine = of_provider(Plan.objects.filter(patient__clinic=query.clinic), query.provider, "")
        waiting = waiting.filter(pk__in=mine.values("patient"))
    part = part_of(waiting.order_by("sort_key", "pk"), query, "notices")
    return Section("notices", TITLE, [_row(one, query) for one in part.rows], part.total, part.has_more)


def _row(patient: Patient, query: WorklistQuery) -> WorklistRow:
    what = "; ".join(notice.title for notice in notices_of(patient, query.today))
    address = reverse("recall:notices", args=[patient.pk])
    return WorklistRow(patient, what, "See what to do", address, is_late=True)


def notices_mark(patient: Patient) -> PagePart | None:
    """No query where no release has a notice."""
    if not notices():
        return None
    today = patient.clinic.day_of(timezone.now())
    if not patients_waiting(Patient.objects.filter(pk=patient.pk), today).exists():
        return None
    return PagePart("recall/_mark.html", {"address": reverse("recall:notices", args=[patient.pk])})
