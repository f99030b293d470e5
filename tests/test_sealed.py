"""A sealed file, a backup or papers for down time: whatever is done to it is found before anything of it is believed."""

from __future__ import annotations

import io
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner import sealed
from taperplanner.sealed import Damaged, Refused, Sealed

KEY: Final = ("of-2026", "a secret of thirty-two characters")
KEYS: Final = dict([KEY])
CONTENT: Final = Random(7).randbytes(20_000)
both_ways = pytest.mark.parametrize("key", [KEY, None], ids=["encrypted", "plain"])


@pytest.fixture(autouse=True, scope="module")
def _small_parts() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "AT_ONCE", 1000)
        yield


def written(content: bytes, key: tuple[str, str] | None) -> bytes:
    file = io.BytesIO()
    sealed.write(file, [content], key, of=Sealed.BACKUP)
    return file.getvalue()


def read(file: bytes, keys: dict[str, str] = KEYS) -> bytes:
    return b"".join(sealed.read(io.BytesIO(file), keys, of=Sealed.BACKUP))


@both_ways
@given(st.lists(st.binary(max_size=2500), max_size=5))
def test_what_is_read_is_what_was_written(key: tuple[str, str] | None, parts: list[bytes]) -> None:
    file = io.BytesIO()
    sealed.write(file, parts, key, of=Sealed.BACKUP)
    assert read(file.getvalue()) == b"".join(parts)


@both_ways
@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_byte_that_is_changed_anywhere_is_found(
    key: tuple[str, str] | None, place: int, change: int
) -> None:
    file = bytearray(written(CONTENT, key))
    file[place % len(file)] ^= change
    with pytest.raises(Refused):
        read(bytes(file))


@both_ways
@given(st.integers(min_value=0))
def test_a_file_that_is_cut_short_anywhere_is_found(key: tuple[str, str] | None, place: int) -> None:
    file = written(CONTENT, key)
    with pytest.raises(Refused):
        read(file[: place % len(file)])


@both_ways
def test_a_file_that_goes_on_is_found(key: tuple[str, str] | None) -> None:
    with pytest.raises(Damaged):
        read(written(CONTENT, key) + b"\0")


@both_ways
def test_parts_that_change_places_or_are_left_out_or_come_from_another_backup_are_found(
    key: tuple[str, str] | None,
) -> None:
    file, other = written(CONTENT, key), written(CONTENT, key)
    length = 1000 + (16 if key else 32)
    begin = len(file) - 20 * length  # the last part is full too
    first, second = slice(begin, begin + length), slice(begin + length, begin + 2 * length)
    swapped = file[:begin] + file[second] + file[first] + file[begin + 2 * length :]
    for wrong in (
        swapped,
        file[:begin] + file[begin + length :],
        file[:begin] + other[first] + file[begin + length :],
    ):
        assert wrong != file
        with pytest.raises(Damaged):
            read(wrong)


def test_another_secret_under_the_same_name_is_said_to_be_the_wrong_key() -> None:
    with pytest.raises(Refused, match="The key 'of-2026' of BACKUP_KEYS is not the one"):
        read(written(CONTENT, KEY), {"of-2026": "another secret of as many letters"})


def test_a_key_that_is_not_there_is_named() -> None:
    with pytest.raises(Refused, match="the key 'of-2026', which BACKUP_KEYS does not have"):
        read(written(CONTENT, KEY), {"of-2027": KEY[1]})


def test_an_older_key_still_opens() -> None:
    assert read(written(CONTENT, KEY), {"of-2027": "b" * 32} | KEYS) == CONTENT


def test_what_is_encrypted_shows_nothing_and_is_never_the_same_twice() -> None:
    words = b"clonazepam " * 1000
    file = written(words, KEY)
    assert b"clonazepam" not in file
    assert written(words, KEY)[200:] != file[200:]
    assert b"clonazepam" in written(words, None)


@both_ways
def test_one_kind_is_never_taken_for_another(key: tuple[str, str] | None) -> None:
    backup = written(CONTENT, key)
    with pytest.raises(Damaged, match="This is no file of down-time papers of Taper Planner"):
        list(sealed.read(io.BytesIO(backup), KEYS, of=Sealed.PAPERS))
    disguised = backup.replace(Sealed.BACKUP.magic, Sealed.PAPERS.magic)
    with pytest.raises(Refused):
        list(sealed.read(io.BytesIO(disguised), KEYS, of=Sealed.PAPERS))


def test_no_more_than_two_parts_are_in_memory() -> None:
    """The reader asks for one after the other, whatever the size."""
    asked: list[int] = []

    class Asked(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            asked.append(size or 0)
            return super().read(size)

    assert len(b"".join(sealed.read(Asked(written(CONTENT, KEY)), KEYS, of=Sealed.BACKUP))) == len(CONTENT)
    assert max(asked) == 1016
    assert -1 not in asked
