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


BEFORE_INSERT: Final = (
    "CREATE FUNCTION backdate() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN NEW.at := NEW.at - interval ''1 day''; RETURN NEW; END';"
)
ON_POSTGRESQL: Final = {
    "a rule that swallows": (
        "append_only.E005",
        "CREATE RULE swallow AS ON INSERT TO audit_event DO INSTEAD NOTHING",
        "The table audit_event has a rule, which may send rows elsewhere: swallow",
    ),
    "a rule beside": (
        "append_only.E005",
        "CREATE RULE copies AS ON INSERT TO audit_event DO ALSO NOTIFY copied",
        "The table audit_event has a rule, which may send rows elsewhere: copies",
    ),
    "one more trigger": (
        "append_only.E005",
        (f"{BEFORE_INSERT} CREATE TRIGGER backdate BEFORE INSERT ON audit_event"
        " FOR EACH ROW EXECUTE FUNCTION backdate()"),
        "The table audit_event has a trigger that is not ours: backdate",
    ),
    "one more trigger, of a name like ours": (
        "append_only.E005",
        (f"{BEFORE_INSERT} CREATE TRIGGER append_only_audit_event_a BEFORE UPDATE ON audit_event"
        " FOR EACH ROW EXECUTE FUNCTION backdate()"),
        "The table audit_event has a trigger that is not ours: append_only_audit_event_a",
    ),
    "row security": (
        "append_only.E005",
        "ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY",
        "The table audit_event has row security, which may hide or refuse rows.",
    ),
    "row security for the owner too": (
        "append_only.E005",
        "ALTER TABLE audit_event FORCE ROW LEVEL SECURITY",
        "The table audit_event has row security, which may hide or refuse rows.",
    ),
    "a policy": (
        "append_only.E005",
        "CREATE POLICY hides ON audit_event USING (action <> 'version_signed')",
        "The table audit_event has a policy, which may hide or refuse rows: hides",
    ),
    "a child": (
        "append_only.E005",
        "CREATE TABLE more_events () INHERITS (audit_event)",
        "The table audit_event has a child, whose rows stand among its own: more_events",
    ),
    "a partition of another table": (
        "append_only.E005",
        ("CREATE TABLE above (LIKE audit_event) PARTITION BY LIST (action);"
        " ALTER TABLE above ATTACH PARTITION audit_event DEFAULT"),
        "The table audit_event has a parent, whose statements reach its rows: above",
    ),
    "a partitioned table under its name": (
        "append_only.E002",
        ("ALTER TABLE audit_event RENAME TO put_away;"
        " CREATE TABLE audit_event (LIKE put_away) PARTITION BY LIST (action)"),
        "Under the name audit_event stands a partitioned table in place of the table.",
    ),
    "a view under its name": (
        "append_only.E002",
        "ALTER TABLE audit_event RENAME TO put_away; CREATE VIEW audit_event AS SELECT * FROM put_away",
        "Under the name audit_event stands a view in place of the table.",
    ),
    "a materialized view under its name": (
        "append_only.E002",
        ("ALTER TABLE audit_event RENAME TO put_away;"
        " CREATE MATERIALIZED VIEW audit_event AS SELECT * FROM put_away"),
        "Under the name audit_event stands a materialized view in place of the table.",
    ),
    "a foreign table under its name": (
        "append_only.E002",
        ("ALTER TABLE audit_event RENAME TO put_away; CREATE FOREIGN DATA WRAPPER elsewhere;"
        " CREATE SERVER away FOREIGN DATA WRAPPER elsewhere;"
        " CREATE FOREIGN TABLE audit_event (id uuid NOT NULL) SERVER away"),
        "Under the name audit_event stands a foreign table in place of the table.",
    ),
    "a temporary table under its name": (
        "append_only.E002",
        "CREATE TEMP TABLE audit_event (LIKE public.audit_event)",
        "The table audit_event is temporary, so it ends with the session.",
    ),
    "an unlogged table": (
        "append_only.E002",
        "ALTER TABLE audit_event SET UNLOGGED",
        "The table audit_event is unlogged, so a crash empties it.",
    ),
    "no table": (
        "append_only.E002",
        "DROP TABLE audit_event",
        "The table audit_event is not there.",
    ),
    "a column made anew of another type": (
        "append_only.E003",
        "ALTER TABLE tapers_step ALTER COLUMN days TYPE bigint USING days + 1",
        "The table tapers_step lacks a column that the product made: days integer, not null",
    ),
    "a column that may be empty": (
        "append_only.E003",
        "ALTER TABLE audit_event ALTER COLUMN user_name DROP NOT NULL",
        "The table audit_event lacks a column that the product made: user_name character varying(200), not null",
    ),
    "a column with a default": (
        "append_only.E003",
        "ALTER TABLE audit_event ALTER COLUMN user_id SET DEFAULT gen_random_uuid()",
        "The table audit_event has a column that the product did not make: user_id uuid, default gen_random_uuid()",
    ),
    "a generated column": (
        "append_only.E003",
        ("ALTER TABLE tapers_step DROP COLUMN days;"
        " ALTER TABLE tapers_step ADD COLUMN days integer GENERATED ALWAYS AS (position * 7) STORED"),
        "The table tapers_step lacks a column that the product made: days integer, not null",
    ),
    "one more column": (
        "append_only.E003",
        "ALTER TABLE tapers_step ADD COLUMN hidden text",
        "The table tapers_step has a column that the product did not make: hidden text",
    ),
    "a column in another collation": (
        "append_only.E003",
        "ALTER TABLE audit_event ALTER COLUMN action TYPE varchar(60) COLLATE \"C\"",
        "The table audit_event lacks a column that the product made: action character varying(60), not null",
    ),
    "no unique constraint": (
        "append_only.E004",
        "ALTER TABLE tapers_version DROP CONSTRAINT version_number_once_per_plan",
        "The table tapers_version lacks a constraint that the product made: unique plan_id , number",
    ),
    "no foreign key": (
        "append_only.E004",
        ("DO $$ BEGIN EXECUTE (SELECT 'ALTER TABLE tapers_version DROP CONSTRAINT ' || quote_ident(conname)"
        " FROM pg_constraint WHERE conrelid = 'tapers_version'::regclass AND contype = 'f'"
        " AND confrelid = 'tapers_plan'::regclass); END $$"),
        ("The table tapers_version lacks a constraint that the product made:"
        " foreign key plan_id references tapers_plan id deferrable initially deferred"),
    ),
    "a hollow constraint of the same name": (
        "append_only.E004",
        ("ALTER TABLE tapers_step DROP CONSTRAINT step_lasts_a_day;"
        " ALTER TABLE tapers_step ADD CONSTRAINT step_lasts_a_day CHECK (days >= 1 OR true)"),
        "The table tapers_step lacks a constraint that the product made: check days >= 1",
    ),
    "a constraint that is not looked after": (
        "append_only.E004",
        ("ALTER TABLE tapers_step DROP CONSTRAINT step_lasts_a_day;"
        " ALTER TABLE tapers_step ADD CONSTRAINT step_lasts_a_day CHECK (days >= 1) NOT VALID"),
        "The table tapers_step lacks a constraint that the product made: check days >= 1",
    ),
    "a constraint that lets nothing in": (
        "append_only.E004",
        "ALTER TABLE audit_event ADD CONSTRAINT quiet CHECK (action <> 'version_signed') NOT VALID",
        ("The table audit_event has a constraint that the product did not make:"
        " check action <> 'version_signed' not valid"),
    ),
    "no unique index": (
        "append_only.E004",
        "DROP INDEX emergency_closed_once",
        ("The table monitoring_emergencyentry lacks an index that the product made: create unique index"
        " emergency_closed_once on monitoring_emergencyentry emergency_id where kind = 'closed'"),
    ),
    "an index that runs a function": (
        "append_only.E004",
        ("CREATE FUNCTION tells(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1';"
        " CREATE INDEX told ON audit_event (tells(action))"),
        ("The table audit_event has an index that the product did not make:"
        " create index told on audit_event tells action"),
    ),
    "foreign keys switched off": (
        "append_only.E005",
        "ALTER TABLE tapers_version DISABLE TRIGGER ALL",
        "The table tapers_version has a foreign key whose trigger is switched off: ",
    ),
    "an event trigger": (
        "append_only.E005",
        ("CREATE FUNCTION undo() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
        " CREATE EVENT TRIGGER undo ON ddl_command_end EXECUTE FUNCTION undo()"),
        "The database has an event trigger, which may undo ours: undo",
    ),
    "a session without foreign keys": (
        "append_only.E006",
        "SET LOCAL session_replication_role = replica",
        "session_replication_role is replica: no foreign key is looked after.",
    ),
    "a role without foreign keys": (
        "append_only.E006",
        "ALTER ROLE CURRENT_USER SET session_replication_role = replica",
        "For the role postgres session_replication_role is set to 'replica'.",
    ),
    "a database without foreign keys": (
        "append_only.E006",
        ("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET session_replication_role = replica',"
        " current_database()); END $$"),
        "For the database session_replication_role is set to 'replica'.",
    ),
    "a role that becomes another": (
        "append_only.E006",
        "ALTER ROLE CURRENT_USER SET role = 'pg_read_all_data'",
        "For the role postgres role is set to 'pg_read_all_data'.",
    ),
    "a role that looks elsewhere first": (
        "append_only.E006",
        "CREATE SCHEMA evil; ALTER ROLE CURRENT_USER SET search_path = evil, public",
        "For the role postgres search_path puts another schema first: evil, public",
    ),
    "a database that looks elsewhere first": (
        "append_only.E006",
        ("CREATE SCHEMA evil; DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = evil, public',"
        " current_database()); END $$"),
        "For the database search_path puts another schema first: evil, public",
    ),
    "a schema of the role's own name": (
        "append_only.E006",
        ("CREATE SCHEMA evil; CREATE TABLE evil.audit_event (LIKE audit_event);"
        " ALTER SCHEMA evil RENAME TO postgres"),
        "The schema postgres is looked at before public, where the tables are.",
    ),
    "two tables of one name on the path": (
        "append_only.E006",
        ("CREATE SCHEMA evil; CREATE TABLE evil.audit_event (LIKE audit_event);"
        " SET LOCAL search_path = evil, public"),
        "The schema evil has something of the name audit_event too, beside public.",
    ),
}  # fmt: skip


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


