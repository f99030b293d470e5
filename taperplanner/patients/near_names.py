"""Names that come near what was typed, asked for only where nobody has it: part of a word, or one typing error.

At most 200 people are read, by name, whatever the size of the clinic, and at most one page of them is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from taperplanner.accounts.models import Clinic, User

from .finding import words_of, year_of
from .listing import COLUMNS, PAGE_SIZE, Columns, PatientRow, Search, listed_for, row_of
from .names import keys_of
from .search_keys import is_part, is_slip, name_words

MOST_COMPARED: Final = 200


@dataclass(frozen=True)
class NearNames:
    """`has_more`: there may be others, whom a longer word tells from these."""

    rows: Sequence[PatientRow]
    has_more: bool


def names_near(
    clinic: Clinic, search: Search, *, user: User, archived: bool, today: date
) -> NearNames | None:
    """Of the patients who are open to the user. Ask only where `page_of` found nobody. None: no name comes near."""
    if not search.words:
        return None
    listed = listed_for(clinic, search, user=user, archived=archived)
    near = listed.named_near(search.words, clinic=clinic).by_name().values_list(*COLUMNS)
    compared, words = list(near[: MOST_COMPARED + 1]), words_of(search.words)
    found = [columns for columns in compared[:MOST_COMPARED] if comes_near(columns, words)]
    if not found:
        return None
    has_more = len(found) > PAGE_SIZE or len(compared) > MOST_COMPARED
    return NearNames([row_of(columns, today) for columns in found[:PAGE_SIZE]], has_more)


def comes_near(columns: Columns, words: Sequence[str]) -> bool:
    """Whether each word begins a name or the MRN, is part of a name, is one slip from it, or is the year of birth."""
    _, given, family, preferred, birth, only_year, mrn = columns
    names, keys = name_words(given, family, preferred), keys_of(given, family, preferred, mrn)
    year = birth.year if birth else only_year
    return all(
        any(key.startswith(word.encode()) for key in keys)
        or any(is_part(word, name) or is_slip(word, name) for name in names)
        or year_of(word) == year
        for word in words
    )
