"""SQL in one spelling, so that what Django wrote and what a database says can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\w+|::|[<>=!]+|[^\s\w]")
_CAST: Final = re.compile(r"::(?:character varying|timestamp with time zone|\w+)(?:\(\d+\))?(?:\[\])?")
# PostgreSQL writes a number below zero in quotes: '-60'::integer.
_BELOW_ZERO: Final = re.compile(r"'-(\d+(?:\.\d+)?)'::(?:smallint|integer|bigint|numeric)")
_ANY_OF: Final = re.compile(r"= any array \[ (.*?) \]")
_PLAIN_NAME: Final = re.compile(r'"[a-z_]\w*"')


def tokens(sql: str) -> list[str]:
    """Words outside of quotes in small letters, and a name without the quotes that it does not need."""
    return [
        token[1:-1] if _PLAIN_NAME.fullmatch(token) else token if token[0] in "'\"" else token.lower()
        for token in _TOKEN.findall(sql)
    ]


def normal(sql: str) -> str:
    return " ".join(tokens(sql))


def normal_condition(sql: str) -> str:
    """Of a condition, without the brackets and the types that PostgreSQL adds to what it was given, and with its IN."""
    numbered = _CAST.sub("", _BELOW_ZERO.sub(r"-\1", sql))
    plain = " ".join(token for token in tokens(numbered) if token not in {"(", ")"})
    return _ANY_OF.sub(r"in \1", plain)


def definitions(create_table: str) -> Iterator[str]:
    """The columns and constraints of a CREATE TABLE, and at last what stands after them."""
    found: list[str] = []
    depth = 0
    for word in tokens(create_table)[3:]:
        depth -= word == ")"
        if (word == "," and depth == 1) or (word == ")" and depth == 0):
            yield " ".join(found)
            found = []
        elif depth:
            found.append(word)
        elif word not in {"(", ";"}:
            yield f"{word} after the columns"
        depth += word == "("
