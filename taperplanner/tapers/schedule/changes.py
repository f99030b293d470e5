"""From one step's dose to the next: plain arithmetic, no judgement."""

from __future__ import annotations

from dataclasses import dataclass

from taperplanner.doses import Dose

from .steps import ScheduleStep, equal_span


@dataclass(frozen=True, slots=True)
class Change:
    """Between the totals of an equal number of days: of one day, or of as many as the patterns take to repeat."""

    before: Dose
    after: Dose
    days: int = 1

    @property
    def is_rise(self) -> bool:
        return self.after > self.before

    def __str__(self) -> str:
        """ "down 0.5 mg (25 %)"; a percentage that does not come out even is "about"; "down 1.75 mg in 7 days (50 %)"."""
        span = "" if self.days == 1 else f" in {self.days} days"
        if self.after == self.before:
            return f"no change{span}"
        difference = Dose(abs(self.after.nanograms - self.before.nanograms))
        said = f"{'up' if self.is_rise else 'down'} {difference}{span}"
        if not self.before:
            return f"{said} (from zero)"
        return f"{said} ({_percent(difference.nanograms, self.before.nanograms)})"


def change_between(before: ScheduleStep, after: ScheduleStep) -> Change | None:
    """None: one of them repeats so that no equal number of days can be compared exactly, only day by day."""
    days = equal_span(before, after)
    return None if days is None else Change(before.total_in(days), after.total_in(days), days)


def _percent(part: int, whole: int) -> str:
    """One decimal at most, to the nearest; integers all the way."""
    tenths, rest = divmod(part * 1000, whole)
    if rest * 2 >= whole and rest:
        tenths += 1
    units, tenth = divmod(tenths, 10)
    number = f"{units}.{tenth}" if tenth else str(units)
    return f"about {number} %" if rest else f"{number} %"
