"""Two people, one record: the second to save is told, and loses nothing they typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.db import models
from django.utils.choices import flatten_choices

M = TypeVar("M", bound=models.Model)


class EditedMeanwhile(Exception):
    """The record was changed since the page was opened. `current` is what it says now."""

    def __init__(self, current: Any) -> None:
        super().__init__(type(current).__name__)
        self.current = current


@dataclass(frozen=True)
class Difference:
    label: str
    theirs: str
    yours: str


def lock_unchanged(row: M, *, revision: int) -> M:
    """The row, locked until the transaction ends, with its revision moved on (not yet saved).

    Raises: EditedMeanwhile if the row's revision is no longer the one given.
    """
    current: Any = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if current.revision != revision:
        raise EditedMeanwhile(current)
    current.revision += 1
    return current  # type: ignore[no-any-return]


def differences(form: forms.BaseForm, theirs: dict[str, Any], names: Iterable[str]) -> list[Difference]:
    """What the record says now beside what was typed, for each field that differs."""
    found = []
    for name in names:
        field = form[name]
        now_text = _in_words(field.field, field.field.prepare_value(theirs.get(name)))
        yours = _in_words(field.field, field.value())
        if now_text != yours:
            found.append(Difference(str(field.label), now_text, yours))
    return found


def _in_words(field: forms.Field, value: Any) -> str:
    """As the page says it: a choice by its label, several of them one after the other."""
    if value is None:
        return ""
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(sorted(_in_words(field, one) for one in value))
    text = str(value).replace("\r\n", "\n")  # a browser sends lines with both
    choices: Iterable[tuple[Any, Any]] = flatten_choices(getattr(field, "choices", ()))
    return next((str(label) for key, label in choices if str(key) == str(value)), text)
