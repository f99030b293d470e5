"""What the application's role is refused: in each table whose rows never change, and anywhere."""

from __future__ import annotations

from typing import Final

REFUSED: Final = {
    "change": "UPDATE {table} SET {column} = {column}",
    "deletion": "DELETE FROM {table}",
    "emptying": "TRUNCATE {table} CASCADE",
    "lock": "SELECT 1 FROM {table} FOR UPDATE",
    "trigger": "DROP TRIGGER append_only_{table}_update ON {table}",
    "trigger switched off": "ALTER TABLE {table} DISABLE TRIGGER append_only_{table}_update",
    "column": "ALTER TABLE {table} ADD COLUMN extra text",
    "table gone": "DROP TABLE {table} CASCADE",
    "rule": "CREATE RULE swallow AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "policy": "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "one more trigger": "CREATE TRIGGER more BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION append_only_refuse()",
    "a child": "CREATE TABLE child () INHERITS ({table})",
    "a table that refers to it": "CREATE TABLE public.refers (id {table})",
}
REFUSED_ONCE: Final = {
    "table": "CREATE TABLE extra (id integer)",
    "temporary table": "CREATE TEMPORARY TABLE audit_event (id integer)",
    "schema": "CREATE SCHEMA extra",
    "function": "CREATE OR REPLACE FUNCTION append_only_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "function, altered": "ALTER FUNCTION append_only_refuse() RENAME TO other",
    "role": "CREATE ROLE extra",
    "foreign keys off": "SET session_replication_role = replica",
    "another owner": "SET ROLE {owner}",
    "the owner's grants": "GRANT {owner} TO CURRENT_USER",
    "default": "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT ALL ON TABLES TO CURRENT_USER",
    "migrations": "DELETE FROM django_migrations",
    "file": "COPY audit_event TO '/tmp/never-written'",
    "program": "COPY audit_event TO PROGRAM 'true'",
}
