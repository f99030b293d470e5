"""Ways around the walls that need more than a statement: a rebuilt table, a lost trigger, an old row."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from taperplanner.append_only import drop_triggers, install_triggers, missing_triggers
from taperplanner.tapers.models import Step, Version
from taperplanner.tapers.signed.content import Tampered, verified_content

from .world.plans import signed_version
from .world.tampering import past_the_triggers
from .world.universe import Universe, build


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_rebuilds_a_table_gets_its_triggers_back() -> None:
    """SQLite drops them with the table; migrate puts them back at its end, and they refuse as before."""
    version = signed_version(build().ours)
    old = Step._meta.get_field("note")
    new = models.CharField(max_length=301, blank=True)
    new.set_attributes_from_name("note")
    new.model = Step
    with connection.schema_editor() as editor:
        editor.alter_field(Step, old, new)
    if connection.vendor == "sqlite":
        assert missing_triggers(connection), "otherwise this test would show nothing"
        assert any(error.id == "append_only.E001" for error in run_checks(databases=["default"]))
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.alter_field(Step, new, old)
    call_command("migrate", verbosity=0)
    assert missing_triggers(connection) == []
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE tapers_step SET days = 1")
    verified_content(Version.objects.select_related("plan").get(pk=version.pk))


def test_a_trigger_that_was_taken_away_fails_the_check_that_deployment_runs(universe: Universe) -> None:
    drop_triggers(connection)
    try:
        assert any(error.id == "append_only.E001" for error in run_checks(databases=["default"]))
    finally:
        install_triggers(connection)
    assert not run_checks(databases=["default"])


def test_a_row_that_is_deleted_and_written_again_is_refused_twice(universe: Universe) -> None:
    version = signed_version(universe.ours)
    step = version.steps.get(position=1)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM tapers_step WHERE position = 1")
    step._state.adding = True
    with pytest.raises(DatabaseError), transaction.atomic():
        step.save()


def test_an_old_row_put_back_past_the_triggers_is_found_by_the_hash(universe: Universe) -> None:
    """As a restore of one table from an older copy would leave it."""
    version = signed_version(universe.ours)
    past_the_triggers("UPDATE tapers_step SET days = 21, dose_nanograms = 1750000 WHERE position = 2")
    with pytest.raises(Tampered):
        verified_content(Version.objects.select_related("plan").get(pk=version.pk))
