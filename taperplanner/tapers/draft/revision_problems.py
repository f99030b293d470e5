"""Problems of a revision: its reason, the steps that it carried over, and the past days that it changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from taperplanner.days import in_words
from taperplanner.far_days import distance

from ..schedule.course import Course
from ..schedule.reasons import OFFERED, Reason
from ..schedule.schedule import Ending, Phase
from ..wording.effect import past_days
from .parsed import ParsedDraft
from .problem import CheckContext, Problem, Severity
from .problems_of_texts import of_explanation
from .revising import origin_of


def first_day_in_the_past(parsed: ParsedDraft, first_day: date, today: date) -> str:
    """In a revision, with the days already past that it would change."""
    said = f"The first day, {in_words(first_day)}, is in the past: {distance(first_day, today)} before today."
    schedule = parsed.schedule()
    if parsed.course is None or schedule is None:
        return said
    drug = next((product.drug for product in parsed.products.values()), "dose")
    days = " ".join(past_days(parsed.course, schedule, today=today, drug=drug))
    return f"{said} It changes the schedule of days that are over. {days}"


def problems_of_the_revision(parsed: ParsedDraft, context: CheckContext) -> Iterator[Problem]:
    """Whether it has a reason, confirms each step that it carried over, and leaves no day without a dose unseen."""
    course = parsed.course
    if course is None:
        return
    if context.reason not in OFFERED:
        yield Problem("no-reason", "Choose why the schedule is revised.", cell="reason")
    elif context.reason == Reason.OTHER and not context.explanation.strip():
        yield Problem("no-explanation", "Write the other reason for the revision.", cell="explanation")
    yield from of_explanation(context.explanation)
    for step in parsed.steps:
        origin = origin_of(step.typed, course)
        if origin and not step.typed.confirmed:
            yield Problem(
                "unconfirmed",
                f"Step {step.position} was carried over from version {origin.version}, step {origin.position}."
                " Confirm it once it says what you mean, or remove it and type another.",
                step=step.position,
                cell=f"{step.name}-confirmed",
            )
    yield from _closed_gaps(parsed, course)
    before = parsed.day_before
    if before and before.span and before.phase is Phase.STOPPED:
        yield Problem(
            "gap",
            f"The schedule before it stops after {in_words(before.span.schedule.last_day)}, so nothing is taken"
            " between then and the first day of this draft.",
            Severity.WARNING,
            cell="first_day",
        )


def _closed_gaps(parsed: ParsedDraft, course: Course[Any]) -> Iterator[Problem]:
    """Days without a dose between two signed versions, which the steps carried over would close."""
    for before, after in pairwise(course.spans):
        stops = before.schedule.day_after
        if before.schedule.ending is not Ending.STOP or stops >= after.first_day:
            continue
        for one, two in pairwise(parsed.steps):
            origins = (one.typed.carried, two.typed.carried)
            if [origin and origin.version for origin in origins] == [
                before.version.number,
                after.version.number,
            ]:
                yield Problem(
                    "closed-gap",
                    f"Step {two.position} follows step {one.position} here. As signed, nothing is taken from"
                    f" {in_words(stops)} until {in_words(after.first_day)}, between version {before.version.number}"
                    f" and version {after.version.number}.",
                    Severity.WARNING,
                    step=two.position,
                    cell=f"{two.name}-days",
                )
