"""What a row says, as one digest: the same at its birth as when it is read back from either database.

A column whose value is None, or what the column holds where nobody said anything, is left out. So a column that a
later migration adds changes no digest of before. Children that their parent seals are part of the parent's digest.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from typing import Any, Final, TypeAlias
from uuid import UUID

from django.db import models

Key: TypeAlias = tuple[str, str]  # the model's label and the row's primary key
LONGEST_NUMBER: Final = 20
Content: TypeAlias = dict[str, Any]


class NotAudited(Exception):
    """A row that never changes was written where no event tells of it. A programming error."""


@dataclass(frozen=True)
class Leaf:
    """A row by itself. `parent`: the row that seals it."""

    key: Key
    parent: Key | None
    digest: bytes


_born: ContextVar[list[Leaf] | None] = ContextVar("_born", default=None)


@contextmanager
def gathered(born: list[Leaf]) -> Iterator[None]:
    """Every row that is born meanwhile is put into the list."""
    token = _born.set(born)
    try:
        yield
    finally:
        _born.reset(token)


def born_here(model: type[models.Model]) -> list[Leaf]:
    """Where a row of this model that is about to be written is told of. Raises: NotAudited."""
    born = _born.get()
    if born is None:
        raise NotAudited(f"{model._meta.label} is written outside an audited transaction.")
    return born


def leaf_of(row: models.Model, sealed_by: str) -> Leaf:
    label = row._meta.label_lower
    said = sha256(f"{label}\0{canonical(content_of(row))}".encode()).digest()
    return Leaf((label, key_text(row.pk)), _parent(row, sealed_by), said)


def key_text(key: Any) -> str:
    """In the order of the keys themselves."""
    return str(key).zfill(LONGEST_NUMBER) if isinstance(key, int) else str(key)


def _parent(row: models.Model, sealed_by: str) -> Key | None:
    if not sealed_by:
        return None
    link = row._meta.get_field(sealed_by)
    assert isinstance(link, models.ForeignKey)  # noqa: S101 - a programming error, found at migrate
    return link.related_model._meta.label_lower, key_text(
        link.target_field.to_python(getattr(row, link.attname))
    )


@dataclass(frozen=True)
class Tree:
    """Leaves under the rows that seal them."""

    leaves: Mapping[Key, Leaf]
    children: Mapping[Key, list[Key]] = field(default_factory=dict)

    @classmethod
    def of(cls, leaves: Iterable[Leaf]) -> Tree:
        found, children = {}, defaultdict[Key, list[Key]](list)
        for leaf in leaves:
            found[leaf.key] = leaf
            if leaf.parent is not None:
                children[leaf.parent].append(leaf.key)
        return cls(found, dict(children))

    def roots(self) -> Iterator[Key]:
        """Rows that are sealed by none of these, in the order in which they were born."""
        return (key for key, leaf in self.leaves.items() if leaf.parent not in self.leaves)

    def digest(self, key: Key) -> str:
        return self._digest(key).hex()

    def _digest(self, key: Key) -> bytes:
        below = sorted(self._digest(child) for child in self.children.get(key, ()))
        own = self.leaves[key].digest
        return sha256(own + b"".join(below)).digest() if below else own


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def content_of(row: models.Model, *, but: Iterable[str] = ()) -> Content:
    """What its columns say, by name, without those that say nothing."""
    found = {}
    for name, column, unsaid in _columns(type(row)):
        value = getattr(row, name)
        if value is None or name in but:
            continue
        value = column.to_python(value)
        if value != unsaid:
            found[name] = _plain(column, value)
    return found


@cache
def _columns(model: type[models.Model]) -> tuple[tuple[str, models.Field[Any, Any], Any], ...]:
    """Each column's name, the field that reads its values, and what it holds where nobody said anything."""
    return tuple(
        (column.attname, _target(column), column.get_default()) for column in model._meta.concrete_fields
    )


def _target(column: Any) -> models.Field[Any, Any]:
    found: models.Field[Any, Any] = (
        _target(column.target_field) if isinstance(column, models.ForeignKey) else column
    )
    return found


def _plain(column: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(column, models.JSONField):
        return json.loads(json.dumps(value, cls=column.encoder))
    if isinstance(value, bytes | bytearray | memoryview):
        return sha256(value).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int):
        return value
    raise TypeError(f"No digest is made of a {type(value).__name__}, of {column}.")
