"""The plan's printed copies, on the plan's page: what is out there, and what must come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.sections import Section
from taperplanner.tapers.models import Plan

from .models import DONE, Outcome, PrintedHandout, copies_of

SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class CopyLine:
    """`is_out`: stale, and nobody has said that it is back."""

    copy: PrintedHandout
    outcome: str
    is_stale: bool
    is_out: bool


def copies_section(request: ClinicRequest, plan: Plan) -> Section | None:
    """Nothing, while nothing was printed."""
    copies = copies_of(request.clinic).of_plan(plan.pk)
    stale = set(copies.stale().values_list("pk", flat=True))
    rows = copies.with_outcome().select_related("version").newest_first()
    lines = [_line(copy, is_stale=copy.pk in stale) for copy in rows]
    for line in lines:
        line.copy.version.plan = plan
    # What must come back first: a page shows so many, and those are never left out.
    lines.sort(key=lambda line: not line.is_out)
    out = sum(line.is_out for line in lines)
    context = {
        "lines": lines[: max(SHOWN, out)],
        "not_shown": len(lines[max(SHOWN, out) :]),
        "out": out,
        "outcomes": Outcome.choices,
    }
    return Section("handouts/_copies_of_plan.html", context) if lines else None


def _line(copy: PrintedHandout, *, is_stale: bool) -> CopyLine:
    outcome = getattr(copy, "outcome", None)
    label = Outcome(outcome).label if outcome else ""
    return CopyLine(copy, label, is_stale, is_out=is_stale and outcome not in DONE)
