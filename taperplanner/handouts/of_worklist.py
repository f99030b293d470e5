"""The clinic's stale copies that nobody has collected, on the worklist."""

from __future__ import annotations

from taperplanner.days import in_words
from taperplanner.monitoring.worklist.caseload import of_provider
from taperplanner.monitoring.worklist.sections import Row, Section, Work

from .models import PrintedHandout, stale_copies
from .standing import Kind, Standing, standings_of


def stale_section(work: Work) -> Section:
    rows = of_provider(stale_copies(work.clinic), work.provider, "version__plan__")
    shown = list(rows[: work.limit])
    lines = [_row(work, *pair) for pair in zip(shown, standings_of(shown, work.today), strict=True)]
    return Section("stale-copies", "Printed copies to take back or to swap", lines, rows.count())


def _row(work: Work, copy: PrintedHandout, standing: Standing) -> Row:
    version = copy.version
    printed_on = in_words(work.clinic.day_of(copy.printed_at))
    what = f"{copy.get_layout_display()} of version {version.number}, code {copy.written_code}, printed by {copy.printed_by_name}"
    if standing.kind is Kind.UNTIL and standing.day is not None:
        what += f"; it holds up to the day before {in_words(standing.day)}"
    return Row(
        patient=version.plan.patient,
        what=what,
        act="Say what became of it",
        address=f"{version.plan.get_absolute_url()}#copies",
        when=printed_on,
        is_late=standing.kind is not Kind.UNTIL,
    )
