"""Each way that silenced the append-only rules unseen, by the statement itself, and the check that finds it.

Only somebody who owns the tables can run these. Nothing refuses that; what they leave is found.
"""

from __future__ import annotations

import re
from typing import Final

import pytest
from django.core.checks import CheckMessage, run_checks
from django.db import connection

from taperplanner.append_only import append_only_models, missing_triggers
from taperplanner.catalogue.check import differences
from tests.world.tampering import run, settle, signed_with_a_row_in_every_table
from tests.world.universe import Universe

from .ways_of_postgresql import ON_POSTGRESQL
from .ways_of_sqlite import ON_SQLITE

on_sqlite: Final = pytest.mark.skipif("connection.vendor != 'sqlite'")
on_postgresql: Final = pytest.mark.skipif("connection.vendor != 'postgresql'")


def found() -> dict[str, str]:
    """What `check --database default` says: the id and the first of its sentences."""
    said: dict[str, str] = {}
    for message in run_checks(databases=["default"]):
        said.setdefault(str(message.id), message.msg)
    return said


def catalogue_messages() -> list[CheckMessage]:
    return [one for one in run_checks(databases=["default"]) if one.id != "append_only.E001"]


@pytest.fixture
def filled(universe: Universe) -> None:
    """A row in every table, as a clinic has them."""
    signed_with_a_row_in_every_table(universe)
    settle()


def test_a_healthy_database_says_nothing(filled: None) -> None:
    assert not run_checks(databases=["default"])


def test_every_append_only_table_is_compared(db: None) -> None:
    """Each of them, emptied of its columns by the test's own statement, is named."""
    for model in append_only_models():
        run(f"ALTER TABLE {model._meta.db_table} ADD COLUMN extra integer")
    named = {
        re.findall(r"The table (\w+) ", one.says)[0] for one in differences(connection, is_migrated=True)
    }
    assert named == {model._meta.db_table for model in append_only_models()}


@on_postgresql
@pytest.mark.parametrize(("code", "statement", "says"), ON_POSTGRESQL.values(), ids=ON_POSTGRESQL)
def test_on_postgresql_it_is_found(filled: None, code: str, statement: str, says: str) -> None:
    run(statement)
    said = [one.msg for one in catalogue_messages() if one.id == code]
    assert any(one.startswith(says) for one in said), said


@on_postgresql
def test_a_table_that_was_made_again_without_its_rules_is_found(filled: None) -> None:
    run("ALTER TABLE tapers_step RENAME TO put_away")
    run("CREATE TABLE tapers_step AS SELECT * FROM put_away")
    assert {"append_only.E001", "append_only.E003", "append_only.E004"} <= found().keys()


@on_postgresql
@pytest.mark.parametrize(
    "name", ["a view under its name", "one more trigger", "a rule that swallows", "a policy"]
)
def test_the_triggers_alone_would_not_have_seen_it(filled: None, name: str) -> None:
    """Why the catalogue is compared at all: each of these left every trigger where it was."""
    run(ON_POSTGRESQL[name][1])
    assert missing_triggers(connection) == []


@on_sqlite
@pytest.mark.parametrize(("code", "statements", "says"), ON_SQLITE.values(), ids=ON_SQLITE)
def test_on_sqlite_it_is_found(filled: None, code: str, statements: tuple[str, ...], says: str) -> None:
    for statement in statements:
        run(_made_again() if statement == "{made_again}" else statement)
    said = [one.msg for one in catalogue_messages() if one.id == code]
    assert any(one.startswith(says) for one in said), said


def _made_again() -> str:
    """The statement that made the table, without its one UNIQUE."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'put_away'")
        (text,) = cursor.fetchone()
    without = re.sub(r', CONSTRAINT "signed_product_once" UNIQUE \([^)]*\)', "", text)
    assert without != text
    return str(without.replace('"put_away"', '"tapers_signedproduct"'))


@on_sqlite
@pytest.mark.parametrize(
    "name", ["a view under its name", "one more trigger", "NOT NULL edited out of the schema"]
)
def test_the_triggers_alone_would_not_have_seen_it_on_sqlite(filled: None, name: str) -> None:
    for statement in ON_SQLITE[name][1]:
        run(statement)
    assert missing_triggers(connection) == []


def test_each_sentence_says_what_to_do(filled: None) -> None:
    run("ALTER TABLE tapers_step ADD COLUMN hidden text")
    (message,) = catalogue_messages()
    assert message.hint == (
        "Find out who changed it, and compare the rows with a backup: no trigger runs when a column is made anew."
    )


def test_while_migrations_wait_columns_are_not_compared_and_the_check_says_so(filled: None) -> None:
    run("ALTER TABLE tapers_step ADD COLUMN hidden text")
    run("DELETE FROM django_migrations WHERE app = 'tapers'")
    assert [one.id for one in run_checks(databases=["default"])] == ["append_only.W001"]


def test_what_acts_on_a_table_is_found_also_while_migrations_wait(filled: None) -> None:
    way = ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL
    statements = way["one more trigger"][1]
    for statement in [statements] if isinstance(statements, str) else statements:
        run(statement)
    run("DELETE FROM django_migrations WHERE app = 'tapers'")
    assert {"append_only.E005", "append_only.W001"} == found().keys()
