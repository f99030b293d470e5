"""The rows that never change, read back: which there are, what they say now, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db import models

from taperplanner.append_only import InsertedOnce, append_only_models
from taperplanner.row_digests import Key, Leaf, Tree, key_text, leaf_of

from .models import Event

AT_ONCE: Final = 200
CLINIC: Final = "accounts.clinic"
Row = tuple[Key, UUID | None]  # and its clinic


def named_models() -> list[type[InsertedOnce]]:
    """Those whose rows events name: neither events, nor what is sealed by another."""
    return [model for model in append_only_models() if model is not Event and not model.sealed_by]


def model_of(label: str) -> type[InsertedOnce]:
    """Raises: LookupError."""
    return _models()[label]


@cache
def _models() -> dict[str, type[InsertedOnce]]:
    return {model._meta.label_lower: model for model in append_only_models()}


def tree_of(model: type[InsertedOnce], keys: Sequence[Any]) -> Tree:
    """What the rows with these keys say now, with all that they seal. Of a row that is gone there is no leaf."""
    return Tree.of(_leaves(model, "pk", keys))


def _leaves(model: type[InsertedOnce], column: str, keys: Sequence[Any]) -> Iterator[Leaf]:
    rows = list(model._base_manager.filter(**{f"{column}__in": keys}))
    yield from (leaf_of(row, model.sealed_by) for row in rows)
    found = [row.pk for row in rows]
    for child in _children(model):
        for some in _batched(found):
            yield from _leaves(child, child.sealed_by, some)


@cache
def _children(model: type[InsertedOnce]) -> tuple[type[InsertedOnce], ...]:
    return tuple(
        child
        for child in append_only_models()
        if child.sealed_by and child._meta.get_field(child.sealed_by).related_model is model
    )


def rows_of(model: type[InsertedOnce]) -> Iterator[list[Row]]:
    """Every one, in the order of the keys, so many at once. Of the events, those of before the chain."""
    label, clinic = model._meta.label_lower, path_to_clinic(model)
    rows: models.QuerySet[Any] = model._base_manager.order_by("pk")
    if model is Event:
        rows = rows.filter(number=None)
    last: Any = None
    while True:
        ahead = rows if last is None else rows.filter(pk__gt=last)
        some = list(ahead.values_list("pk", clinic or models.Value(None, models.UUIDField()))[:AT_ONCE])
        if not some:
            return
        yield [((label, key_text(pk)), owner) for pk, owner in some]
        last = some[-1][0]


@cache
def path_to_clinic(model: type[models.Model]) -> str:
    """By which the rows of a model say whose they are: the shortest way over keys, those that are never null first."""
    if model is Event:
        return "clinic_id"
    for may_be_null in (False, True):
        ways, seen = [("", model)], {model}
        for way, at in ways:
            for column in at._meta.concrete_fields:
                to = column.related_model
                if not isinstance(column, models.ForeignKey) or column.name == "history_user":
                    continue
                if (column.null and not may_be_null) or not isinstance(to, type) or to in seen:
                    continue
                if to._meta.label_lower == CLINIC:
                    return f"{way}{column.name}"
                seen.add(to)
                ways.append((f"{way}{column.name}__", to))
    return ""


def digests(keys: Iterable[Key]) -> Iterator[tuple[Key, str | None]]:
    """Of each, which are all of one model: None where it is gone."""
    for some in _batched(list(keys)):
        model = model_of(some[0][0])
        own = model._meta.pk
        tree = tree_of(model, [own.to_python(key) for _, key in some])
        for key in some:
            yield key, tree.digest(key) if key in tree.leaves else None


def _batched(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
