"""Holds that were asked for on paper, as lines of the plan's page and of a provider's answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from taperplanner.accounts.http import ClinicRequest
from taperplanner.days import in_words, without_weekday
from taperplanner.places import Section
from taperplanner.rows_within import has_any
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule.reasons import Reason

from ..models import HoldRequest
from .marks import mark_in_words


@dataclass(frozen=True, slots=True)
class HoldLine:
    """`answered`: a sentence; empty while nobody has answered. `mark`: which form it came from."""

    number: int
    day: str
    asked_by: str
    why: str
    mark: str
    answered: str


def holds_section(request: ClinicRequest, plan: Plan) -> Section | None:
    """Nothing, while none was asked for."""
    if not has_any(plan, HoldRequest):
        return None
    rows = plan.hold_requests.select_related("answer__version", "entered_later__form").by_day()
    lines = [hold_line(row) for row in _of(plan, rows)]
    # What waits stands first.
    lines.sort(key=lambda line: bool(line.answered))
    return Section("monitoring/_holds_asked_for.html", {"lines": lines}) if lines else None


def hold_line(row: HoldRequest) -> HoldLine:
    """`plan.patient.clinic` at hand; `answer` and `entered_later.form` selected."""
    clinic = row.plan.patient.clinic
    return HoldLine(
        number=row.number,
        day=in_words(row.asked_on),
        asked_by=row.asked_by,
        why=row.why,
        mark=mark_in_words(row.entered_later, clinic),
        answered=_answered(row),
    )


def may_answer(row: HoldRequest) -> Sequence[Version]:
    """Holds that were signed on the day of the request or later. A version for another reason is none."""
    clinic = row.plan.patient.clinic
    since = datetime.combine(row.asked_on, time.min, clinic.zone)
    return list(row.plan.versions.filter(signed_at__gte=since, reason=Reason.HOLD).order_by("number"))


def _of(plan: Plan, rows: Iterable[HoldRequest]) -> Sequence[HoldRequest]:
    found = list(rows)
    for row in found:
        row.plan = plan
    return found


def _answered(row: HoldRequest) -> str:
    answer = getattr(row, "answer", None)
    if answer is None:
        return ""
    day = without_weekday(row.plan.patient.clinic.day_of(answer.answered_at))
    by = f"{answer.answered_by_name}, {day}"
    if answer.version is not None:
        said = f"Answered by version {answer.version.number}"
        return f"{said}: {answer.reason} ({by})" if answer.reason else f"{said} ({by})"
    return f"Set aside: {answer.reason} ({by})"
