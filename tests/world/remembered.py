"""What many tests begin with is made by actions once, and written again by the same statements after that.

An action looks, checks and counts before it writes, and for the same beginning it writes the same. So the first test
of a process that opens a plan in a new universe runs the actions, and the next one writes what they wrote, past no
constraint and no trigger. That is done only where nothing else was written since the universe was built, in the same
hour of the test's clock, and on SQLite: on PostgreSQL every test runs the actions.
"""

from __future__ import annotations

import functools
import io
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, ParamSpec, TypeVar

from django.db import connection, transaction
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX
from django.db.models import Model
from django.utils import timezone

P = ParamSpec("P")
R = TypeVar("R")
Row = tuple[Any, ...]
WRITES: Final = ("INSERT", "UPDATE", "DELETE", "REPLACE")
LAST_NUMBERS: Final = (
    "SELECT name, seq FROM sqlite_sequence UNION ALL"
    " SELECT chain_id, max(number) FROM audit_event GROUP BY chain_id ORDER BY 1"
)


class CannotBeKept(Exception):
    """It is not a value alone, or not what it was when it was made, or something of it was undone."""


@dataclass(frozen=True)
class Made:
    """`numbers`: the last of each table and of each chain before it, so that each row gets the number that it had."""

    statements: tuple[tuple[str, Row], ...]
    result: bytes
    numbers: tuple[Row, ...]


_made: Final[dict[tuple[bytes, ...], Made]] = {}  # by all that was asked for in one test, up to this


@dataclass
class Story:
    """What was made in a test's database since it was empty. `known`: what is the test's own, and is not made again."""

    asked: tuple[bytes, ...] = ()
    known: list[tuple[Any, bytes]] = field(default_factory=list)
    mark: Row = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return Story, ()

    def is_all(self) -> bool:
        """Whether nothing was written that is not part of it."""
        return bool(self.mark) and self.mark == _mark()

    def know(self, *ones: Any) -> None:
        self.known += [(one, _values(one)) for one in ones]

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Around what is written beside it and changes nothing that an action looks at."""
        is_all = self.is_all()
        yield
        if is_all:
            self.known = [(one, _values(one)) for one, _ in self.known]
            self.mark = _mark()

    def tell(self, asks: bytes, make: Callable[[], R], is_kept: Callable[[], bool] = lambda: True) -> R:
        """The same as `make()`. `is_kept`: asked afterwards."""
        key, numbers = (*self.asked, asks, f"{timezone.now():%x %H}".encode()), _numbers()
        made = _made.get(key)
        self.mark = ()
        if made is not None and made.numbers == numbers:
            _write(made.statements)
            result: R = _Unpickler(io.BytesIO(made.result), self.known).load()
        else:
            with _heard() as statements:
                result = make()
            try:
                if None in statements or not is_kept():
                    return result
                _made[key] = Made(tuple(filter(None, statements)), self.dump(result), numbers)
            except CannotBeKept:
                return result
        self.asked = key
        self.know(result)
        self.mark = _mark()
        return result

    def dump(self, value: Any) -> bytes:
        """Raises: CannotBeKept."""
        file = io.BytesIO()
        try:
            _Pickler(file, self.known).dump(value)
        except (pickle.PicklingError, TypeError, AttributeError) as problem:
            raise CannotBeKept from problem
        return file.getvalue()


def remembered(make: Callable[P, R]) -> Callable[P, R]:
    """Of a maker that writes by actions and gives back one row. The story is that of the house it is given, if any."""

    @functools.wraps(make)
    def tell(*args: P.args, **kwargs: P.kwargs) -> R:
        story = next((one.story for one in (*args, *kwargs.values()) if hasattr(one, "story")), None)
        if story is None or not story.is_all():
            return make(*args, **kwargs)
        asks = f"{make.__module__}.{make.__qualname__}", args, sorted(kwargs.items())
        try:
            words = story.dump(asks)
        except CannotBeKept:
            return make(*args, **kwargs)
        return story.tell(words, lambda: make(*args, **kwargs), lambda: story.dump(asks) == words)

    return tell


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, known: list[tuple[Any, bytes]]) -> None:
        super().__init__(file)
        self._known = {id(one): (place, one, was) for place, (one, was) in enumerate(known)}

    def persistent_id(self, one: Any) -> int | None:
        if id(one) not in self._known:
            return None
        place, known, was = self._known[id(one)]
        if _values(known) != was:
            raise CannotBeKept
        return place


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, known: list[tuple[Any, bytes]]) -> None:
        super().__init__(file)
        self._known = known

    def persistent_load(self, place: Any) -> Any:
        return self._known[place][0]


def _values(one: Any) -> bytes:
    """What its row says."""
    if not isinstance(one, Model):
        return b""
    return pickle.dumps([one.__dict__.get(part.attname) for part in one._meta.concrete_fields])


def _raw() -> Any:
    connection.ensure_connection()
    return connection.connection


def _numbers() -> tuple[Row, ...]:
    return tuple(_raw().execute(LAST_NUMBERS))


def _mark() -> Row:
    """Another one after anything was written, by this connection or through another."""
    raw = _raw()
    return raw, raw.total_changes, next(raw.execute("PRAGMA data_version"))


@contextmanager
def _heard() -> Iterator[list[tuple[str, Row] | None]]:
    """What is written meanwhile; None, where something was undone."""
    heard: list[tuple[str, Row] | None] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        word = sql.split(maxsplit=1)[0].upper()
        if word in WRITES:
            as_sqlite = FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%")
            heard.extend((as_sqlite, tuple(row)) for row in (params if many else [params or ()]))
        elif word == "ROLLBACK":
            heard.append(None)
        return done

    with connection.execute_wrapper(listen):
        yield heard


def _write(statements: tuple[tuple[str, Row], ...]) -> None:
    with transaction.atomic():
        raw = _raw()
        for sql, params in statements:
            raw.execute(sql, params).fetchall()