REBUILT: Final = (
    "ALTER TABLE audit_event RENAME TO put_away;",
    "CREATE TABLE audit_event AS SELECT * FROM put_away;",
)
EDITED: Final = (
    "PRAGMA writable_schema = ON;",
    "UPDATE sqlite_master SET sql = replace(sql, {old}, {new}) WHERE name = 'tapers_step';",
    "PRAGMA writable_schema = OFF;",
)
ON_SQLITE: Final = {
    "a view under its name": (
        "append_only.E002",
        ("ALTER TABLE audit_event RENAME TO put_away;", "CREATE VIEW audit_event AS SELECT * FROM put_away;"),
        "Under the name audit_event stands a view in place of the table.",
    ),
    "a view under its name in capitals": (
        "append_only.E002",
        ("ALTER TABLE audit_event RENAME TO put_away;", "CREATE VIEW AUDIT_EVENT AS SELECT * FROM put_away;"),
        "Under the name audit_event stands a view in place of the table.",
    ),
    "a virtual table under its name": (
        "append_only.E002",
        ("ALTER TABLE audit_event RENAME TO put_away;", "CREATE VIRTUAL TABLE audit_event USING rtree(a, b, c);"),
        "Under the name audit_event stands a virtual table in place of the table.",
    ),
    "no table": ("append_only.E002", ("DROP TABLE audit_event;",), "The table audit_event is not there."),
    "one more trigger": (
        "append_only.E005",
        ("CREATE TRIGGER quiet BEFORE INSERT ON audit_event BEGIN SELECT RAISE(IGNORE); END;",),
        "The table audit_event has a trigger that is not ours: quiet",
    ),
    "one more trigger, of a name like ours": (
        "append_only.E005",
        ("CREATE TRIGGER append_only_a AFTER INSERT ON audit_event BEGIN SELECT 1; END;",),
        "The table audit_event has a trigger that is not ours: append_only_a",
    ),
    "a table made again without its constraints": (
        "append_only.E003",
        REBUILT,
        "The table audit_event lacks a column that the product made: id char ( 32 ) not null primary key",
    ),
    "a table made again without one UNIQUE": (
        "append_only.E004",
        (
            "ALTER TABLE tapers_signedproduct RENAME TO put_away;",
            "{made_again}",
        ),
        ("The table tapers_signedproduct lacks a constraint that the product made:"
        " constraint signed_product_once unique ( version_id , number )"),
    ),
    "a constraint edited out of the schema": (
        "append_only.E004",
        tuple(one.format(old="'\"days\" >= 1'", new="'\"days\" >= 0'") for one in EDITED),
        ("The table tapers_step lacks a constraint that the product made:"
        " constraint step_lasts_a_day check ( days >= 1 )"),
    ),
    "NOT NULL edited out of the schema": (
        "append_only.E003",
        tuple(one.format(old="'\"days\" integer unsigned NOT NULL'", new="'\"days\" integer unsigned NULL'")
              for one in EDITED),
        "The table tapers_step lacks a column that the product made: days integer unsigned not null",
    ),
    "rows that meet another are left out": (
        "append_only.E004",
        tuple(one.format(old="'CHECK (\"days\" >= 1)'", new="'CHECK (1), UNIQUE (id) ON CONFLICT IGNORE'")
              for one in EDITED),
        ("The table tapers_step has a constraint that the product did not make:"
        " unique ( id ) on conflict ignore"),
    ),
    "one more column": (
        "append_only.E003",
        ("ALTER TABLE tapers_step ADD COLUMN hidden text;",),
        "The table tapers_step has a column that the product did not make: hidden text",
    ),
    "a generated column": (
        "append_only.E003",
        ("ALTER TABLE tapers_step ADD COLUMN doubled integer AS (days * 2);",),
        "The table tapers_step has a column that the product did not make: doubled integer as ( days * 2 )",
    ),
    "no unique index": (
        "append_only.E004",
        ("DROP INDEX emergency_closed_once;",),
        ("The table monitoring_emergencyentry lacks an index that the product made: create unique index"
        " emergency_closed_once on monitoring_emergencyentry ( emergency_id ) where kind = 'closed'"),
    ),
    "an index that the product did not make": (
        "append_only.E004",
        ("CREATE UNIQUE INDEX one_event ON audit_event (action, id);",),
        ("The table audit_event has an index that the product did not make:"
        " create unique index one_event on audit_event ( action , id )"),
    ),
}  # fmt: skip


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
