"""One definition of age: whole years on a day, and the ages that guidance names."""

from __future__ import annotations

from datetime import date

import pytest

from taperplanner.guidance.vocabulary import AGES
from taperplanner.patients.ages import MINOR, OLDER, age_group, whole_years


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(1980, 3, 2), date(2026, 3, 1), 45),
        (date(1980, 3, 2), date(2026, 3, 2), 46),
        (date(2000, 2, 29), date(2025, 2, 28), 24),
        (date(2000, 2, 29), date(2025, 3, 1), 25),
        (date(2000, 2, 29), date(2028, 2, 28), 27),
        (date(2000, 2, 29), date(2028, 2, 29), 28),
        (date(2026, 3, 2), date(2026, 3, 2), 0),
    ],
)
def test_age_is_in_whole_years(born: date, day: date, years: int) -> None:
    assert whole_years(born, day) == years


@pytest.mark.parametrize(
    ("born", "day", "group"),
    [
        pytest.param(date(1961, 3, 4), date(2026, 3, 3), None, id="64 on the eve of the birthday"),
        pytest.param(date(1961, 3, 4), date(2026, 3, 4), OLDER, id="65 on the birthday"),
        pytest.param(date(1960, 2, 29), date(2025, 2, 28), None, id="64 on February 28, born on the 29th"),
        pytest.param(date(1960, 2, 29), date(2025, 3, 1), OLDER, id="65 on March 1, born on February 29"),
        pytest.param(date(1938, 3, 4), date(2026, 11, 27), OLDER, id="88"),
        pytest.param(date(2008, 3, 4), date(2026, 3, 3), MINOR, id="17 on the eve of the birthday"),
        pytest.param(date(2008, 3, 4), date(2026, 3, 4), None, id="18 on the birthday"),
        pytest.param(date(2008, 2, 29), date(2026, 2, 28), MINOR, id="17 on February 28, born on the 29th"),
        pytest.param(date(2008, 2, 29), date(2026, 3, 1), None, id="18 on March 1, born on February 29"),
        pytest.param(date(2026, 3, 4), date(2026, 3, 4), MINOR, id="born today"),
    ],
)
def test_an_age_that_guidance_names_begins_on_a_birthday(born: date, day: date, group: object) -> None:
    assert age_group(whole_years(born, day)) == group


def test_guidance_knows_the_same_ages() -> None:
    assert {OLDER.concern, MINOR.concern} == AGES
