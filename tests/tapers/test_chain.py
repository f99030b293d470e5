"""For every calendar day exactly one version answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from taperplanner.tapers.schedule.chain import replaced_by, spans, version_in_force


@dataclass(frozen=True)
class Begun:
    number: int
    first_day: date


FAR = st.dates(date(2026, 1, 1), date(2026, 12, 31))
NEAR = st.dates(date(2026, 3, 1), date(2026, 3, 5))  # equal days, and one after another


@given(st.lists(FAR, min_size=1, max_size=8) | st.lists(NEAR, min_size=2, max_size=6))
def test_for_every_day_exactly_one_version_answers(first_days: list[date]) -> None:
    versions = [Begun(number, day) for number, day in enumerate(first_days, 1)]
    found = spans(versions)
    assert found[-1][0] == versions[-1], "the newest is the head"
    day = min(first_days) - timedelta(days=2)
    while day < max(first_days) + timedelta(days=3):
        says = [version for version, first, last in found if first <= day and (last is None or day <= last)]
        answer = version_in_force(versions, on=day)
        assert says == ([answer] if answer else [])
        day += timedelta(days=1)


def test_a_version_that_answers_for_one_day_is_not_lost() -> None:
    one, two = Begun(1, date(2026, 3, 1)), Begun(2, date(2026, 3, 2))
    assert spans([one, two]) == [(one, date(2026, 3, 1), date(2026, 3, 1)), (two, date(2026, 3, 2), None)]


def test_of_two_that_begin_on_one_day_the_older_never_answers() -> None:
    one, two = Begun(1, date(2026, 3, 1)), Begun(2, date(2026, 3, 1))
    assert spans([one, two]) == [(two, date(2026, 3, 1), None)]


def test_before_anything_has_begun_the_first_to_begin_is_named() -> None:
    """A version that was replaced before it began never answers."""
    march, april, may = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
    assert spans([Begun(1, april), Begun(2, may)])[0][0].number == 1
    assert spans([Begun(1, april), Begun(2, march)])[0][0].number == 2


def test_a_version_is_replaced_from_the_first_day_of_whichever_newer_one_begins_first() -> None:
    march, december_1, december_20 = date(2026, 3, 1), date(2026, 12, 1), date(2026, 12, 20)
    one, two, three = versions = [Begun(1, march), Begun(2, december_20), Begun(3, december_1)]
    assert replaced_by(one, versions) == (three, december_1)
    assert replaced_by(two, versions) == (three, december_1), "which is before it began"
    assert replaced_by(three, versions) is None
