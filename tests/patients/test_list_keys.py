"""What the keys of the list say: whatever words a patient is found by, one key answers, and it stands in its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from taperplanner.patients.list_keys import (
    ARCHIVED,
    BEFORE,
    CURRENT,
    END,
    FROM,
    MOST_BYTES,
    kind_of,
    list_keys,
)
from taperplanner.patients.names import keys_of

names = st.lists(st.text("abcéß'語 -", min_size=1, max_size=9), min_size=3, max_size=3)
typed_words = st.text("abcess語", min_size=1, max_size=3)


def keys(*of: str, mrn: str = "A-1001", birth_year: int = 1980, archived: bool = False) -> set[bytes]:
    given_name, family, preferred = of
    return list_keys(given_name, family, preferred, mrn, birth_year=birth_year, archived=archived)


@given(names, typed_words)
def test_each_patient_stands_once_in_the_range_of_whatever_begins_one_of_their_words(
    of: list[str], typed: str
) -> None:
    word = typed.encode()
    begun = [key for key in keys(*of) if key.startswith(CURRENT + word)]
    once = [key for key in begun if BEFORE + word not in key]
    is_found = any(key.startswith(word) for key in keys_of(*of, "A-1001"))
    assert len(once) == (1 if is_found else 0)
    assert once == ([min(begun)] if is_found else [])


@given(names, typed_words)
def test_each_key_says_of_every_word_whether_it_begins_one_of_the_patients(of: list[str], typed: str) -> None:
    word = typed.encode()
    is_found = any(key.startswith(word) for key in keys_of(*of, "A-1001"))
    for key in keys(*of):
        assert (FROM + word in key or BEFORE + word in key) == is_found


def test_keys_of_one_word_are_in_the_order_of_the_names() -> None:
    people = [("Ana", "Zapata", ""), ("Ana", "Álvarez", ""), ("Ana", "Rivera", "")]
    of_ana = [next(key for key in keys(*one) if key.startswith(CURRENT + b"ana" + END)) for one in people]
    assert sorted(of_ana) == [of_ana[1], of_ana[2], of_ana[0]]


def test_the_year_of_birth_is_a_word_of_every_patient() -> None:
    assert all(FROM + b"1980" in key or BEFORE + b"1980" in key for key in keys("Ana", "Rivera", ""))


def test_the_keys_of_archived_patients_lie_apart() -> None:
    assert {key[:1] for key in keys("Ana", "Rivera", "")} == {CURRENT} == {kind_of(archived=False)}
    assert {key[:1] for key in keys("Ana", "Rivera", "", archived=True)} == {ARCHIVED}


def test_a_key_is_never_longer_than_an_index_of_postgresql_takes() -> None:
    many = " ".join(f"語{number}" for number in range(300))
    found = keys(many, many, many)
    assert max(map(len, found)) == MOST_BYTES
    assert len(found) > 300
