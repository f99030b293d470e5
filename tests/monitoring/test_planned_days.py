"""Each day of the picture is the day as it was signed: also of a pattern, also where it is cut short or stayed on."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from taperplanner.doses import Dose
from taperplanner.monitoring.chart.facts import Planned
from taperplanner.monitoring.chart.page import chart_of
from taperplanner.monitoring.chart.panels import Line
from taperplanner.monitoring.chart.planned import planned_by
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.schedule.steps import Regimen, ScheduleStep

from ..world.drawings import lines, of_one
from ..world.plans import tablet
from ..world.stories import FIRST, day, of_clonazepam

HALF, QUARTER = Dose(500_000), Dose(250_000)


def of(*steps: ScheduleStep, ending: Ending = Ending.STOP) -> Schedule:
    return Schedule(FIRST, steps, ending, {1: tablet(1, "0.5")})


def step(
    position: int, days: int, *doses: Dose, starts_on: int = 1, by_weekday: bool = False
) -> ScheduleStep:
    regimens = tuple(Regimen(dose) for dose in doses)
    return ScheduleStep(position, days, regimens, starts_on=starts_on, by_weekday=by_weekday)


def runs(schedule: Schedule, *, until: date | None = None, today: date = FIRST) -> list[Planned]:
    return list(planned_by(schedule, until=until, today=today, plan=1, version=1))


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    steps = []
    for position in range(1, draw(st.integers(1, 4)) + 1):
        by_weekday = draw(st.booleans())
        length = 7 if by_weekday else draw(st.integers(1, 7))
        doses = draw(st.lists(st.sampled_from([Dose(0), QUARTER, HALF]), min_size=length, max_size=length))
        starts_on = 1 if by_weekday else draw(st.integers(1, length))
        steps.append(
            step(position, draw(st.integers(1, 20)), *doses, starts_on=starts_on, by_weekday=by_weekday)
        )
    return of(*steps, ending=draw(st.sampled_from(Ending)))


@given(schedules(), st.none() | st.integers(0, 90), st.integers(-10, 120))
def test_each_day_has_the_dose_that_was_signed_for_it_and_no_other(
    schedule: Schedule, until: int | None, today: int
) -> None:
    last = None if until is None else day(until)
    drawn = runs(schedule, until=last, today=day(today))
    assert all(run.last_day is None or run.first_day <= run.last_day for run in drawn)
    for offset in range(-2, 130):
        on = day(offset)
        said = [
            one.dose for one in drawn if one.first_day <= on and (one.last_day is None or on <= one.last_day)
        ]
        _, dated = schedule.on(on)
        is_shown = (last is None or on <= last) and dated is not None
        if is_shown and said == [] and last is None and dated is not None:
            assert dated.step.is_pattern, "only a pattern that is stayed on is drawn up to some day"
            assert on > max(day(today), dated.last_day + timedelta(days=7))
        else:
            assert said == ([dated.on(on).dose] if is_shown and dated is not None else []), on


def test_alternate_days_are_drawn_day_by_day_and_never_as_one_level() -> None:
    drawn = runs(of(step(1, 6, HALF, QUARTER)))
    assert [(run.first_day, run.last_day, run.dose) for run in drawn] == [
        (day(offset), day(offset), HALF if offset % 2 == 0 else QUARTER) for offset in range(6)
    ]
    (line,) = lines(of_one(of_clonazepam(planned=tuple(drawn))))
    assert isinstance(line, Line)
    assert [run.y for run in line.runs[:2]] == [line.runs[0].y, line.runs[1].y]
    assert len({run.y for run in line.runs}) == 2
    assert line.path.count("V") == 6


def test_days_of_a_pattern_that_are_alike_and_follow_each_other_are_one_run() -> None:
    drawn = runs(of(step(1, 14, *[HALF] * 5, *[QUARTER] * 2, by_weekday=True)))
    assert [((run.last_day or run.first_day) - run.first_day).days + 1 for run in drawn] == [5, 2, 5, 2]


def test_a_pattern_that_is_stayed_on_goes_on_and_says_so() -> None:
    drawn = runs(of(step(1, 2, HALF, QUARTER), ending=Ending.STAY), today=day(12))
    assert (drawn[-1].last_day, drawn[-1].repeats, drawn[-1].dose) == (day(12), True, HALF)
    shown = chart_of(of_clonazepam(planned=tuple(drawn), today=day(12)))
    assert shown.rows[-1].value == "0.5 mg a day; the pattern goes on until it is reviewed"
    assert "the last at 0.5 mg a day, and the pattern goes on until it is reviewed." in shown.description
    assert lines(of_one(of_clonazepam(planned=tuple(drawn), today=day(12))))[-1].goes_on
