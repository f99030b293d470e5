"""What is wrong with a revision: its reason, what it carried over, and the days that it answers anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from taperplanner.days import in_words
from taperplanner.safe_spelling import find_unsafe

from .effect import past_days
from .problem import Problem, Setting, Severity
from .reading import Reading
from .reasons import OFFERED, Reason
from .revising import origin_of
from .schedule import Phase

LONGEST_EXPLANATION: Final = 500


def first_day_in_the_past(reading: Reading, first_day: date, today: date) -> str:
    """With the days already lived that a revision would answer anew."""
    said = f"The first day, {in_words(first_day)}, is in the past."
    schedule = reading.schedule()
    if reading.course is None or schedule is None:
        return said
    drug = next((product.drug for product in reading.products.values()), "dose")
    days = " ".join(past_days(reading.course, schedule, today=today, drug=drug))
    return f"{said} It answers anew for days that are over. {days}"


def problems_of_the_revision(reading: Reading, setting: Setting) -> Iterator[Problem]:
    """A revision says why, confirms what it carried over, and leaves no day without an answer unseen."""
    course = reading.course
    if course is None:
        return
    if setting.reason not in OFFERED:
        yield Problem("no-reason", "Choose why the schedule is revised.", cell="reason")
    elif setting.reason == Reason.OTHER and not setting.explanation.strip():
        yield Problem("no-explanation", "Write the other reason for the revision.", cell="explanation")
    if len(setting.explanation) > LONGEST_EXPLANATION:
        sentence = f"Shorten the explanation to {LONGEST_EXPLANATION} characters or fewer."
        yield Problem("long-explanation", sentence, cell="explanation")
    if misread := find_unsafe(setting.explanation):
        sentence = (
            f"Why it is revised, in your own words: {' '.join(finding.sentence for finding in misread)}"
        )
        yield Problem("misread-explanation", sentence, Severity.WARNING, cell="explanation")
    for step in reading.steps:
        origin = origin_of(step.typed, course)
        if origin and not step.typed.confirmed:
            yield Problem(
                "unconfirmed",
                f"Step {step.position} was carried over from version {origin.version}, step {origin.position}."
                " Confirm it once it says what you mean, or remove it and type another.",
                step=step.position,
                cell=f"{step.name}-confirmed",
            )
    before = reading.day_before
    if before and before.span and before.phase is Phase.STOPPED:
        yield Problem(
            "gap",
            f"The schedule before it stops after {in_words(before.span.schedule.last_day)}, so nothing is taken"
            " between then and the first day of this draft.",
            Severity.WARNING,
            cell="first_day",
        )
