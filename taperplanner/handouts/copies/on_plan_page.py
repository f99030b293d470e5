"""The plan's printed copies, on the plan's page: what is out there, and what must come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from taperplanner.accounts.http import ClinicRequest
from taperplanner.days import in_words
from taperplanner.places import Section
from taperplanner.rows_within import has_any
from taperplanner.tapers.models import Plan

from ..models import DONE, FurtherVersion, Outcome, PrintedHandout, copies_of
from .validity import CopyValidity, Kind, validities_of

SHOWN: Final = 50
PAPERS: Final = (PrintedHandout, FurtherVersion)  # what hangs on a version of which there is a paper

SAYS: Final = {
    Kind.NOT_YET: "Holds from {day} on.",
    Kind.UNTIL: "Holds up to the day before {day}: swap it for the new version by then.",
    Kind.OVER: "What the card says was over on {day}.",
    Kind.REPLACED: "Stale since {day}.",
    Kind.OVERTAKEN: "Never to be followed: a newer version took its place before it began.",
    Kind.ENDED: "Stale: the plan has ended.",
    Kind.INCOMPLETE: "Does not list every medicine any more: there is another signed plan. Swap it for a new one of all plans.",
    Kind.AWAY: "Not to be followed before a provider has decided: the patient is, or was, in a hospital or another facility.",
    Kind.DOUBTFUL: "Not to be followed before it is checked: the patient's record or the version is not as it was, or a fault of an earlier release concerns it.",
}


@dataclass(frozen=True, slots=True)
class CopyLine:
    """`is_stale`: it must not be followed today. `is_out`: it must come back, and nobody has said that it has."""

    copy: PrintedHandout
    outcome: str
    says: str
    is_stale: bool
    is_asked: bool
    is_out: bool


def copies_section(request: ClinicRequest, plan: Plan) -> Section | None:
    """Nothing, while nothing was printed."""
    if not any(has_any(version, paper) for version in plan.versions.all() for paper in PAPERS):
        return None
    rows = list(copies_of(request.clinic).of_plan(plan.pk).with_outcome().with_version().newest_first())
    if not rows:
        return None
    lines = list(map(_line, rows, validities_of(rows, request.today, shown=plan)))
    # What must come back first: a page shows so many, and those are never left out.
    lines.sort(key=lambda line: (not (line.is_out and line.is_stale), not line.is_out))
    out = sum(line.is_out for line in lines)
    context = {
        "lines": lines[: max(SHOWN, out)],
        "not_shown": len(lines[max(SHOWN, out) :]),
        "stale": sum(line.is_out and line.is_stale for line in lines),
        "to_swap": sum(line.is_out and not line.is_stale for line in lines),
        "outcomes": Outcome.choices,
    }
    return Section("handouts/_copies_of_plan.html", context)


def _line(copy: PrintedHandout, validity: CopyValidity) -> CopyLine:
    outcome = getattr(copy, "outcome", None)
    is_asked = not validity.is_right
    return CopyLine(
        copy,
        Outcome(outcome).label if outcome else "",
        SAYS.get(validity.kind, "").format(day=in_words(validity.day) if validity.day else ""),
        is_stale=is_asked and not validity.may_be_followed,
        is_asked=is_asked,
        is_out=is_asked and outcome not in DONE,
    )
