"""A migration that keeps everybody from a big table while it reads or writes its rows is refused.

Those that were released, or are excused with a reason, stand in EXCUSED. PostgreSQL itself is asked whether each form
that is passed touches a row, and whether each that is found does.
"""

from __future__ import annotations

from typing import Final

import pytest
from django.apps import apps
from django.db import connection, migrations

from .locks import big_tables, found_since, is_big, of_functions, of_statements
from .test_upgrade import demo

on_postgresql: Final = pytest.mark.skipif("connection.vendor != 'postgresql'")
SMALL: Final = {
    "accounts.Clinic": "a row a clinic",
    "accounts.User": "a row a person who works there",
    "accounts.SentForm": "cleared every night",
    "accounts.Session": "cleared every night",
    "protocols.Protocol": "some a clinic",
    "handouts.PrintChoice": "a row a person who prints",
    "handouts.PrintBatch": "a row each time that many papers are printed at once",
}
# Of before the first release. How long each takes is measured by `python -m tests.upgrade_time`.
RULE: Final = "reads its table once, to see that a rule holds"
KEY: Final = "reads its table once, for an index"
EXCUSED: Final = {
    "accounts.0008_sessions": "deletes the sessions, which clearsessions keeps few",
    "audit.0002_chain": "reads its table twice, for a rule and an index of no row",
    "handouts.0004_carry_how_patients_read": "writes one row and one of its history for a patient who has a paper",
    "monitoring.0005_emergency_before_its_check_in": KEY,
    "monitoring.0006_quantities_taken": RULE,
    "monitoring.0009_dose_as_needed_taken": RULE,
    "patients.0004_search_keys_with_and_without_signs": "makes the keys of all patients again, 500 patients at once",
    "patients.0007_birth_date_or_only_its_year": RULE,
    "patients.0008_restricted_patients": KEY,
    "patients.0009_found_by_phone_part_and_slip": "adds keys of all patients, 200 patients at once",
    "patients.0010_sex_as_recorded": RULE,
    "tapers.0005_product_revision": RULE,
    "tapers.0007_typists_of_open_drafts": "writes a row for each open draft",
    "tapers.0008_one_open_plan_per_drug_in_any_case": KEY,
    "tapers.0009_last_day_of_an_ended_plan": RULE,
    "tapers.0010_strength_as_labelled": RULE,
    "tapers.0011_patterns_drops_and_as_needed": RULE,
    "tapers.0012_start_or_bridge": RULE,
    "tapers.0013_year_of_birth_as_signed": RULE,
    "tapers.0014_drops_have_both_labels": RULE,
}
B: Final = "big"
PASSED: Final = {
    "a column without a value": 'ALTER TABLE "big" ADD COLUMN "new" integer NULL',
    "a column with one value for all": 'ALTER TABLE "big" ADD COLUMN "new" varchar(9) DEFAULT \'\' NOT NULL',
    "a column that points at a row, without a value": (
        'ALTER TABLE "big" ADD COLUMN "new" integer NULL CONSTRAINT "points" REFERENCES "other"("id")'
        " DEFERRABLE INITIALLY DEFERRED"
    ),
    "a column that goes": 'ALTER TABLE "big" DROP COLUMN "words" CASCADE',
    "a column that may be empty": 'ALTER TABLE "big" ALTER COLUMN "number" DROP NOT NULL',
    "a rule for new rows": 'ALTER TABLE "big" ADD CONSTRAINT "rule" CHECK ("number" > 0) NOT VALID',
    "a rule that goes": 'ALTER TABLE "big" DROP CONSTRAINT "big_pkey"',
    "another name": 'ALTER TABLE "big" RENAME COLUMN "number" TO "count"',
}
FOUND: Final = {
    "an index": 'CREATE INDEX "i" ON "big" ("number")',
    "an index of a condition": 'CREATE UNIQUE INDEX "i" ON "big" ("id") WHERE "number" IS NOT NULL',
    "a value of its own for each row": 'ALTER TABLE "big" ADD COLUMN "new" uuid DEFAULT gen_random_uuid() NOT NULL',
    "the time of each row": 'ALTER TABLE "big" ADD COLUMN "new" timestamptz DEFAULT clock_timestamp() NOT NULL',
    "a number for each row": 'ALTER TABLE "big" ADD COLUMN "new" serial NOT NULL',
    "a new column with a rule": 'ALTER TABLE "big" ADD COLUMN "new" integer NULL CHECK ("new" >= 0)',
    "a new column that is unique": 'ALTER TABLE "big" ADD COLUMN "new" integer NULL UNIQUE',
    "a new column that points at one row for all": (
        'ALTER TABLE "big" ADD COLUMN "new" integer DEFAULT 1 NOT NULL CONSTRAINT "points" REFERENCES "other"("id")'
    ),
    "a column of another type": 'ALTER TABLE "big" ALTER COLUMN "number" TYPE bigint USING "number"::bigint',
    "a shorter column": 'ALTER TABLE "big" ALTER COLUMN "words" TYPE varchar(5)',
    "a column that may not be empty": 'ALTER TABLE "big" ALTER COLUMN "maybe" SET NOT NULL',
    "a rule for all rows": 'ALTER TABLE "big" ADD CONSTRAINT "rule" CHECK ("number" > 0)',
    "a foreign key": 'ALTER TABLE "big" ADD CONSTRAINT "key" FOREIGN KEY ("number") REFERENCES "other" ("id")',
    "a unique rule": 'ALTER TABLE "big" ADD CONSTRAINT "once" UNIQUE ("id", "number")',
    "every row written": 'UPDATE "big" SET "words" = \'\'',
    "every row deleted": 'DELETE FROM "big"',
}


