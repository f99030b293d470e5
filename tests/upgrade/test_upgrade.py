"""A clinic's database of an earlier release is migrated to this one: nothing that was signed or recorded changes.

`demo-of-cf6ed9a.json.gz` holds the synthetic demo of commit cf6ed9a: the last migration of each app, the rows of each
table, and the triggers of that commit, which stand while the migrations run.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from taperplanner.append_only import append_only_models, missing_triggers
from taperplanner.audit.models import Event
from taperplanner.audit.verify.evidence import findings
from taperplanner.catalogue.check import differences
from taperplanner.patients.models import Fact, MedicationReview, Patient
from taperplanner.patients.safety import gaps_of
from taperplanner.tapers.models import Version
from taperplanner.tapers.signed.content import verified_content

from ..world.tampering import copied

# One worker migrates the database, for all of them.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("upgrade")]
FIXTURE: Final = Path(__file__).with_name("demo-of-cf6ed9a.json.gz")


def demo() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress(FIXTURE.read_bytes()))
    return found


@pytest.fixture(scope="module")
def before(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """What stood in the database before it was migrated; it is migrated now."""
    with (
        django_db_blocker.unblock(),
        another_database(tmp_path_factory.mktemp("upgrade") / "earlier.sqlite3"),
    ):
        earlier = demo()
        fill(earlier)
        call_command("migrate", verbosity=0)
        yield earlier


@contextmanager
def another_database(file: Path) -> Iterator[None]:
    tests = connection.settings_dict["NAME"]
    is_server = connection.vendor == "postgresql"
    name = f"{tests}_upgrade" if is_server else str(file)
    if is_server:
        run(f'CREATE DATABASE "{name}"')
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = tests
        if is_server:
            run(f'DROP DATABASE "{name}"')


def fill(earlier: dict[str, Any]) -> None:
    """The tables as that commit's migrations made them, its rows, and then its triggers."""
    targets = [(app, migration) for app, migration in earlier["leaves"]]
    then = MigrationExecutor(connection).migrate(targets).apps
    with transaction.atomic():
        for label, table in earlier["rows"].items():
            model = then.get_model(label)
            fields = [model._meta.get_field(name) for name in table["fields"]]
            model._base_manager.bulk_create(
                model(
                    **{
                        field.attname: field.to_python(value)
                        for field, value in zip(fields, row, strict=True)
                    }
                )
                for row in table["rows"]
            )
    for statement in (
        *connection.ops.sequence_reset_sql(no_style(), then.get_models(include_auto_created=True)),
        *earlier["triggers"][connection.vendor],
    ):
        run(statement)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_was_an_earlier_one(before: dict[str, Any]) -> None:
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    assert {tuple(leaf) for leaf in before["leaves"]} - set(leaves), "otherwise nothing was migrated"


def test_every_table_has_as_many_rows_as_before(before: dict[str, Any]) -> None:
    counts = {
        label: (len(table["rows"]), apps.get_model(label)._base_manager.count())
        for label, table in before["rows"].items()
    }
    assert sum(earlier for earlier, _ in counts.values()) > 300
    begun = len(before["rows"]["accounts.clinic"]["rows"])  # an event for each clinic's chain
    events = counts.pop("audit.event")
    keys = counts.pop("patients.searchkey")  # made of the names, and of more of them than before
    assert keys[1] > keys[0]
    assert events[1] - events[0] == begun
    assert {label: both for label, both in counts.items() if both[0] != both[1]} == {}


def test_every_signed_version_is_what_was_signed(before: dict[str, Any]) -> None:
    """Its hash is the one of that day, and is found again from the rows as they are now."""
    table = before["rows"]["tapers.version"]
    signed = [dict(zip(table["fields"], row, strict=True)) for row in table["rows"]]
    versions = Version.objects.select_related("plan")
    assert {str(version.pk): version.content_hash for version in versions} == {
        row["id"]: row["content_hash"] for row in signed
    }
    assert len(versions) == 3
    for version in versions:
        verified_content(version)


def test_what_was_not_asked_then_is_a_gap_now(before: dict[str, Any]) -> None:
    """And what was answered then is answered still."""
    table = before["rows"]["patients.safetyfact"]
    rows = [dict(zip(table["fields"], row, strict=True)) for row in table["rows"]]
    asked_then = {row["fact"] for row in rows}
    added = {fact.label.lower() for fact in Fact if fact.value not in asked_then}
    known = {(row["patient_id"], row["fact"]) for row in rows if row["answer"] != "unknown"}
    assert (len(asked_then), len(added)) == (8, 7)
    for patient in Patient.objects.all():
        gaps = {fact.label.lower() for fact in Fact if (str(patient.pk), fact.value) not in known}
        assert added <= gaps == set(gaps_of(patient))


def test_no_row_that_never_changes_has_changed(before: dict[str, Any]) -> None:
    compared = 0
    for model in append_only_models():
        table = before["rows"].get(model._meta.label_lower, {"fields": [], "rows": []})
        columns = [
            name for name in table["fields"] if name in {field.attname for field in model._meta.fields}
        ]
        own = model._meta.pk.attname
        now = {str(row[own]): row for row in model._base_manager.values(own, *columns)}
        for values in table["rows"]:
            row = dict(zip(table["fields"], values, strict=True))
            was = {name: model._meta.get_field(name).to_python(row[name]) for name in columns}
            assert {name: now[str(row[own])][name] for name in columns} == was, model
            compared += 1
    assert compared > 200


def test_every_trigger_stands_and_refuses(before: dict[str, Any]) -> None:
    assert missing_triggers(connection) == []
    with pytest.raises(DatabaseError, match="append-only"):
        run("UPDATE tapers_step SET days = 1")


def test_each_clinics_chain_begins_with_a_digest_of_all_that_was_there(before: dict[str, Any]) -> None:
    clinics = {row[0] for row in before["rows"]["accounts.clinic"]["rows"]}
    begun = Event.objects.chained()
    assert {str(event.clinic_id) for event in begun if event.clinic_id} == clinics
    assert {(event.number, event.action) for event in begun} == {(1, "audit.chain_began")}
    counted = [event.details["rows"].get("tapers.version", [0])[0] for event in begun]
    assert sum(counted) == len(before["rows"]["tapers.version"]["rows"])
    call_command("migrate", verbosity=0)
    assert Event.objects.chained().count() == len(begun), "it began twice"


def test_what_was_there_before_the_chain_is_verified_and_a_row_put_among_it_is_found(
    before: dict[str, Any],
) -> None:
    assert [finding.sentence for finding in findings()] == []
    count = len(before["rows"]["patients.medicationreview"]["rows"])
    key = UUID(int=7)
    forged = copied(MedicationReview, id=f"'{key if connection.vendor == 'postgresql' else key.hex}'")
    with transaction.atomic():
        run(f"INSERT {forged}")
        found = [finding.sentence for finding in findings()]
        transaction.set_rollback(True)
    (sentence,) = found
    then, now = (int(number) for number in re.findall(r"[0-9]+", sentence))
    assert 0 < then <= count
    assert now == then + 1


def test_the_catalogue_is_what_a_fresh_database_has(before: dict[str, Any]) -> None:
    assert differences(connection, is_migrated=True) == []
