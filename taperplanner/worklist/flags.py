"""Flags from colleagues that are for who asks, until they are done; and those that who asks wrote and nobody has seen.

Whose plans the page is asked for changes neither: a flag is for a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode

from taperplanner.flags.lines import FlagLine, flag_line
from taperplanner.flags.models import Flag
from taperplanner.flags.readers import to_be_read_by
from taperplanner.patients.restricted.rule import open_to

from .sections import Press, Section, WorklistQuery, WorklistRow, part_of

_FLAG_HAS: Final = ("patient", "seen", "done")


def flags_to_read(query: WorklistQuery) -> Section:
    """Of archived patients too: nobody has said that it is done."""
    rows = Flag.objects.filter(patient__clinic=query.clinic).open().oldest_first()
    mine = open_to(to_be_read_by(rows, query.user, query.today), query.user, patient="patient")
    part = part_of(mine.select_related(*_FLAG_HAS), query, "flags")
    return Section(
        "flags", "Flags for you", [_to_read(query, row) for row in part.rows], part.total, part.has_more
    )


def flags_unseen(query: WorklistQuery) -> Section:
    """From the day after it was written: its writer asks again, or calls."""
    begins = datetime.combine(query.today, time.min, query.clinic.zone)
    rows = Flag.objects.filter(patient__clinic=query.clinic, written_by=query.user).open().unseen()
    waiting = open_to(rows.written_before(begins), query.user, patient="patient").oldest_first()
    part = part_of(waiting.select_related(*_FLAG_HAS), query, "flags-unseen")
    title = "Flags you wrote that nobody has seen"
    return Section(
        "flags-unseen", title, [_unseen(query, row) for row in part.rows], part.total, part.has_more
    )


def _to_read(query: WorklistQuery, row: Flag) -> WorklistRow:
    line = flag_line(row, query.user, query.clinic.zone, is_to_read=True)
    is_own = row.for_user_id == query.user.pk
    when = f"From {line.written}" if is_own else f"For {line.to}, from {line.written}"
    if line.seen:
        when = f"{when}; seen by {line.seen}"
    return _row(query, row, line, when)


def _unseen(query: WorklistQuery, row: Flag) -> WorklistRow:
    line = flag_line(row, query.user, query.clinic.zone, is_to_read=False)
    return _row(query, row, line, f"For {line.to}, since {line.written}", is_late=True)


def _row(query: WorklistQuery, row: Flag, line: FlagLine, when: str, *, is_late: bool = False) -> WorklistRow:
    address = f"{row.patient.get_absolute_url()}#open-flags"
    return WorklistRow(
        row.patient,
        row.sentence,
        "Open the patient",
        address,
        when,
        is_late,
        presses=tuple(_presses(query, row, line)),
    )


def _presses(query: WorklistQuery, row: Flag, line: FlagLine) -> Iterator[Press]:
    """That come back to the same part of the worklist."""
    part = {"provider": query.provider, "only": query.only, "after": query.after}
    back = urlencode({"from": "worklist"} | {name: str(value) for name, value in part.items() if value})
    allowed = {"flags:flag_seen": ("Seen", line.may_see), "flags:flag_done": ("Done", line.may_finish)}
    for name, (label, may) in allowed.items():
        if may:
            yield Press(label, f"{reverse(name, args=[row.patient_id, row.number])}?{back}")
