"""TOML read with types and line numbers: what is missing, unknown or of the wrong type says where."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from .wording import unfit

T = TypeVar("T")
PLACE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


class ContentError(Exception):
    """One thing that is wrong, in one file, on one line."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


def parse(path: Path, lines: list[str], start: int) -> Record:
    """Read lines of TOML, the first of which is line `start` of the file. Raises: ContentError."""
    try:
        data = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        place = PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else len(lines)
        raise ContentError(path, line + start - 1, f"Not TOML: {PLACE.sub('', str(error))}.") from error
    return Record(path, data, [""] * (start - 1) + lines, start)


class Record:
    """One table of a file: a getter for each type, each of which raises ContentError."""

    def __init__(self, path: Path, data: dict[str, Any], lines: list[str], start: int) -> None:
        self.path, self.data, self.lines, self.start = path, data, lines, start

    def error(self, key: str, reason: str) -> ContentError:
        return ContentError(self.path, self._line_of(key), reason)

    def allow(self, keys: Collection[str]) -> None:
        for key in self.data:
            if key not in keys:
                raise self.error(key, f"Unknown key {key!r}: use one of {', '.join(sorted(keys))}.")

    def text(self, key: str, *, required: bool = True, may_state_pace: bool = False) -> str:
        """Plain text that is fit to print. Optional and absent: the empty string; present, empty: refused."""
        if not required and key not in self.data:
            return ""
        value = self._typed(key, str, "text").strip()
        if not value:
            raise self.error(key, f"{key} is empty.")
        if reason := unfit(value, may_state_pace=may_state_pace):
            raise self.error(key, f"{key}: {reason}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._list(key, str)
        for value in values:
            if reason := unfit(value):
                raise self.error(key, f"{key}: {reason}")
        return values

    def raw(self, key: str, *, required: bool = True) -> str:
        """Text that is not prose: a key, an address."""
        if not required and key not in self.data:
            return ""
        return self._typed(key, str, "text").strip()

    def one_of(self, key: str, known: Collection[str]) -> str:
        value = self.raw(key)
        if value not in known:
            raise self.error(key, f"Unknown {key} {value!r}: use one of {', '.join(sorted(known))}.")
        return value

    def some_of(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        values = self._list(key, str)
        for value in values:
            if value not in known:
                raise self.error(key, f"Unknown {key} {value!r}: use some of {', '.join(sorted(known))}.")
        return values

    def number(self, key: str) -> int:
        value = self._typed(key, int, "a whole number")
        if isinstance(value, bool) or value < 0:
            raise self.error(key, f"{key} must be a whole number.")
        return value

    def numbers(self, key: str) -> tuple[int, ...]:
        values = self._list(key, int)
        if list(values) != sorted(set(values)) or any(value < 1 for value in values):
            raise self.error(key, f"{key} must be whole numbers from 1 up, in order, each once.")
        return values

    def flag(self, key: str) -> bool:
        return key in self.data and self._typed(key, bool, "true or false")

    def day(self, key: str) -> date:
        value = self._typed(key, date, "a date")
        if type(value) is not date:
            raise self.error(key, f"{key} must be a date without a time.")
        return value

    def table(self, key: str) -> Record:
        return Record(self.path, self._typed(key, dict, "a table"), self.lines, self._line_of(key))

    def tables(self, key: str) -> list[Record]:
        """An array of tables: each begins at its own [[key]]."""
        rows = self._list(key, dict)
        starts = [number for number, line in enumerate(self.lines, 1) if line.strip() == f"[[{key}]]"]
        if len(starts) != len(rows):
            raise self.error(key, f"Write each as a table of its own, headed [[{key}]].")
        return [Record(self.path, row, self.lines, start) for row, start in zip(rows, starts, strict=True)]

    def _line_of(self, key: str) -> int:
        """Where a key of this table stands; where the table begins, if it does not."""
        pattern = re.compile(rf"\s*(?:{re.escape(key)}\s*=|\[{re.escape(key)}\])")
        for number, line in enumerate(self.lines[self.start - 1 :], self.start):
            if pattern.match(line):
                return number
        return self.start

    def _list(self, key: str, kind: type[T]) -> tuple[T, ...]:
        values = self._typed(key, list, "a list")
        if any(type(value) is not kind for value in values):
            raise self.error(key, f"{key} is a list of {kind.__name__}, nothing else.")
        return tuple(values)

    def _typed(self, key: str, kind: type[T], name: str) -> T:
        if key not in self.data:
            raise self.error(key, f"{key} is missing.")
        value = self.data[key]
        if not isinstance(value, kind):
            raise self.error(key, f"{key} must be {name}.")
        return value
