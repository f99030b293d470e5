"""Migrations undone step by step, as `manage.py migrate ROOM NAME` undoes them, and all rows before and after."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

from taperplanner.audit.verify.evidence import findings

Key = tuple[str, str]
ROOMS: Final = (
    "accounts",
    "audit",
    "clock",
    "day_book",
    "handouts",
    "monitoring",
    "patients",
    "protocols",
    "stays",
    "tapers",
)
# By patients.0004, from the same names; at the end of a migrate, from the same records.
MADE_ANEW: Final = {"patients_searchkey": "id", "day_book_due": "id"}
OTHERS: Final = {"django_migrations", "sqlite_sequence"}


def undo_all(since: Collection[Key], *, one_by_one: bool = True) -> tuple[list[str], dict[str, str]]:
    """What was undone of the migrations that came after those, and why each that is refused is.

    Not one by one: all of a room at once, where that is not refused.
    """
    undone: list[str] = []
    refused: dict[str, str] = {}
    while steps := [one for one in newest(since) if str(one) not in refused]:
        step, before = steps[0], applied()
        none = (step.app_label, "zero")  # of a room that is new
        if one_by_one or _refusal(next((leaf for leaf in since if leaf[0] == step.app_label), none)):
            earlier = [room for room in step.dependencies if room[0] == step.app_label] or [none]
            if refusal := _refusal((earlier[0][0], earlier[0][1])):
                refused[str(step)] = refusal
        undone += sorted(f"{room}.{name}" for room, name in before - applied())
    return undone, refused


def _refusal(to: Key) -> str:
    try:
        call_command("migrate", *to, verbosity=0, interactive=False, skip_checks=True)
    except CommandError as problem:
        return str(problem)
    return ""


def newest(since: Collection[Key]) -> list[Migration]:
    """On which no other that is applied depends, of those that came after."""
    loader = MigrationExecutor(connection).loader
    kept = {node for leaf in since for node in loader.graph.forwards_plan(leaf)}
    return [
        loader.graph.nodes[key]
        for key in sorted(loader.applied_migrations)
        if key[0] in ROOMS
        and key not in kept
        and not any(child.key in loader.applied_migrations for child in loader.graph.node_map[key].children)
    ]


def applied() -> set[Key]:
    return set(MigrationExecutor(connection).loader.applied_migrations)


def all_rows() -> dict[str, list[str]]:
    """By column, since a column that is dropped and made again comes to stand last."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names()) - OTHERS):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description or []]
            found[table] = sorted(
                str(sorted((name, plain(value)) for name, value in zip(columns, row, strict=True)
                           if name != MADE_ANEW.get(table)))
                for row in cursor.fetchall()
            )  # fmt: skip
    return found


def plain(value: Any) -> str:
    return str(bytes(value) if isinstance(value, memoryview) else value)


def what_is_wrong() -> list[str]:
    """What `audit_verify`, `check --database default` and `makemigrations --check` find. `verify_signed` raises."""
    call_command("verify_signed", verbosity=0)
    found = [finding.sentence for finding in findings()]
    found += [str(message) for message in run_checks(tags=[Tags.database], databases=["default"])]
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0, skip_checks=True)
    except SystemExit:
        found.append("Migrations do not say what the models say.")
    return found
