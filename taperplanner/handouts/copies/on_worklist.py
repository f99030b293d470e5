"""The clinic's stale copies that nobody has collected, on the worklist."""

from __future__ import annotations

from typing import Final

from taperplanner.days import in_words
from taperplanner.worklist.caseload import of_provider
from taperplanner.worklist.sections import Section, WorklistQuery, WorklistRow

from ..models import PrintedHandout, stale_copies
from .validity import CopyValidity, Kind, validities_of

_SAYS: Final = {
    Kind.UNTIL: "; it holds up to the day before {day}",
    Kind.NOT_YET: "; it holds from {day} on, and a newer version takes over later",
    Kind.OVERTAKEN: "; its version was replaced before it began",
}


def stale_section(query: WorklistQuery) -> Section:
    rows = of_provider(stale_copies(query.clinic), query.provider, "version__plan__")
    shown = list(rows[: query.limit])
    lines = [_row(query, *pair) for pair in zip(shown, validities_of(shown, query.today), strict=True)]
    return Section("stale-copies", "Printed copies to take back or to swap", lines, rows.count())


def _row(query: WorklistQuery, copy: PrintedHandout, validity: CopyValidity) -> WorklistRow:
    version = copy.version
    printed_on = in_words(query.clinic.day_of(copy.printed_at))
    what = f"{copy.get_layout_display()} of version {version.number}, code {copy.written_code}, printed by {copy.printed_by_name}"
    what += _SAYS.get(validity.kind, "").format(day=in_words(validity.day) if validity.day else "")
    return WorklistRow(
        patient=version.plan.patient,
        what=what,
        act="Record the outcome",
        address=f"{version.plan.get_absolute_url()}#copies",
        when=printed_on,
        is_late=validity.kind not in {Kind.UNTIL, Kind.NOT_YET},
    )
