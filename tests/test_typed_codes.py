"""A code that stands on paper and is typed from it: whatever is misread in one place is found."""

from __future__ import annotations

from itertools import combinations
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from taperplanner.typed_codes import ALPHABET, checked_code, checked_number, in_groups, numbers_of

CODE_LENGTH: Final = 10


@given(
    st.integers(0, numbers_of(CODE_LENGTH) - 1), st.integers(0, CODE_LENGTH - 1), st.sampled_from(ALPHABET)
)
def test_a_sign_that_is_misread_is_always_found(number: int, place: int, sign: str) -> None:
    code = checked_code(number, CODE_LENGTH)
    assert checked_number(in_groups(code, 5).lower(), CODE_LENGTH) == number
    misread = code[:place] + sign + code[place + 1 :]
    assert checked_number(misread, CODE_LENGTH) == (number if sign == code[place] else None)


@given(
    st.integers(0, numbers_of(CODE_LENGTH) - 1), st.sampled_from(list(combinations(range(CODE_LENGTH), 2)))
)
def test_two_signs_that_are_swapped_are_always_found(number: int, places: tuple[int, int]) -> None:
    signs = list(checked_code(number, CODE_LENGTH))
    one, other = places
    is_another = signs[one] != signs[other]
    signs[one], signs[other] = signs[other], signs[one]
    assert (checked_number("".join(signs), CODE_LENGTH) is None) is is_another
