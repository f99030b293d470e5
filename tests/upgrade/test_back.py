"""Migrations of a populated database are undone and made again: nothing is lost, and what would be lost is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from taperplanner import lock_waits
from taperplanner.going_back import losses
from taperplanner.lock_waits import waits_briefly
from taperplanner.tapers.models import Version

from ..world.tampering import signed_with_a_row_in_every_table
from ..world.universe import Universe
from .back import Key, all_rows, applied, undo_all, what_is_wrong
from .test_upgrade import another_database, demo, fill, run

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("upgrade")]
RELEASE: Final[list[Key]] = [(room, name) for room, name in demo()["leaves"]]
NO_COLUMN: Final = "brought a rule, a choice or rows that are made anew, and no column"
UNSAID: Final = "brought columns in which nobody said anything here"
UNDONE_FREELY: Final = {
    "accounts.0004_forms_taken_once": "what it brought is forgotten anyway",
    "accounts.0005_second_factor_required": UNSAID,
    "accounts.0009_folded_panels": "every panel is open again",
    "accounts.0008_sessions": "what it brought is forgotten anyway",
    "accounts.0011_emergency_chain": UNSAID,
    "day_book.0001_due_lines": "what it brought is derived anew by the next migrate",
    "handouts.0003_batch_prints_as_each_patient_reads": NO_COLUMN,
    "handouts.0004_carry_how_patients_read": NO_COLUMN,
    "handouts.0005_batch_for_a_day": UNSAID,
    "patients.0002_language_and_letter_size": UNSAID,
    "patients.0003_name_is_not_what_it_comes_near": UNSAID,
    "patients.0004_search_keys_with_and_without_signs": NO_COLUMN,
    "patients.0006_more_safety_facts": NO_COLUMN,
    "patients.0007_birth_date_or_only_its_year": UNSAID,
    "patients.0009_found_by_phone_part_and_slip": NO_COLUMN,
    "patients.0010_sex_as_recorded": UNSAID,
    "patients.0011_list_keys": NO_COLUMN,
    "patients.0014_pronoun": UNSAID,
    "tapers.0004_hold_and_its_end_told_apart": NO_COLUMN,
    "tapers.0005_product_revision": UNSAID,
    "tapers.0007_typists_of_open_drafts": NO_COLUMN,
    "tapers.0008_one_open_plan_per_drug_in_any_case": NO_COLUMN,
    "tapers.0009_last_day_of_an_ended_plan": UNSAID,
    "tapers.0010_strength_as_labelled": UNSAID,
    "tapers.0013_year_of_birth_as_signed": UNSAID,
    "tapers.0014_drops_have_both_labels": NO_COLUMN,
}


@dataclass(frozen=True)
class Way:
    """Rows on each side of going back, and what stands between."""

    rows: dict[str, list[str]]
    undone: list[str]
    refused: dict[str, str]
    refuses_still: bool
    rows_after: dict[str, list[str]]
    wrong_after: list[str]


@pytest.fixture(scope="module")
def way(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Way]:
    """The demo of an earlier release: upgraded, taken back as far as may be, and upgraded again."""
    file = tmp_path_factory.mktemp("back") / "earlier.sqlite3"
    with django_db_blocker.unblock(), another_database(file):
        fill(demo())
        call_command("migrate", verbosity=0)
        rows = all_rows()
        undone, refused = undo_all(RELEASE, one_by_one=False)
        refuses_still = refuses("UPDATE tapers_version SET number = 9") and refuses("DELETE FROM tapers_step")
        call_command("migrate", verbosity=0)
        yield Way(rows, undone, refused, refuses_still, all_rows(), what_is_wrong())


def refuses(statement: str) -> bool:
    try:
        run(statement)
    except DatabaseError as problem:
        return "append-only" in str(problem)
    return False


def test_an_upgrade_is_undone_as_far_as_nothing_was_recorded_since(way: Way) -> None:
    assert len(way.undone) >= 30
    assert {name: reason.splitlines()[1].strip() for name, reason in way.refused.items()} == {
        "audit.0002_chain": "audit.0002_chain: 2 rows of audit_event in which chain_id says something",
        "tapers.0006_typed_by": "tapers.0006_typed_by: 1 row of tapers_draft in which typed_by says something",
    }


def test_every_row_is_there_as_before_after_the_way_back_and_forth(way: Way) -> None:
    assert sum(map(len, way.rows.values())) > 500
    different = {
        table: (way.rows.get(table), rows)
        for table, rows in way.rows_after.items()
        if rows != way.rows.get(table)
    }
    assert different == {}
    assert way.rows.keys() == way.rows_after.keys()


def test_all_that_was_signed_or_told_of_is_found_true_afterwards(way: Way) -> None:
    assert way.wrong_after == []


def test_what_never_changes_is_guarded_while_the_tables_are_earlier_ones(way: Way) -> None:
    assert way.refuses_still


# --- What is refused ---------------------------------------------------------------------------


@pytest.fixture
def version(universe: Universe) -> Version:
    return signed_with_a_row_in_every_table(universe)


def test_no_migration_is_undone_that_brought_what_holds_something(version: Version) -> None:
    """There is a row in every table that never changes."""
    loader = MigrationExecutor(connection).loader
    kept = {node for leaf in RELEASE for node in loader.graph.forwards_plan(leaf)}
    since = [loader.graph.nodes[key] for key in sorted(applied() - kept)]
    assert len(since) > 30
    free = {str(migration) for migration in since if not list(losses(connection, [migration]))}
    assert free == set(UNDONE_FREELY)


def test_the_command_says_what_would_be_lost_and_changes_nothing(version: Version) -> None:
    before = applied()
    with pytest.raises(CommandError) as refusal:
        call_command("migrate", "monitoring", "0009", verbosity=0, skip_checks=True)
    said = str(refusal.value)
    assert "Nothing was undone." in said
    assert "monitoring.0010_forms_for_down_time: 1 row of monitoring_formrun\n" in said
    assert "Restore a backup of before the upgrade instead." in said
    assert applied() == before


@pytest.mark.usefixtures("db")
def test_rows_that_do_not_fit_the_earlier_tables_are_said_without_what_they_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise IntegrityError("NOT NULL constraint failed: patients_patient.date_of_birth\nDETAIL:  (Ana)")

    monkeypatch.setattr(Migrate, "handle", fails)
    with pytest.raises(CommandError) as refusal:
        call_command("migrate", "monitoring", "0009", verbosity=0, skip_checks=True)
    assert "(NOT NULL constraint failed: patients_patient.date_of_birth)" in str(refusal.value)
    assert "Ana" not in str(refusal.value)
    with pytest.raises(IntegrityError):
        call_command("migrate", verbosity=0, skip_checks=True)


on_postgresql: Final = pytest.mark.skipif(
    "connection.vendor != 'postgresql'"
)  # SQLite's one lock waits 30 seconds


@pytest.fixture
def connected_as_a_command(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Without the time-outs of a server, which whichever test imports `taperplanner.wsgi` sets for the whole process."""
    monkeypatch.delitem(connection.settings_dict["OPTIONS"], "options", raising=False)
    connection.close()
    yield
    connection.close()


@on_postgresql
@pytest.mark.usefixtures("connected_as_a_command")
def test_a_migration_waits_for_a_table_no_longer_than_others_would_wait_behind_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lock_waits, "LONGEST", "50ms")

    def locks(*_: object, **__: object) -> None:
        with transaction.atomic():
            run("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")

    monkeypatch.setattr(Migrate, "handle", locks)
    call_command("migrate", verbosity=0, skip_checks=True)
    other = connection.copy()
    try:
        other.set_autocommit(False)
        other.cursor().execute("LOCK TABLE django_migrations IN ACCESS SHARE MODE")
        with pytest.raises(CommandError, match="A table is in use by somebody else"):
            call_command("migrate", verbosity=0, skip_checks=True)
    finally:
        other.close()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


@on_postgresql
@pytest.mark.usefixtures("db")
def test_whoever_set_another_time_waits_as_long_as_that() -> None:
    run("SET lock_timeout = '7s'")
    with waits_briefly(connection), connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("7s",)
