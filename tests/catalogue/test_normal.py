"""What Django wrote of a condition and what PostgreSQL says of it are one spelling, and no two conditions are."""

from __future__ import annotations

import pytest

from taperplanner.catalogue.normal import normal_condition


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("seconds > 60 OR seconds < -60", "((seconds > 60) OR (seconds < '-60'::integer))"),
        ("seconds < -60", "(seconds < '-60'::bigint)"),
        ("name = ''", "((name)::text = ''::text)"),
    ],
)
def test_a_condition_is_read_as_it_was_written(written: str, said: str) -> None:
    assert normal_condition(written) == normal_condition(said)


@pytest.mark.parametrize(
    "other",
    ["(seconds < '-61'::integer)", "(seconds < 60)", "(seconds < '-60'::text)", "(seconds > '-60'::integer)"],
)
def test_another_condition_is_another(other: str) -> None:
    assert normal_condition("seconds < -60") != normal_condition(other)
