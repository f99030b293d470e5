"""The draft of a revision: the steps that remain of the version in force and of later ones, each to be confirmed or
retyped.

How the schedule ends is asked again. The days of a step that is running, held, cut short or stayed on are left
empty: the provider types how long it goes on, and no number is made here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from taperplanner.doses import Dose, NotAnAmount, Quantity, parse_dose

from ..schedule.course import Course, CourseStep, is_held
from ..schedule.reasons import Reason
from ..schedule.schedule import Phase, ScheduleProduct
from ..schedule.steps import Regimen, ScheduleStep
from .as_needed import carried_over
from .quantities import read_quantity
from .typed import Origin, TypedDraft, TypedStep
from .typed_pattern import TypedDay, TypedPattern


def draft_of_revision(
    course: Course[Any], *, first_day: date, typed_day: str, reason: Reason, explanation: str
) -> TypedDraft:
    """The steps that remain on `first_day`, as text. `typed_day`: that day as it was typed."""
    steps = [_typed(one, is_whole=_is_whole(one, first_day)) for one in _remaining(course, first_day)]
    return TypedDraft(
        first_day=typed_day,
        steps=tuple(steps) or (TypedStep(),),
        base=course.newest.number,
        reason=reason.value,
        explanation=explanation,
        as_needed=carried_over(course, first_day),
    )


def draft_of_hold(course: Course[Any], *, today: date) -> TypedDraft | None:
    """The step that is taken today with its days left empty, and all steps after it; before any version has begun, the
    first step that will be. The first day is left empty too. None: nothing is taken today, so there is no step to hold.
    """
    if course.on(today).phase is Phase.STOPPED:
        return None
    running, *later = _remaining(course, today)
    steps = [_typed(running, is_whole=False), *(_typed(one, is_whole=one.is_as_signed) for one in later)]
    # Whether a hold goes on longer or ends is the provider's to choose.
    reason = "" if is_held(course.on(today)) else Reason.HOLD.value
    return TypedDraft(
        steps=tuple(steps),
        base=course.newest.number,
        reason=reason,
        as_needed=carried_over(course, today),
    )


def origin_of(typed: TypedStep, course: Course[Any]) -> Origin | None:
    """The signed step that a row was carried over from, or that takes the same as the row.

    The second catches a row that was pasted, or sent without its origin. Values are compared, not spellings:
    "0.5" and "½" are equal.
    """
    if typed.carried:
        return typed.carried
    regimen = _regimen(typed)
    if regimen is None:
        return None
    same = (one for one in course.steps() if regimen == _regimens(one.dated.step))
    return next((_origin(one) for one in same), None)


def signed_steps(course: Course[Any]) -> dict[Origin, CourseStep[Any]]:
    return {_origin(one): one for one in course.steps()}


def _remaining(course: Course[Any], day: date) -> Iterator[CourseStep[Any]]:
    return (one for one in course.steps() if one.last_day is None or one.last_day >= day)


def _is_whole(one: CourseStep[Any], first_day: date) -> bool:
    return one.first_day >= first_day and one.is_as_signed


def _typed(one: CourseStep[Any], *, is_whole: bool) -> TypedStep:
    step = one.dated.step
    first, *further = (_typed_day(regimen, one.products) for regimen in step.regimens)
    return TypedStep(
        days=str(step.days) if is_whole else "",
        dose=first.dose,
        note=step.note,
        quantities=first.quantities,
        carried=_origin(one),
        pattern=TypedPattern(len(step.regimens), tuple(further), by_weekday=step.by_weekday),
    )


def _typed_day(regimen: Regimen, products: dict[int, ScheduleProduct]) -> TypedDay:
    quantities = {
        f"{dose.time}-{dose.product}": products[dose.product].written(dose.quantity) for dose in regimen.doses
    }
    return TypedDay(regimen.dose.number, quantities)


def _origin(one: CourseStep[Any]) -> Origin:
    return Origin(one.version.number, one.dated.step.position)


# For each day the dose and the quantities, and whether the days are those of the week.
_Values = tuple[list[tuple[Dose, dict[str, Quantity]]], bool]


def _regimen(typed: TypedStep) -> _Values | None:
    """The values that were typed for each day; None while one of them cannot be parsed."""
    try:
        return [_values(day) for day in typed.each_day], typed.pattern.is_by_weekday
    except NotAnAmount:
        return None


def _values(day: TypedDay) -> tuple[Dose, dict[str, Quantity]]:
    """Raises: NotAnAmount."""
    read = {key: read_quantity(text) for key, text in day.quantities.items() if text.strip()}
    return parse_dose(day.dose), {key: quantity for key, quantity in read.items() if quantity}


def _regimens(step: ScheduleStep) -> _Values:
    """The values that were signed for each day."""
    signed = [
        (taken.dose, {f"{dose.time}-{dose.product}": dose.quantity for dose in taken.doses})
        for taken in step.regimens
    ]
    return signed, step.by_weekday
