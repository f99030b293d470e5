"""A revision's draft: the remaining steps as they were signed, each to be confirmed or retyped.

How the schedule ends is asked again. The days of a step that is running, or that is stayed on until
reviewed, are left empty: how long it goes on is the provider's to type, and no number is made here.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from taperplanner.doses import Dose, NotAnAmount, Quantity, parse_dose

from .schedule import DatedStep, Phase, Schedule, ScheduleStep
from .typed import TypedDraft, TypedStep, read_quantity


class Reason(StrEnum):
    SYMPTOMS = "symptoms"
    PATIENT_REQUEST = "patient_request"
    SUPPLY = "supply"
    ERROR = "error"
    HOLD = "hold"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            Reason.SYMPTOMS: "Symptoms",
            Reason.PATIENT_REQUEST: "The patient asked for it",
            Reason.SUPPLY: "Supply of the product",
            Reason.ERROR: "An error in the schedule",
            Reason.HOLD: "Hold, or the end of a hold: the current step's days change",
            Reason.OTHER: "Another reason",
        }[self]


def carried_over(
    schedule: Schedule, *, base: int, first_day: date, typed_day: str, reason: Reason, explanation: str
) -> TypedDraft:
    """The steps that remain on `first_day`, as text. Shape of `typed_day`: the day as it was typed."""
    phase, running = schedule.on(first_day)
    steps = [
        _typed(dated, schedule, days=dated.step.days if dated.first_day >= first_day else None)
        for dated in schedule.dated_steps()
        if dated.last_day >= first_day or (phase is Phase.STAY and dated == running)
    ]
    return TypedDraft(
        first_day=typed_day,
        steps=tuple(steps) or (TypedStep(),),
        base=base,
        reason=reason.value,
        explanation=explanation,
    )


def held(schedule: Schedule, *, base: int, today: date) -> TypedDraft:
    """The running step with its days left empty, and what follows it. The first day is left empty too."""
    phase, running = schedule.on(today)
    dated = list(schedule.dated_steps())
    if phase is Phase.BEFORE:
        running = dated[0]
    remaining = [one for one in dated if running and one.step.position >= running.step.position]
    steps = [_typed(one, schedule, days=None if one == running else one.step.days) for one in remaining]
    return TypedDraft(steps=tuple(steps), base=base, reason=Reason.HOLD.value)


def origin_of(typed: TypedStep, base: Schedule) -> int:
    """The position of the signed step that a row was carried over from, or whose regimen it repeats; or 0.

    The second catches a row that was pasted, or sent without saying where it came from. It is told by what
    is taken, however that is spelled: "0.5" and "½" are one.
    """
    if typed.carried:
        return typed.carried
    regimen = _regimen(typed)
    same = (step.position for step in base.steps if regimen == (step.dose, _taken(step)))
    return next(same, 0)


def _typed(dated: DatedStep, schedule: Schedule, days: int | None) -> TypedStep:
    step, products = dated.step, schedule.products
    return TypedStep(
        days="" if days is None else str(days),
        dose=step.dose.number,
        note=step.note,
        quantities={
            f"{dose.time}-{dose.product}": products[dose.product].written(dose.quantity)
            for dose in step.doses
        },
        carried=step.position,
    )


def _regimen(typed: TypedStep) -> tuple[Dose, dict[str, Quantity]] | None:
    """The values that were typed; None while one of them cannot be read."""
    try:
        read = {key: read_quantity(text) for key, text in typed.quantities.items() if text.strip()}
        return parse_dose(typed.dose), {key: quantity for key, quantity in read.items() if quantity}
    except NotAnAmount:
        return None


def _taken(step: ScheduleStep) -> dict[str, Quantity]:
    return {f"{dose.time}-{dose.product}": dose.quantity for dose in step.doses}
