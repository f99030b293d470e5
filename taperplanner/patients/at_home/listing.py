"""Who helps at home, ready to print."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from taperplanner.days import without_weekday
from taperplanner.phones import dial_address
from taperplanner.rows_within import has_any

from ..models import HomeHelper, Patient


@dataclass(frozen=True, slots=True)
class HelperLine:
    """`told`: what they may be told, in words. `ended`: why, by whom and when; empty while it holds."""

    number: int
    name: str
    relation: str
    phone: str
    phone_address: str
    told: str
    agreed: str
    recorded: str
    is_on_paper: bool
    ended: str


def helpers_of(patient: Patient, *, zone: ZoneInfo) -> list[HelperLine]:
    """All of them, also those of before. One query; none where the patient is known to have none (`rows_within`)."""
    if not has_any(patient, HomeHelper):
        return []
    return [_line(row, zone) for row in patient.home_helpers.by_number().select_related("end")]


def _line(row: HomeHelper, zone: ZoneInfo) -> HelperLine:
    end = getattr(row, "end", None)
    ended = ""
    if end:
        ended = f"{end.reason} ({end.said_by_name} on {without_weekday(end.said_at.astimezone(zone).date())})"
    return HelperLine(
        number=row.number,
        name=row.name,
        relation=row.relation,
        phone=row.phone,
        phone_address=dial_address(row.phone),
        told=row.get_may_be_told_display(),
        agreed=without_weekday(row.agreed_on) if row.agreed_on else "",
        recorded=f"{row.recorded_by_name} on {without_weekday(row.recorded_at.astimezone(zone).date())}",
        is_on_paper=row.is_on_paper and not end,
        ended=ended,
    )
