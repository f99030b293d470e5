"""What of a schedule is left on a day: what a paper that is printed on it tells. Days that are over are never shown.

A patient who reads from the top would take an older, higher dose again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from taperplanner.tapers.schedule.schedule import Phase, Schedule
from taperplanner.tapers.schedule.steps import DatedStep, ScheduleStep, TimeOfDay

from .language import Translator, in_words, without_weekday


@dataclass(frozen=True, slots=True)
class Remaining:
    """`first_day`: the day a paper begins with. `steps`: those with a day left, the first one from `first_day` on.

    `over`: how many steps are over, `over_since` which day. `stays_on`: the last step, where all days are
    over and it goes on until the clinic says otherwise.
    """

    schedule: Schedule
    first_day: date
    steps: tuple[DatedStep, ...]
    over: int
    over_since: date | None
    goes_on: bool
    stays_on: ScheduleStep | None

    @property
    def is_over(self) -> bool:
        """No day of a step is left."""
        return not self.steps


def remaining(schedule: Schedule, today: date) -> Remaining:
    """Before the first day, all of it."""
    phase, current = schedule.on(today)
    first_day = max(today, schedule.first_day)
    left = [dated for dated in schedule.dated_steps() if dated.last_day >= first_day]
    over = len(schedule.steps) - len(left) - (phase is Phase.STAY)
    goes_on = bool(left) and left[0].first_day < first_day
    since = None
    if over:
        ends = [dated.last_day for dated in schedule.dated_steps()]
        since = date.fromordinal(ends[over - 1].toordinal() + 1)
    if goes_on:
        left[0] = left[0].from_day(first_day)
    stays_on = current.step if current and phase is Phase.STAY else None
    return Remaining(schedule, first_day, tuple(left), over, since, goes_on, stays_on)


def over_line(left: Remaining, t: Translator) -> str:
    """ "Steps 1 and 2 are over, since November 24, 2026."; nothing where none is."""
    if left.over_since is None:
        return ""
    day = without_weekday(left.over_since, t)
    match left.over:
        case 1:
            return t("Step 1 is over, since {day}.", day=day)
        case 2:
            return t("Steps 1 and 2 are over, since {day}.", day=day)
        case last:
            return t("Steps 1 to {last} are over, since {day}.", last=last, day=day)


def starts_line(left: Remaining, t: Translator) -> str:
    """ "Start here: Friday, November 27, 2026"."""
    return t("Start here: {day}", day=in_words(left.first_day, t))


def last_line(left: Remaining, t: Translator) -> str:
    """So that a lost page is noticed."""
    if left.stays_on:
        return t("This paper has 1 step, which has no last day.")
    count, day = len(left.steps), in_words(left.schedule.last_day, t)
    if left.is_over:
        return t("This paper has no step. The last day of the last step was {day}.", day=day)
    if count == 1:
        return t("This paper has 1 step. The last day of the last step is {day}.", day=day)
    return t("This paper has {count} steps. The last day of the last step is {day}.", count=count, day=day)


def times_of(schedule: Schedule) -> tuple[TimeOfDay, ...]:
    """At which times of day any step takes anything; all of them, where none does."""
    used = {dose.time for step in schedule.steps for dose in step.all_doses}
    return tuple(time for time in TimeOfDay if time in used) or tuple(TimeOfDay)
