"""A birth is a day or a year, and an age that follows from a year claims no more than the year allows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.days import NotADay
from taperplanner.patients.ages import MINOR, OLDER, Age, AgeGroup, age_group, group_of, whole_years
from taperplanner.patients.births import Birth, parse_birth, written

SOME_DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))
DAYS = st.tuples(SOME_DAY, SOME_DAY).map(sorted)
IN_1961 = Birth(only_year=1961)


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [day for day in (first + timedelta(days=number) for number in range(366)) if day.year == year]


@pytest.mark.parametrize(
    ("typed", "iso", "in_words"),
    [
        ("03/04/1961", "1961-03-04", "March 4, 1961"),
        ("March 4, 1961", "1961-03-04", "March 4, 1961"),
        ("1961", "1961", "1961"),
        (" 1961 ", "1961", "1961"),
    ],
)
def test_a_birth_is_read_as_a_day_or_as_a_year(typed: str, iso: str, in_words: str) -> None:
    birth = parse_birth(typed)
    assert (birth.iso, str(birth), birth.year) == (iso, in_words, 1961)
    assert parse_birth(birth.as_typed) == birth


@pytest.mark.parametrize(
    "typed",
    ["1899", "2200", "61", "03/1961", "March 1961", "1961-03", "about 1961", "1961?", "١٩٦١", "19610"],
)
def test_nothing_else_is_taken_for_a_year_of_birth(typed: str) -> None:
    with pytest.raises(NotADay):
        parse_birth(typed)


@pytest.mark.parametrize(("day", "year"), [(None, None), (date(1961, 3, 4), 1961)])
def test_a_birth_is_never_both_and_never_neither(day: date | None, year: int | None) -> None:
    with pytest.raises(ValueError, match="a day or a year"):
        Birth(day, year)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        pytest.param(
            date(2025, 12, 31),
            "64 years",
            id="the last day of the year: the birthday is over, whenever it is",
        ),
        pytest.param(date(2026, 1, 1), "64 or 65 years", id="the first day of the year"),
        pytest.param(date(2026, 3, 4), "64 or 65 years", id="some day"),
        pytest.param(date(2026, 12, 30), "64 or 65 years", id="the last but one"),
        pytest.param(date(2026, 12, 31), "65 years", id="the last day of the year again"),
        pytest.param(date(2027, 1, 1), "65 or 66 years", id="and the next year"),
    ],
)
def test_an_age_from_a_year_alone_is_one_of_two(day: date, said: str) -> None:
    assert str(IN_1961.age_on(day)) == said


@pytest.mark.parametrize(
    ("birth", "said"),
    [
        (Birth(date(2025, 3, 4)), "1 year"),
        (Birth(date(2026, 3, 4)), "0 years"),
        (Birth(only_year=2026), "0 years"),
        (Birth(only_year=2025), "0 or 1 year"),
        (Birth(only_year=2024), "1 or 2 years"),
    ],
)
def test_an_age_is_said_in_words(birth: Birth, said: str) -> None:
    assert str(birth.age_on(date(2026, 3, 4))) == said


@given(SOME_DAY, SOME_DAY)
def test_a_known_day_gives_one_age_the_same_as_ever(born: date, day: date) -> None:
    age = Birth(born).age_on(day)
    assert age.is_certain
    assert age.least == whole_years(born, day)


@given(DAYS)
def test_the_true_age_is_always_one_of_those_that_are_said(days: list[date]) -> None:
    born, day = days
    age = Birth(only_year=born.year).age_on(day)
    assert age.least <= whole_years(born, day) <= age.most


@given(st.integers(1900, 2199), st.integers(0, 120), st.integers(0, 364))
def test_no_age_is_said_that_no_day_of_the_year_gives(year: int, years: int, number: int) -> None:
    """So nothing is claimed that the year does not allow, and nothing left out that it does."""
    day = date(year + years, 1, 1) + timedelta(days=number)
    possible = {whole_years(born, day) for born in days_of(year) if born <= day}
    age = Birth(only_year=year).age_on(day)
    assert {age.least, age.most} == possible


@given(DAYS)
def test_a_group_of_ages_is_certain_only_if_every_day_of_the_year_gives_it(days: list[date]) -> None:
    born, day = days
    group, is_certain = group_of(Birth(only_year=born.year).age_on(day))
    possible = {age_group(whole_years(other, day)) for other in days_of(born.year) if other <= day}
    assert is_certain == (len(possible) == 1)
    assert possible in ({group}, {group, None})


@given(DAYS)
def test_a_caution_that_may_concern_somebody_is_never_left_out(days: list[date]) -> None:
    born, day = days
    if true := age_group(whole_years(born, day)):
        assert group_of(Birth(only_year=born.year).age_on(day))[0] == true


@pytest.mark.parametrize(
    ("age", "group", "is_certain"),
    [
        (Age(64, 65), OLDER, False),
        (Age(65, 65), OLDER, True),
        (Age(65, 66), OLDER, True),
        (Age(63, 64), None, True),
        (Age(17, 18), MINOR, False),
        (Age(16, 17), MINOR, True),
        (Age(18, 19), None, True),
    ],
)
def test_the_groups_of_ages_that_somebody_is_or_could_be_in(
    age: Age, group: AgeGroup | None, is_certain: bool
) -> None:
    assert group_of(age) == (group, is_certain)


def test_what_could_be_is_said_as_that() -> None:
    assert (OLDER.could_be, MINOR.could_be) == ("Could be 65 years or older", "Could be under 18 years")


MARCH, JUNE, OTHER = Birth(date(1961, 3, 4)), Birth(date(1961, 6, 1)), Birth(date(1962, 3, 4))


@pytest.mark.parametrize(
    ("one", "other", "matches", "could_be"),
    [
        pytest.param(MARCH, MARCH, True, True, id="one day"),
        pytest.param(MARCH, JUNE, False, False, id="two days of a year"),
        pytest.param(MARCH, IN_1961, False, True, id="a day and its year"),
        pytest.param(OTHER, IN_1961, False, False, id="a day and another year"),
        pytest.param(IN_1961, Birth(only_year=1961), False, True, id="the same year, and no more, of both"),
        pytest.param(IN_1961, Birth(only_year=1962), False, False, id="two years"),
    ],
)
def test_a_year_matches_nobody_though_it_could_be_them(
    one: Birth, other: Birth, matches: bool, could_be: bool
) -> None:
    for first, second in ((one, other), (other, one)):
        assert (first.matches(second), first.could_be(second)) == (matches, could_be)


@pytest.mark.parametrize(
    ("partial", "before_march_4", "before_1961"),
    [
        ("1960", True, True),
        ("1960-12-31", True, True),
        ("1961", False, False),
        ("1961-02", True, False),
        ("1961-03", False, False),
        ("1961-03-03", True, False),
        ("1961-03-04", False, False),
        ("1962-01", False, False),
    ],
)
def test_what_lies_before_a_birth_is_known_only_as_far_as_the_birth_is(
    partial: str, before_march_4: bool, before_1961: bool
) -> None:
    assert (MARCH.is_after(partial), IN_1961.is_after(partial)) == (before_march_4, before_1961)


def test_whatever_two_columns_hold_is_written_in_a_way_of_its_own() -> None:
    columns = [
        (day, year) for day in (None, date(1961, 3, 4), date(1962, 3, 4)) for year in (None, 1961, 1962)
    ]
    assert len({written(*pair) for pair in columns}) == len(columns)
