"""Steps as plain data."""

from __future__ import annotations

from taperplanner.doses import Dose
from taperplanner.tapers.schedule.steps import Regimen, ScheduleDose, ScheduleStep


def daily_step(
    position: int, days: int, dose: Dose, doses: tuple[ScheduleDose, ...], note: str = ""
) -> ScheduleStep:
    """Every day alike."""
    return ScheduleStep(position, days, (Regimen(dose, doses),), note)


def every_day(step: ScheduleStep) -> Regimen:
    """Of a step whose days are all alike."""
    [regimen] = step.regimens
    return regimen
