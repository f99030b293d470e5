"""What a migration does to a big table on PostgreSQL while nobody else may use it.

A statement is passed if it is known to touch no row under its lock. Whatever else names a big table is found, so that a
form nobody thought of is found too. `test_locks.py` asks PostgreSQL itself about each form.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from django.apps import apps
from django.db import connection, models
from django.db.migrations import Migration, RunPython, SeparateDatabaseAndState
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation

from taperplanner.append_only import append_only_models

TABLE: Final = re.compile(
    r"(?:ALTER TABLE|CREATE TABLE|UPDATE|DELETE FROM|INSERT INTO|COMMENT ON TABLE|DROP TABLE| ON)"
    r'(?: IF (?:NOT )?EXISTS| ONLY)? "([a-z0-9_]+)"'
)
LITERAL: Final = r"(?:'[^']*'|-?[0-9.]+|true|false|NULL)(?:::[a-z0-9 ()]+)?"
# Under ACCESS EXCLUSIVE or SHARE, but of the catalogue alone.
NO_ROW: Final = re.compile(
    r'ALTER TABLE "[a-z0-9_]+" (?:'
    r'ALTER COLUMN "[a-z0-9_]+" (?:DROP (?:DEFAULT|NOT NULL)|SET DEFAULT .*)'
    r'|DROP (?:CONSTRAINT|COLUMN) (?:IF EXISTS )?"[a-z0-9_]+"(?: CASCADE)?'
    r"|RENAME (?:TO|COLUMN|CONSTRAINT) .*"
    r'|ADD CONSTRAINT "[a-z0-9_]+" (?:.* NOT VALID|(?:UNIQUE|PRIMARY KEY) USING INDEX .*)'
    r"|(?:ENABLE|DISABLE) (?:ALWAYS )?TRIGGER .*"
    r")"
    r"|CREATE (?:UNIQUE )?INDEX CONCURRENTLY .*"
    r"|DROP INDEX .*|(?:CREATE|DROP) TRIGGER .*|COMMENT ON .*"
)
NEW_COLUMN: Final = re.compile(
    r'ALTER TABLE "[a-z0-9_]+" ADD COLUMN "[a-z0-9_]+" (?P<type>[a-z0-9() ]+?)'
    rf"(?: DEFAULT {LITERAL}(?: NOT)? NULL| NULL(?: CONSTRAINT \"[a-z0-9_]+\" REFERENCES .*)?)?"
)
NAME_NO_TABLE: Final = ("SET CONSTRAINTS ", "DROP INDEX ")  # the first is of what is new or was put off
VALIDATE: Final = re.compile(r'ALTER TABLE "[a-z0-9_]+" VALIDATE CONSTRAINT .*')
COUNTED_TYPES: Final = ("serial", "generated", "identity")  # a new value a row


def big_tables() -> set[str]:
    """Every append-only table, and whatever belongs to a patient."""
    return {model._meta.db_table for model in [*append_only_models(), *apps.get_models()] if is_big(model)}


def is_big(model: type[models.Model]) -> bool:
    return model in append_only_models() or _is_of_a_patient(model, set())


def _is_of_a_patient(model: type[models.Model], seen: set[type[models.Model]]) -> bool:
    if model in seen:
        return False
    seen.add(model)
    if model._meta.label == "patients.Patient":
        return True
    parents = (field.related_model for field in model._meta.fields if isinstance(field, models.ForeignKey))
    return any(_is_of_a_patient(parent, seen) for parent in parents if isinstance(parent, type))


def found_since(kept: Collection[tuple[str, str]]) -> dict[str, list[str]]:
    """By migration: each statement or function that works on the rows of a big table under its lock."""
    executor = MigrationExecutor(connection)
    before = {node for leaf in kept for node in executor.loader.graph.forwards_plan(leaf)}
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    state = executor._create_project_state()  # type: ignore[attr-defined]
    big, found = big_tables(), {}
    for migration, _ in plan:
        if (migration.app_label, migration.name) in before:
            state = migration.mutate_state(state, preserve=False)
            continue
        with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        wrong = [*of_functions(migration), *of_statements(editor.collected_sql, big, atomic=migration.atomic)]
        if wrong:
            found[str(migration)] = wrong
    return found


def of_functions(migration: Migration) -> Iterator[str]:
    """One transaction holds what it locks until its last row; lots of rows need one each."""
    for operation in _flat(migration.operations):
        if isinstance(operation, RunPython) and (migration.atomic or operation.atomic):
            yield f"RunPython in one transaction: {operation.code.__name__}"


def _flat(operations: Collection[Operation]) -> Iterator[Operation]:
    for operation in operations:
        yield operation
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)


def of_statements(collected: Collection[str], big: Collection[str], *, atomic: bool = True) -> Iterator[str]:
    made: set[str] = set()
    for statement in _statements(collected):
        table = next(iter(TABLE.findall(statement)), "")
        if statement.startswith("CREATE TABLE "):
            made.add(table)
        elif not table:
            if not statement.startswith(NAME_NO_TABLE):
                yield statement
        elif table in big and table not in made and not touches_no_row(statement, atomic=atomic):
            yield statement


def touches_no_row(statement: str, *, atomic: bool) -> bool:
    if VALIDATE.fullmatch(statement):
        return not atomic  # alone it locks nobody out; in one transaction with NOT VALID it does
    if " ADD COLUMN " in statement:
        new = NEW_COLUMN.fullmatch(statement)
        return bool(new) and not any(word in new["type"] for word in COUNTED_TYPES)
    return bool(NO_ROW.fullmatch(statement))


def _statements(collected: Collection[str]) -> Iterator[str]:
    for text in collected:
        if not text.startswith("--"):
            yield from (part.strip() for part in text.rstrip(";").split("; ") if part.strip())
