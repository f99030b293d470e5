"""What a patient should be taking on a day, in one sentence, by the version that is in force on it."""

from __future__ import annotations

from datetime import date

from taperplanner.days import in_words

from ..models import Version
from ..schedule.course import Course, CourseDay, Span, is_held
from ..schedule.reasons import Reason
from ..schedule.schedule import Phase
from .as_needed import beside_today
from .lines import taken_on
from .patterns import stayed_on, taken_of

TAMPERED = "What is stored is not what was signed. Open the plan to see more, and follow the printed paper."


def day_line(course: Course[Version], day: date, drug: str) -> str:
    """What is taken on this day; on hold, also why and until when; and what may be taken beside it as needed."""
    return f"Today, {in_words(day)}: {line_of(course.in_force_or_first(day), day, drug)}"


def line_of(span: Span[Version], day: date, drug: str) -> str:
    """The same without the day, where the page is of one day. `span`: in force on it, or the first that will be."""
    held = hold_line(CourseDay(day, span, *span.schedule.on(day))) if span.covers(day) else ""
    said = (taken_on(span.schedule, day, drug), held, beside_today(span.schedule, day))
    return " ".join(part for part in said if part)


def next_line(course: Course[Version], day: date, drug: str) -> str:
    """What is taken from the next change on, and its day. Empty where nothing changes any more, or not before a review."""
    changes_on = course.changes_after(day)
    if changes_on is None:
        return ""
    span = course.in_force_or_first(changes_on)
    return f"Next change, {in_words(changes_on)}: {taken_on(span.schedule, changes_on, drug)}"


def pattern_line(course: Course[Version], day: date) -> str:
    """All days of the pattern that this day is one of, for somebody who asks about more than the day. Else empty."""
    taken = course.on(day)
    if taken.span is None or taken.dated is None or not taken.dated.step.is_pattern:
        return ""
    schedule = taken.span.schedule
    dated = stayed_on(schedule) if taken.phase is Phase.STAY else taken.dated
    each = taken_of(dated, schedule.products, schedule.short_names)
    counted = "" if dated.step.by_weekday else f", counted from {in_words(dated.first_day)}"
    return f"The whole pattern of step {dated.step.position}{counted}: {each}."


def hold_line(taken: CourseDay[Version]) -> str:
    """Empty unless the step of this day is on hold."""
    span, dated = taken.span, taken.dated
    if span is None or dated is None or not is_held(taken):
        return ""
    version = span.version
    why = f": {version.explanation}" if version.explanation else ""
    if version.reason == Reason.DAYS_CHANGED:
        return f"Version {version.number} changed this step's days{why.rstrip('.')}."
    until = f"until {in_words(min(dated.last_day, span.last_day or dated.last_day))}"
    if taken.phase is Phase.STAY:
        until = "until reviewed"
    return f"On hold {until}{why.rstrip('.')}."
