"""The clinic's stale copies that nobody has collected, on the worklist."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from taperplanner.days import in_words
from taperplanner.patients.restricted.rule import open_to
from taperplanner.tapers.on_patient_list import provider_of
from taperplanner.worklist.sections import Section, WorklistQuery, WorklistRow, of_provider, part_of

from ..models import FurtherVersion, PrintedHandout, PrintedHandoutQuerySet, stale_copies
from .validity import CopyValidity, Kind, validities_of

_SAYS: Final = {
    Kind.UNTIL: "; it holds up to the day before {day}",
    Kind.NOT_YET: "; it holds from {day} on, and a newer version takes over later",
    Kind.INCOMPLETE: "; it does not list every medicine any more: there is another signed plan",
    Kind.OVERTAKEN: "; its version was replaced before it began",
}


def stale_section(query: WorklistQuery) -> Section:
    listed = open_to(stale_copies(query.clinic), query.user, patient="version__plan__patient")
    rows = _of_provider(listed, query.provider)
    # In one order, so that each is on one page and on no other.
    part = part_of(rows.order_by("-printed_at", "-number", "pk"), query, "stale-copies")
    validities = validities_of(part.rows, query.today)
    lines = [_row(query, *pair) for pair in zip(part.rows, validities, strict=True)]
    return Section("stale-copies", "Printed copies to take back or to swap", lines, part.total, part.has_more)


def _of_provider(copies: PrintedHandoutQuerySet, provider: UUID | None) -> PrintedHandoutQuerySet:
    """Of any plan on it."""
    if provider is None:
        return copies
    further = FurtherVersion.objects.filter(copy=OuterRef("pk"))
    beside = Exists(of_provider(further, provider, "version__plan__"))
    return copies.annotate(provider=provider_of("version__plan__")).filter(Q(provider=provider) | beside)


def _row(query: WorklistQuery, copy: PrintedHandout, validity: CopyValidity) -> WorklistRow:
    version = copy.version
    printed_on = in_words(query.clinic.day_of(copy.printed_at))
    what = f"{copy.get_layout_display()} of {copy.of_what}, code {copy.written_code}, printed by {copy.printed_by_name}"
    what += _SAYS.get(validity.kind, "").format(day=in_words(validity.day) if validity.day else "")
    return WorklistRow(
        patient=version.plan.patient,
        what=what,
        act="Record the outcome",
        address=f"{version.plan.get_absolute_url()}#copies",
        when=printed_on,
        is_late=not (validity.may_be_followed or validity.kind is Kind.NOT_YET),
    )
