"""The way of each table to its clinic, walked over the models' foreign keys: `python -m tests.cluster.paths` prints docs/scaling.md's table.

A person's clinic is where they work. That somebody signed a row says whose it is only where nothing else does.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterator
from typing import Final

from django.apps import apps
from django.db.models import ForeignKey, Model

HEAD: Final = "| table | to its clinic | steps |\n| --- | --- | --- |"
CLINIC, USER = "accounts.Clinic", "accounts.User"
# An event outlives the rows that it names. One of no clinic, such as a failed sign-in, has none.
PLAIN: Final = {"audit.Event": "clinic_id (may be empty)"}
# Tables of no clinic, each with why; on every machine they would be whole (Citus: a reference table, or a local one).
OF_NO_CLINIC: Final = {
    "auth.Group": "of Django; nobody is in one",
    "auth.Group_permissions": "of Django; empty",
    "auth.Permission": "of Django; written by migrate",
    "contenttypes.ContentType": "of Django; written by migrate",
    "sessions.Session": "of Django; empty, since sessions are in accounts_session",
}


def models() -> list[type[Model]]:
    return sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.db_table)


def path(model: type[Model]) -> list[ForeignKey[Model, Model]] | None:
    """The shortest, over a person only where there is no other, and of keys that may not be empty where there is one."""
    for over_people in (False, True):
        for may_be_empty in (False, True):
            found = _shortest(model, may_be_empty=may_be_empty, over_people=over_people)
            if found is not None:
                return found
    return None


def in_words(model: type[Model]) -> str:
    label = model._meta.label
    if label == CLINIC:
        return "is the clinic"
    if label in PLAIN:
        return f"{PLAIN[label]}, a plain value"
    found = path(model)
    if found is None:
        return f"none: {OF_NO_CLINIC[label]}"
    return " → ".join(f"{key.column}{' (may be empty)' if key.null else ''}" for key in found)


def steps(model: type[Model]) -> int:
    return 1 if model._meta.label in PLAIN else len(path(model) or ())


def table() -> str:
    rows = (f"| {model._meta.db_table} | {in_words(model)} | {steps(model)} |" for model in models())
    return "\n".join([HEAD, *rows])


def _shortest(
    model: type[Model], *, may_be_empty: bool, over_people: bool
) -> list[ForeignKey[Model, Model]] | None:
    if model._meta.label == CLINIC:
        return []
    waiting: deque[tuple[type[Model], list[ForeignKey[Model, Model]]]] = deque([(model, [])])
    seen = {model}
    while waiting:
        here, keys = waiting.popleft()
        for key in _keys(here, may_be_empty=may_be_empty, over_people=over_people):
            there = key.related_model
            if there._meta.label == CLINIC:
                return [*keys, key]
            if there not in seen:
                seen.add(there)
                waiting.append((there, [*keys, key]))
    return None


def _keys(model: type[Model], *, may_be_empty: bool, over_people: bool) -> Iterator[ForeignKey[Model, Model]]:
    for key in model._meta.concrete_fields:
        if not isinstance(key, ForeignKey) or (key.null and not may_be_empty):
            continue
        if over_people or key.related_model._meta.label != USER:
            yield key


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taperplanner.settings")
    django.setup()
    sys.stdout.write(f"{table()}\n")
