"""Which rows an event names, in a file of this process alone: a million fit, whatever the memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Final, Self

from taperplanner.row_digests import Key

from ..rows import AT_ONCE

TABLES: Final = (
    "CREATE TABLE named (label TEXT, key TEXT, PRIMARY KEY (label, key)) WITHOUT ROWID",
    "CREATE TABLE loose (label TEXT, key TEXT, PRIMARY KEY (label, key)) WITHOUT ROWID",
)


class Known:
    def __enter__(self) -> Self:
        self._file = sqlite3.connect("", isolation_level=None)
        for table in TABLES:
            self._file.execute(table)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def name(self, key: Key) -> bool:
        """Whether it was not named before."""
        self._file.execute("DELETE FROM loose WHERE label = ? AND key = ?", key)
        return self._file.execute("INSERT OR IGNORE INTO named VALUES (?, ?)", key).rowcount == 1

    def keep_unnamed(self, keys: Sequence[Key]) -> None:
        """Those among them that no event has named so far."""
        self._file.executemany(
            "INSERT INTO loose SELECT :l, :k WHERE NOT EXISTS (SELECT 1 FROM named WHERE label = :l AND key = :k)",
            [{"l": label, "k": key} for label, key in keys],
        )

    def unnamed(self, label: str) -> Iterator[list[Key]]:
        """So many at once, in the order of their keys."""
        last = ""
        while some := self._file.execute(
            "SELECT label, key FROM loose WHERE label = ? AND key > ? ORDER BY key LIMIT ?",
            (label, last, AT_ONCE),
        ).fetchall():
            yield some
            last = some[-1][1]
