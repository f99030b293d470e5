"""Stays as pages say them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.utils.formats import date_format

from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.models import Clinic
from taperplanner.days import in_words
from taperplanner.patients.models import Patient
from taperplanner.phones import dial_address

from .models import Gives, GoesOn, Stay, StayEnd

ON_A_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class EndLine:
    """`decisions`: what a provider decided after it, of each plan."""

    ended: str
    taken_there: str
    told_by: str
    recorded: str
    in_error: str
    decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StayLine:
    """`in_error`, `put_right`: empty where it was neither. `ends`: the newest first, those that were in error too.

    `is_open`: the patient is there, as far as was recorded.
    """

    number: int
    facility: str
    began: str
    expected_until: str
    gives: str
    told_by: str
    phone: str
    phone_address: str
    recorded: str
    in_error: str
    put_right: bool
    ends: tuple[EndLine, ...]

    @property
    def is_valid(self) -> bool:
        return not self.in_error and not self.put_right

    @property
    def has_ended(self) -> bool:
        return any(not end.in_error for end in self.ends)

    @property
    def is_open(self) -> bool:
        return self.is_valid and not self.has_ended


def stays_page(request: ClinicRequest, patient: Patient) -> Page[Any]:
    """Lines of all of them, the newest first."""
    rows = with_ends(patient).newest_first()
    shown: Page[Any] = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    shown.object_list = [line_of(row, request.clinic) for row in shown.object_list]
    return shown


def with_ends(patient: Patient) -> Any:
    decisions = Prefetch(
        "going_on", GoesOn.objects.select_related("plan", "version").order_by("plan__number")
    )
    ends = StayEnd.objects.newest_first().select_related("error").prefetch_related(decisions)
    return patient.stays.select_related("error", "correction").prefetch_related(Prefetch("ends", ends))


def line_of(stay: Stay, clinic: Clinic) -> StayLine:
    """`stay`: as `with_ends` reads it."""
    return StayLine(
        number=stay.number,
        facility=stay.facility,
        began=in_words(stay.began_on),
        expected_until=stay.expected_until,
        gives=Gives(stay.gives).label,
        told_by=stay.told_by,
        phone=stay.phone,
        phone_address=dial_address(stay.phone),
        recorded=_said(stay.recorded_by_name, stay.recorded_at, clinic),
        in_error=error_in_words(stay),
        put_right=hasattr(stay, "correction"),
        ends=tuple(_end(end, clinic) for end in stay.ends.all()),
    )


def error_in_words(row: Stay | StayEnd) -> str:
    """Why it was marked as entered in error, and by whom; empty where it was not. `error` selected."""
    error = getattr(row, "error", None)
    return f"{error.reason} ({error.marked_by_name})" if error else ""


def _end(end: StayEnd, clinic: Clinic) -> EndLine:
    return EndLine(
        ended=in_words(end.ended_on),
        taken_there=end.taken_there,
        told_by=end.told_by,
        recorded=_said(end.recorded_by_name, end.recorded_at, clinic),
        in_error=error_in_words(end),
        decisions=tuple(_decision(one, clinic) for one in end.going_on.all()),
    )


def _decision(one: GoesOn, clinic: Clinic) -> str:
    said = _said(one.decided_by_name, one.decided_at, clinic)
    return f"Plan {one.plan.number} ({one.plan.drug}) goes on as signed in version {one.version.number}: {one.reason} ({said})"


def _said(name: str, at: datetime, clinic: Clinic) -> str:
    return f"{name}, {date_format(at.astimezone(clinic.zone), 'M j, Y, g:i A')}"
