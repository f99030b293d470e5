"""Keys by which the patient list is searched in its own order. Pure.

    "rivera" NUL "rivera ana" 2 "ana" 2 "anarivera" 1 "rivera" 1 "riveraana" 1 "1980" …

One key for each word that somebody is found by: the word, the name by which the list is sorted, then every word they are
found by, with a mark before each: BEFORE those that come before this one, FROM this one and those after it. So one range
of one index answers a search, in order, and can be left as soon as a page is full:

    a word              begins the key
    a further word      stands after a mark, either of them
    each patient once   under the first of their words that begins so: no such word stands after BEFORE

Keys of archived patients begin with a byte of their own, as theirs is a list of its own.
"""

from __future__ import annotations

from typing import Final

from .names import keys_of, name_key

CURRENT: Final = b"\x04"
ARCHIVED: Final = b"\x05"
AFTER_LISTS: Final = b"\x06"
FROM: Final = b"\x01"
BEFORE: Final = b"\x02"
END: Final = b"\x00"

NAME_BYTES: Final = 60  # of a longer name only these sort the list of who is found
# PostgreSQL keeps no more than 2,704 bytes in an index. Of hundreds of words the last are not found beside another.
MOST_BYTES: Final = 2000


def list_keys(
    given_name: str, family_name: str, preferred_name: str, mrn: str, *, birth_year: int, archived: bool
) -> set[bytes]:
    """`birth_year`: also where the day is known."""
    words = sorted(keys_of(given_name, family_name, preferred_name, mrn) | {name_key(str(birth_year))})
    name, kind = name_key(family_name, given_name)[:NAME_BYTES], kind_of(archived=archived)
    return {(kind + word + END + name + _marked(words, word))[:MOST_BYTES] for word in words}


def kind_of(*, archived: bool) -> bytes:
    return ARCHIVED if archived else CURRENT


def _marked(words: list[bytes], this: bytes) -> bytes:
    return b"".join((BEFORE if word < this else FROM) + word for word in words)
