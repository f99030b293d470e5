"""The clinic's stale copies that nobody has collected, on the worklist."""

from __future__ import annotations

from taperplanner.days import in_words
from taperplanner.monitoring.worklist.caseload import of_provider
from taperplanner.monitoring.worklist.sections import Row, Section, Work

from .models import PrintedHandout, stale_copies


def stale_section(work: Work) -> Section:
    rows = of_provider(stale_copies(work.clinic), work.provider, "version__plan__")
    shown = rows.select_related("version__plan__patient")[: work.limit]
    lines = [_row(work, copy) for copy in shown]
    return Section("stale-copies", "Printed copies that are out of date and still out", lines, rows.count())


def _row(work: Work, copy: PrintedHandout) -> Row:
    version = copy.version
    printed_on = in_words(work.clinic.day_of(copy.printed_at))
    return Row(
        patient=version.plan.patient,
        what=f"{copy.get_layout_display()} of version {version.number}, code {copy.written_code}, printed by {copy.printed_by_name}",
        act="Say what became of it",
        address=f"{version.plan.get_absolute_url()}#copies",
        when=printed_on,
        is_late=True,
    )
