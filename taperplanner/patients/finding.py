"""What a search asks of the patients and of their keys: a range of one index for the rarest of the first eight words, and
what the keys in it say of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Any, Final
from uuid import UUID

from django.db.models import BinaryField, F, Func, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.lookups import GreaterThan, LessThan

from taperplanner.days import EARLIEST_YEAR, LATEST_YEAR
from taperplanner.phones import numbers_in, without_numbers

from .list_keys import BEFORE, FROM, kind_of
from .names import AFTER_EVERY_KEY, name_key
from .search_keys import PART, PART_LETTERS, SHORTEST_PART, SLIP, phone_ends, slips

# Longer searches are a paste gone wrong; each word costs a look at the index.
MOST_WORDS: Final = 8
# Of each word, to know the rarest: where all are commoner, many patients have two of them, and a page is full soon.
MOST_COUNTED: Final = 4_000
# Where names that come near are looked for: of a word alone, and of each of several, which tell apart whom they find.
MOST_NEAR_ALONE: Final = 2_000
MOST_NEAR: Final = 20_000
# Never reached. It makes PostgreSQL look the keys up once, by their range, and not once for each patient until a page
# is full.
NO_LIMIT: Final = 1_000_000_000
NOBODY: Final = Q(pk__in=[])
# More patients of a clinic do not have one phone.
MOST_WITH_A_NUMBER: Final = 1_000
YEAR_DIGITS: Final = 4
BESIDE_A_NUMBER: Final = frozenset({"tel", "phone", "mobile", "cell", "ext", "extension", "x"})
Rows = QuerySet[Any]


class PlaceOf(Func):
    """Where some bytes first stand in others, from 1 on; 0: nowhere. Takes: the longer, the shorter."""

    function = "INSTR"
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        turned = self.copy()
        turned.set_source_expressions(self.get_source_expressions()[::-1])
        return turned.as_sql(compiler, connection, function="POSITION", arg_joiner=" IN ")


class CountUpTo(Subquery):
    """How many rows there are, or as many as the query is cut off at."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Sought:
    """Words by which a list is searched: `first` begins the key, the others stand in it."""

    first: str
    others: tuple[str, ...] = ()

    def under(self, key: str, *, archived: bool) -> Q:
        """`key`: what the query calls it. Each patient is found under one."""
        is_first = LessThan(_place(key, BEFORE, self.first), 1)  # PostgreSQL would take `= 0` for rare
        return _all(
            [
                _begins(key, self.first, archived=archived),
                Q(is_first),
                *(_has(key, one) for one in self.others),
            ]
        )


@dataclass(frozen=True)
class OfClinic:
    """The clinic's own row, and the keys and the patients among whom somebody is looked for."""

    clinic: Rows
    keys: Rows
    patients: Rows

    def found_by(self, text: str) -> Q:
        """All of them, in no order, whether archived or not: where another order is asked for."""
        found = self._named_or_called(text)
        return _among(found) if found else NOBODY

    def with_number(self, text: str) -> list[UUID]:
        """Who is found by a text that has a phone number in it, archived or not."""
        first, *more = self._named_or_called(text)
        return [row["patient_id"] for row in first.union(*more)[:MOST_WITH_A_NUMBER]]

    def rarest_first(self, words: Sequence[str], *, archived: bool) -> Sought:
        """Counted no further than `MOST_COUNTED`, in one query for all the words."""
        first, *others = longest_first = sorted(dict.fromkeys(words), key=len, reverse=True)
        if others:
            ranges = [self.keys.filter(_begins("key", word, archived=archived)) for word in longest_first]
            counts = [CountUpTo(rows.values("patient_id")[:MOST_COUNTED]) for rows in ranges]
            counted = zip(self.clinic.values_list(*counts).get(), longest_first, strict=True)
            first, *others = [word for _, word in sorted(counted, key=lambda one: one[0])]
        return Sought(first, tuple(others))

    def named_near(self, text: str) -> Q:
        """More than come near: `near_names` compares them. Fewer only where a word comes near very many."""
        words = words_of(text)
        most = MOST_NEAR if len(words) > 1 else MOST_NEAR_ALONE
        return _all(self._comes_near(word, most) for word in words) if words else NOBODY

    def under_exactly(self, key: bytes) -> Q:
        return _among([self.keys.filter(key=key).values("patient_id")])

    def _named_or_called(self, text: str) -> list[Rows]:
        found = self._named(words_of(text))
        if numbers := numbers_in(text):
            beside = [word for word in words_of(without_numbers(text)) if _is_name(word)]
            found += self._with_phone(numbers, self._named(beside))
        return found

    def _named(self, words: Sequence[str]) -> list[Rows]:
        if not words:
            return []
        first, *others = sorted(words, key=_is_name)  # a number is rarer than a name
        sought = Sought(first, tuple(others))
        lists = [self.keys.filter(sought.under("key", archived=archived)) for archived in (False, True)]
        return [rows.values("patient_id") for rows in lists]

    def _with_phone(self, numbers: Iterable[str], named: Sequence[Rows]) -> list[Rows]:
        which = []
        for longer, shorter in map(phone_ends, numbers):
            which += [_from(longer), Q(key__in=shorter)] if shorter else [_from(longer)]
        also = Q(patient_id__in=named[0].union(*named[1:])) if named else Q()
        return [self.keys.filter(one, also).values("patient_id") for one in which]

    def _comes_near(self, word: str, most: int) -> Q:
        which = [_from(word.encode())]
        if len(word) >= SHORTEST_PART:
            which.append(_from(PART + word[:PART_LETTERS].encode()))
        if apart := slips(word):
            which.append(Q(key__in=[SLIP + one.encode() for one in sorted(apart)]))
        return _among(
            [*(self.keys.filter(one).values("patient_id") for one in which), *self._born_in(word)], most
        )

    def _born_in(self, word: str) -> list[Rows]:
        """Of whom only the year is known, it is one of the keys."""
        year = year_of(word)
        if year is None:
            return []
        born = self.patients.filter(date_of_birth__range=(date(year, 1, 1), date(year, 12, 31)))
        return [born.values("pk")]


def words_of(text: str) -> list[str]:
    return name_key(text).decode().split()[:MOST_WORDS]


def year_of(word: str) -> int | None:
    is_year = len(word) == YEAR_DIGITS and word.isascii() and word.isdecimal()
    return int(word) if is_year and EARLIEST_YEAR <= int(word) <= LATEST_YEAR else None


def _among(rows: Sequence[Rows], most: int = NO_LIMIT) -> Q:
    """Each is a range of an index: asked for together in one condition, SQLite would read every key of the clinic."""
    first, *more = rows
    return Q(pk__in=(first.union(*more, all=True) if more else first)[:most])


def _all(conditions: Iterable[Q]) -> Q:
    return reduce(and_, conditions)


def _from(begin: bytes, key: str = "key") -> Q:
    return Q((f"{key}__gte", begin), (f"{key}__lt", begin + AFTER_EVERY_KEY))


def _begins(key: str, word: str, *, archived: bool) -> Q:
    return _from(kind_of(archived=archived) + word.encode(), key)


def _has(key: str, word: str) -> Q:
    return Q(GreaterThan(_place(key, FROM, word), 0)) | Q(GreaterThan(_place(key, BEFORE, word), 0))


def _place(key: str, mark: bytes, word: str) -> PlaceOf:
    return PlaceOf(F(key), Value(mark + word.encode(), output_field=BinaryField()))


def _is_name(word: str) -> bool:
    """Not an extension, nor "tel" before the number."""
    return word not in BESIDE_A_NUMBER and not any(character.isdecimal() for character in word)