def test_which_tables_are_big_is_known_of_every_model() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("taperplanner.")]
    assert {model._meta.label for model in ours if not is_big(model)} == set(SMALL)
    assert {"tapers_step", "tapers_version", "audit_event", "monitoring_dispensing"} < big_tables()


@on_postgresql
@pytest.mark.django_db
def test_no_migration_keeps_everybody_from_a_big_table_but_those_that_are_excused() -> None:
    found = found_since([(room, name) for room, name in demo()["leaves"]])
    assert {name: wrong for name, wrong in found.items() if name not in EXCUSED} == {}
    assert EXCUSED.keys() - found.keys() == set(), "an excuse that nobody needs"


@pytest.mark.parametrize("statement", PASSED.values(), ids=PASSED)
def test_what_touches_no_row_is_passed(statement: str) -> None:
    assert list(of_statements([f"{statement};"], {B})) == []


@pytest.mark.parametrize("statement", FOUND.values(), ids=FOUND)
def test_what_touches_rows_under_a_lock_is_found(statement: str) -> None:
    assert list(of_statements([f"{statement};"], {B})) == [statement]
    assert list(of_statements([f'CREATE TABLE "{B}" ("id" integer)', statement], {B})) == [], (
        "a new table has none"
    )
    assert list(of_statements([statement], {"another"})) == []


def test_a_statement_that_nobody_thought_of_is_found() -> None:
    assert list(of_statements(['CLUSTER "big"'], {B}))
    assert list(of_statements(['ALTER TABLE "big" SET TABLESPACE "there"'], {B}))


def test_a_rule_is_validated_in_a_transaction_of_its_own() -> None:
    validate = 'ALTER TABLE "big" VALIDATE CONSTRAINT "rule"'
    assert list(of_statements([validate], {B}, atomic=True)) == [validate]
    assert list(of_statements([validate], {B}, atomic=False)) == []


def test_a_function_that_works_in_one_transaction_is_found() -> None:
    class OneForAll(migrations.Migration):
        operations = [migrations.RunPython(migrations.RunPython.noop)]

    class Lots(OneForAll):
        atomic = False

    assert list(of_functions(OneForAll("all", "room"))) == ["RunPython in one transaction: noop"]
    assert list(of_functions(Lots("lots", "room"))) == []


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "touches"),
    [*((one, False) for one in PASSED.values()), *((one, True) for one in FOUND.values())],
    ids=[*PASSED, *FOUND],
)
def test_postgresql_says_the_same(statement: str, *, touches: bool) -> None:
    """Whether the table became another file, or rows of it were read or written."""
    with connection.cursor() as cursor:
        cursor.execute('CREATE TABLE "other" ("id" integer PRIMARY KEY)')
        cursor.execute(
            'CREATE TABLE "big" ("id" integer PRIMARY KEY, "number" integer NOT NULL, "words" varchar(20) NOT NULL,'
            ' "maybe" integer NULL)'
        )
        cursor.execute('INSERT INTO "other" SELECT generate_series(1, 100)')
        cursor.execute("""INSERT INTO "big" SELECT n, n, 'word', n FROM generate_series(1, 100) AS n""")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

        def state() -> tuple[int, int]:
            cursor.execute(
                "SELECT pg_relation_filenode('big'), pg_stat_get_xact_tuples_returned(oid)"
                " + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)"
                " FROM pg_class WHERE relname = 'big'"
            )
            found = cursor.fetchone()
            return int(found[0]), int(found[1])

        before = state()
        cursor.execute(statement)
        assert (state() != before) == touches
