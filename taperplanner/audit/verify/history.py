"""Rows that change, each compared with the newest row of its history, which never does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import models

from taperplanner.row_digests import Content, content_of

from ..rows import path_to_clinic
from .finding import Finding

AT_ONCE: Final = 500
Model = type[models.Model]


def findings() -> Iterator[Finding]:
    for model in apps.get_models():
        if hasattr(model._meta, "simple_history_manager_attribute"):
            yield from _of(model)


def _of(model: Model) -> Iterator[Finding]:
    history = _history(model)
    for some in _rows(model):
        newest = {
            row.id: row for row in history.filter(id__in=[row.pk for row in some]).order_by("history_id")
        }
        clinics = dict(_clinics(model, [row.pk for row in some]))
        for row in some:
            said = f"The {model._meta.verbose_name} {row.pk}"
            if row.pk not in newest:
                yield Finding(clinics[row.pk], f"{said} has no history.")
            elif _tracked(model, row) != _tracked(model, newest[row.pk]):
                yield Finding(clinics[row.pk], f"{said} is not what its newest history says.")
    gone = (
        history.exclude(id__in=model._base_manager.values("pk"))
        .exclude(history_type="-")
        .order_by("history_id")
    )
    for pk in gone.values_list("id", flat=True)[:1]:
        yield Finding(None, f"The {model._meta.verbose_name} {pk} has a history and is gone.")


def _history(model: Model) -> models.QuerySet[Any]:
    name = model._meta.simple_history_manager_attribute  # type: ignore[attr-defined]
    rows: models.QuerySet[Any] = getattr(model, name).model._base_manager.all()
    return rows


def _tracked(model: Model, row: models.Model) -> Content:
    tracked = {column.attname for column in _history(model).model._meta.concrete_fields}
    tracked &= {column.attname for column in model._meta.concrete_fields}
    return {name: value for name, value in content_of(row).items() if name in tracked}


def _clinics(model: Model, keys: list[Any]) -> Iterator[tuple[Any, UUID | None]]:
    return iter(model._base_manager.filter(pk__in=keys).values_list("pk", path_to_clinic(model)))


def _rows(model: Model) -> Iterator[list[Any]]:
    rows, last = model._base_manager.order_by("pk"), None
    while some := list((rows if last is None else rows.filter(pk__gt=last))[:AT_ONCE]):
        yield some
        last = some[-1].pk
