"""A word of its own in every text of a clinic, which no answer to anybody of another clinic may hold.

The texts are found by walking the models, so that a new column has its canary by itself: text, JSON and stored files, of
every row that was written while the clinic was made. Columns of fixed choices get one too, since SQLite is told not to
ask; PostgreSQL leaves them as they are. Its pages can no longer be shown, and nobody asks for them: what reads a row
of it does so by mistake, and shows the canary or ends in an error.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.http import HttpResponse

from taperplanner.append_only import drop_triggers, install_triggers

# A search for the first three letters finds all of them, and is no canary itself.
SEARCH: Final = "zqx"
CANARY: Final = re.compile(rb"zqxv\d+")
PICTURE: Final = re.compile(rb"data:[a-z]+/[a-z+]+;base64,([A-Za-z0-9+/=]+)")
# Of nobody's clinic: what Django says of the product itself.
OF_NO_CLINIC: Final = frozenset(
    {"contenttypes.ContentType", "auth.Permission", "auth.Group", "sessions.Session", "accounts.Session"}
)
TEXTS: Final = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


@dataclass
class Planted:
    """`models`: those with a row. `left`: columns of them that took no canary."""

    models: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)


def text_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [
        column
        for column in model._meta.concrete_fields
        if isinstance(column, TEXTS) and not column.is_relation and not column.primary_key
    ]


def every_model() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label not in OF_NO_CLINIC and model._meta.managed:
            yield model


@contextmanager
def plant() -> Iterator[Planted]:
    """In every text of every row that is written meanwhile."""
    planted = Planted()
    before = {model: set(_rows(model).values_list("pk", flat=True)) for model in every_model()}
    yield planted
    canary = canaries()
    with _past_what_the_database_asks():
        for model, known in before.items():
            for row in _rows(model):
                if row.pk not in known:
                    planted.left |= set(_mark(row, canary))
                    planted.models.add(model._meta.label)


@contextmanager
def _past_what_the_database_asks() -> Iterator[None]:
    is_sqlite = connection.vendor == "sqlite"
    connection.check_constraints()  # PostgreSQL alters no table that has deferred checks waiting
    drop_triggers(connection)
    with connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        yield
        if is_sqlite:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
    connection.check_constraints()
    install_triggers(connection)


def canaries() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"zqxv{next(numbers)}"


def found_in(answer: HttpResponse) -> list[str]:
    """Canaries in a body, a header, a file's name, a cookie or a picture."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
    pictures = b" ".join(base64.b64decode(picture) for picture in PICTURE.findall(body))
    around = f"{answer.reason_phrase} {list(answer.items())} {answer.cookies}".encode()
    return sorted({found.decode() for found in CANARY.findall(b" ".join((body, pictures, around)))})


def _rows(model: type[models.Model]) -> models.QuerySet[models.Model]:
    """Past what the model's own manager hides or refuses."""
    return models.QuerySet(model)


def _mark(row: models.Model, canary: Callable[[], str]) -> Iterator[str]:
    for column in text_fields(type(row)):
        value = _instead_of(getattr(row, column.attname), column, canary)
        try:
            with transaction.atomic():
                _rows(type(row)).filter(pk=row.pk).update(**{column.attname: value})
        except DatabaseError:
            yield f"{row._meta.label}.{column.name}"


def _instead_of(value: Any, column: models.Field[Any, Any], canary: Callable[[], str]) -> Any:
    if isinstance(column, models.BinaryField):
        return f"%PDF-1.7 /Type /Page {canary()}".encode()
    if isinstance(column, models.JSONField):
        return _in_json(value, canary) or [canary()]
    return f"{canary()}@x.example" if isinstance(column, models.EmailField) else canary()


def _in_json(value: Any, canary: Callable[[], str]) -> Any:
    if isinstance(value, dict):
        return {key: _in_json(one, canary) for key, one in value.items()}
    if isinstance(value, list):
        return [_in_json(one, canary) for one in value]
    return canary() if isinstance(value, str) else value
