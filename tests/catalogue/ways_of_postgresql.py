"""Each way on PostgreSQL: the id of what finds it, the statement, and how the sentence begins."""

from __future__ import annotations

from typing import Final

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
