from __future__ import annotations

from datetime import date

import pytest

from taperplanner.days import NotADay
from taperplanner.partial_days import is_after, parse_partial_day, partial_day_as_typed, partial_day_in_words


@pytest.mark.parametrize(
    ("typed", "kept", "words"),
    [
        ("2014", "2014", "2014"),
        ("03/2014", "2014-03", "March 2014"),
        ("3/2014", "2014-03", "March 2014"),
        ("2014-03", "2014-03", "March 2014"),
        ("March 2014", "2014-03", "March 2014"),
        ("mar. 2014", "2014-03", "March 2014"),
        ("03/02/2014", "2014-03-02", "March 2, 2014"),
        ("2014-03-02", "2014-03-02", "March 2, 2014"),
        ("March 2, 2014", "2014-03-02", "March 2, 2014"),
        ("  3 / 2014".replace(" / ", "/"), "2014-03", "March 2014"),
    ],
)
def test_as_much_of_a_date_as_is_known_is_kept_and_no_more(typed: str, kept: str, words: str) -> None:
    assert parse_partial_day(typed) == kept
    assert partial_day_in_words(kept) == words
    assert parse_partial_day(partial_day_as_typed(kept)) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("13/2014", "There is no month 13"),
        ("00/2014", "There is no month 0"),
        ("2014-13", "There is no month 13"),
        ("02/30/2014", "February 2014 has no day 30"),
        ("31/12/2014", "There is no month 31"),
        ("1850", "enter one from 1900"),
        ("05/1850", "enter one from 1900"),
        ("3/14", "not a date we can read"),
        ("14", "not a date we can read"),
        ("last spring", "not a date we can read"),
        ("Foo 2014", "not a date we can read"),
        ("٢٠١٤", "not a date we can read"),
        ("2014-03-02T00:00", "not a date we can read"),
        ("3.2014", "not a date we can read"),
        ("", "not a date we can read"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(NotADay, match=sentence):
        parse_partial_day(typed)


@pytest.mark.parametrize(
    ("partial", "is_future"),
    [
        ("2026", False),
        ("2026-03", False),
        ("2026-03-02", False),
        ("2026-03-03", True),
        ("2026-04", True),
        ("2027", True),
        ("", False),
    ],
)
def test_a_partial_date_is_in_the_future_only_if_all_of_it_is(partial: str, is_future: bool) -> None:
    assert is_after(partial, date(2026, 3, 2)) is is_future


def test_nothing_known_is_nothing_said() -> None:
    assert partial_day_in_words("") == ""
