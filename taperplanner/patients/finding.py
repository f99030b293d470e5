"""What a search asks of the patients and of their keys: a few ranges of one index, and a few single keys, for each of
the first eight words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Any, Final

from django.db.models import Q, QuerySet

from taperplanner.days import EARLIEST_YEAR, LATEST_YEAR
from taperplanner.phones import numbers_in, without_numbers

from .names import AFTER_EVERY_KEY, name_key
from .search_keys import PART, PART_LETTERS, SHORTEST_PART, SLIP, phone_ends, slips

# Longer searches are a paste gone wrong; each word costs a look at the index.
MOST_WORDS: Final = 8
# Never reached. It makes PostgreSQL look the keys up once, by their range, and not once for each patient until a page
# is full.
NO_LIMIT: Final = 1_000_000_000
NOBODY: Final = Q(pk__in=[])
YEAR_DIGITS: Final = 4
BESIDE_A_NUMBER: Final = frozenset({"tel", "phone", "mobile", "cell", "ext", "extension", "x"})
Rows = QuerySet[Any]


@dataclass(frozen=True)
class OfClinic:
    """The keys and the patients among whom somebody is looked for."""

    keys: Rows
    patients: Rows

    def found_by(self, text: str) -> Q:
        words = words_of(text)
        if not words:
            return NOBODY
        found = _all(self._begins(word) for word in words)
        if numbers := numbers_in(text):
            beside = [word for word in words_of(without_numbers(text)) if _is_name(word)]
            found |= _all([self._has_phone(numbers), *(self._begins(word) for word in beside)])
        return found

    def named_near(self, text: str) -> Q:
        """More than come near, and never fewer: `near_names` compares them."""
        words = words_of(text)
        return _all(self._comes_near(word) for word in words) if words else NOBODY

    def under_any(self, *which: Q, others: Iterable[Rows] = ()) -> Q:
        """Whoever is found under a key of one of these, or is one of the others. Each is a range of an index: asked
        for together in one condition, SQLite would read every key of the clinic."""
        asked = [self.keys.filter(one).values("patient_id") for one in which]
        asked += [rows.values("pk") for rows in others]
        first, *more = asked
        return Q(pk__in=first.union(*more) if more else first[:NO_LIMIT])

    def _begins(self, word: str) -> Q:
        return self.under_any(_from(word.encode()), others=self._born_in(word))

    def _comes_near(self, word: str) -> Q:
        which = [_from(word.encode())]
        if len(word) >= SHORTEST_PART:
            which.append(_from(PART + word[:PART_LETTERS].encode()))
        if apart := slips(word):
            which.append(Q(key__in=[SLIP + one.encode() for one in sorted(apart)]))
        return self.under_any(*which, others=self._born_in(word))

    def _born_in(self, word: str) -> list[Rows]:
        """Of whom only the year is known, it is one of the keys."""
        year = year_of(word)
        if year is None:
            return []
        return [self.patients.filter(date_of_birth__range=(date(year, 1, 1), date(year, 12, 31)))]

    def _has_phone(self, numbers: Iterable[str]) -> Q:
        which = []
        for longer, shorter in map(phone_ends, numbers):
            which += [_from(longer), Q(key__in=shorter)] if shorter else [_from(longer)]
        return self.under_any(*which)


def words_of(text: str) -> list[str]:
    return name_key(text).decode().split()[:MOST_WORDS]


def year_of(word: str) -> int | None:
    is_year = len(word) == YEAR_DIGITS and word.isascii() and word.isdecimal()
    return int(word) if is_year and EARLIEST_YEAR <= int(word) <= LATEST_YEAR else None


def _all(conditions: Iterable[Q]) -> Q:
    return reduce(and_, conditions)


def _from(begin: bytes) -> Q:
    return Q(key__gte=begin, key__lt=begin + AFTER_EVERY_KEY)


def _is_name(word: str) -> bool:
    """Not an extension, nor "tel" before the number."""
    return word not in BESIDE_A_NUMBER and not any(character.isdecimal() for character in word)
