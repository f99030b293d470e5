"""Which right the application has in which table: what the models say, and the SQL that gives it."""

from __future__ import annotations

import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from taperplanner.append_only import NeverChanges
from taperplanner.catalogue.roles import ADDS, CHANGES, MIGRATIONS, READS, rights_of_application
from taperplanner.monitoring.models import BlankForm
from tests.house.models import APPEND_ONLY, MUTABLE


def test_each_table_has_the_rights_that_its_model_says() -> None:
    rights = rights_of_application()
    of = {label: rights[apps.get_model(label)._meta.db_table] for label in MUTABLE | APPEND_ONLY}
    assert {label for label, words in of.items() if words == ADDS} == APPEND_ONLY
    assert {label for label, words in of.items() if words == CHANGES} == MUTABLE
    assert rights[MIGRATIONS] == rights["django_content_type"] == READS
    assert rights["cache"] == rights["django_session"] == CHANGES


def test_a_row_that_never_changes_is_not_locked_either() -> None:
    """A lock needs the right to change the row."""
    with pytest.raises(NeverChanges):
        BlankForm.objects.filter(code="x").select_for_update()


def test_the_command_prints_sql_for_a_superuser_and_no_password() -> None:
    out = io.StringIO()
    call_command("database_roles", stdout=out)
    said = out.getvalue()
    assert said.startswith("BEGIN;\n")
    assert said.endswith("COMMIT;\n")
    assert 'CREATE ROLE "taperplanner_owner"' in said
    assert "('audit_event', 'SELECT, INSERT')" in said
    assert "PASSWORD" not in said


@pytest.mark.parametrize(
    "given", [{"owner": 'x" SUPERUSER'}, {"app": "taperplanner_owner"}, {"app": ""}, {"schema": "a-b"}]
)
def test_names_that_cannot_be_meant_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("database_roles", **given)


def test_on_sqlite_there_is_nothing_to_apply_and_no_check() -> None:
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="SQLite has no roles"):
            call_command("database_roles", apply=True)
