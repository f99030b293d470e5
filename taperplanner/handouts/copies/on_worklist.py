"""The clinic's stale copies that nobody has collected, on the worklist."""

from __future__ import annotations

from typing import Final

from taperplanner.days import in_words
from taperplanner.monitoring.worklist.caseload import of_provider
from taperplanner.monitoring.worklist.sections import Row, Section, Work

from ..models import PrintedHandout, stale_copies
from .validity import CopyValidity, Kind, validities_of

_SAYS: Final = {
    Kind.UNTIL: "; it holds up to the day before {day}",
    Kind.NOT_YET: "; it holds from {day} on, and a newer version takes over later",
    Kind.OVERTAKEN: "; its version was replaced before it began",
}


def stale_section(work: Work) -> Section:
    rows = of_provider(stale_copies(work.clinic), work.provider, "version__plan__")
    shown = list(rows[: work.limit])
    lines = [_row(work, *pair) for pair in zip(shown, validities_of(shown, work.today), strict=True)]
    return Section("stale-copies", "Printed copies to take back or to swap", lines, rows.count())


def _row(work: Work, copy: PrintedHandout, validity: CopyValidity) -> Row:
    version = copy.version
    printed_on = in_words(work.clinic.day_of(copy.printed_at))
    what = f"{copy.get_layout_display()} of version {version.number}, code {copy.written_code}, printed by {copy.printed_by_name}"
    what += _SAYS.get(validity.kind, "").format(day=in_words(validity.day) if validity.day else "")
    return Row(
        patient=version.plan.patient,
        what=what,
        act="Record the outcome",
        address=f"{version.plan.get_absolute_url()}#copies",
        when=printed_on,
        is_late=validity.kind not in {Kind.UNTIL, Kind.NOT_YET},
    )
