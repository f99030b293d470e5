"""The application's role works in tables that another owns: what a clinic does works, and nothing else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, ProgrammingError, connection
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from taperplanner.append_only import append_only_models
from taperplanner.backups.place import Settings, pointed_at
from taperplanner.catalogue.check import check_catalogue
from taperplanner.catalogue.least_privilege import TOO_MUCH, more_than_needed
from taperplanner.catalogue.rights import lacking_rights
from taperplanner.catalogue.roles import Roles
from tests.backups.clinic import KEY, new_place, programs
from tests.backups.commands import backup_to, restore_to
from tests.world.tampering import signed_with_a_row_in_every_table
from tests.world.universe import PASSWORD, Universe, build_houses

from .refused import REFUSED, REFUSED_ONCE
from .roles import make, run, with_roles

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("roles")]
of_postgresql: Final = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no roles")
WORKS = tuple[Settings, Roles, Universe]


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WORKS]:
    """All that a clinic does, once, done by the application's role."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with (
        django_db_blocker.unblock(),
        override_settings(PASSWORD_HASHERS=quick, BACKUP_KEYS=KEY, POSTGRESQL_PROGRAMS=programs()),
        with_roles(tmp_path_factory.mktemp("roles")) as (settings, roles),
        pointed_at(settings | {"USER": roles.application}),
    ):
        universe = build_houses()
        signed_with_a_row_in_every_table(universe)
        yield settings, roles, universe


@pytest.fixture
def application(made: WORKS) -> WORKS:
    """What asks the database is the application."""
    return made


# --- What the application does ----------------------------------------------------------------


@of_postgresql
def test_every_table_is_written_by_a_role_that_owns_nothing(application: WORKS) -> None:
    """Reviews, signatures, checks, copies, emergency access, down time: a row in each table whose rows never change."""
    assert [model for model in append_only_models() if not model.objects.exists()] == []
    assert more_than_needed(connection) == []
    assert list(lacking_rights(connection)) == []


def found_by_checks() -> list[Any]:
    """But for the disk, which the tests' own PostgreSQL does not wait for."""
    found = run_checks(tags=[Tags.database], databases=["default"], include_deployment_checks=True)
    return [one for one in found if one.id != "durability.E001"]


@of_postgresql
def test_the_whole_catalogue_is_compared_by_a_role_that_owns_nothing(application: WORKS) -> None:
    assert check_catalogue(["default"]) == []
    assert found_by_checks() == []


@of_postgresql
def test_somebody_signs_in_reads_and_signs_out(application: WORKS) -> None:
    """Sessions, limits of attempts and the log."""
    *_, universe = application
    browser = Client()
    page = browser.post("/account/login/", {"login": universe.ours.staff.email, "password": PASSWORD})
    assert page.status_code == 302
    assert browser.get("/").status_code == 200
    assert browser.post("/account/login/", {"login": "x@y.example", "password": "wrong"}).status_code in {
        200,
        302,
    }
    browser.post("/account/logout/")
    assert browser.get("/").status_code == 302
    call_command("clearsessions")
    call_command("clear_sent_forms", stdout=io.StringIO())


@of_postgresql
@pytest.mark.parametrize("model", append_only_models(), ids=lambda model: model.__name__)
def test_the_database_refuses_it_before_any_trigger_is_asked(application: WORKS, model: Any) -> None:
    table, column = model._meta.db_table, model._meta.pk.column
    for what, statement in REFUSED.items():
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner") as refused:
            run(statement.format(table=table, column=column))
        assert "append-only" not in str(refused.value), what


@of_postgresql
@pytest.mark.parametrize("statement", REFUSED_ONCE.values(), ids=REFUSED_ONCE)
def test_the_application_can_make_and_become_nothing(application: WORKS, statement: str) -> None:
    _, roles, _ = application
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner|must have|Only roles"):
        run(statement.format(owner=roles.owner))


# --- Migrations, and what is there already ----------------------------------------------------


@of_postgresql
def test_migrate_runs_as_the_owner_and_gives_new_tables_their_rights(made: WORKS) -> None:
    settings, roles, _ = made
    with pointed_at(settings | {"USER": roles.owner}):
        run(f"REVOKE ALL ON patients_patient, tapers_version FROM {roles.application}")
        run(f"GRANT ALL ON tapers_step TO {roles.application}")
    assert [one.id for one in lacking_rights(connection)] == ["append_only.E007"]
    with pointed_at(settings | {"USER": roles.owner}):
        call_command("migrate", verbosity=0)
    assert list(lacking_rights(connection)) == []
    assert more_than_needed(connection) == []


@of_postgresql
def test_a_table_of_a_later_migration_can_be_read_and_added_to_at_once(made: WORKS) -> None:
    settings, roles, _ = made
    with pointed_at(settings | {"USER": roles.owner}):
        run("CREATE TABLE later (id bigint GENERATED BY DEFAULT AS IDENTITY, said text)")
    try:
        run("INSERT INTO later (said) VALUES ('x')")
        with pytest.raises(ProgrammingError, match="permission denied"):
            run("UPDATE later SET said = 'y'")
    finally:
        with pointed_at(settings | {"USER": roles.owner}):
            run("DROP TABLE later")


@of_postgresql
def test_the_applications_role_cannot_migrate(application: WORKS) -> None:
    _, roles, _ = application
    with pytest.raises(CommandError, match=rf"^The role {roles.application} may not change the tables"):
        call_command("migrate", verbosity=0)
    assert check_catalogue(["default"]) == []


@of_postgresql
def test_running_it_again_changes_nothing(made: WORKS) -> None:
    settings, roles, _ = made
    with pointed_at(settings):
        before = _rights()
        make(roles)
        assert _rights() == before


@of_postgresql
def test_who_is_no_superuser_is_told_so(application: WORKS) -> None:
    _, roles, _ = application
    with pytest.raises(
        CommandError, match=r"(?s)Nothing was changed\. .*Is DATABASE_URL that of a superuser\?"
    ):
        make(roles)


@of_postgresql
def test_a_deployment_of_one_role_is_told_what_to_do_and_may_go_on(made: WORKS) -> None:
    settings, roles, _ = made
    with pointed_at(settings | {"USER": roles.owner}):
        (warning,) = found_by_checks()
        assert warning.id == TOO_MUCH
        assert warning.msg.startswith(
            f"The role {roles.owner}, as which the application signs in, owns the database;"
        )
        assert re.search(r"; owns \d+ tables; owns 2 functions;", warning.msg)
        assert "manage.py database_roles" in str(warning.hint)
        assert "DATABASE_ONE_ROLE=true" in str(warning.hint)
        with override_settings(SILENCED_SYSTEM_CHECKS=[TOO_MUCH]):
            assert warning.is_silenced()
        assert run_checks(tags=[Tags.database], databases=["default"]) == [], "migrate is not told"
    with pointed_at(settings):
        assert more_than_needed(connection) == ["is a superuser, whom nothing is refused"]


MORE: Final = {
    "may make other roles": ("ALTER ROLE {app} CREATEROLE", "ALTER ROLE {app} NOCREATEROLE"),
    "may make databases": ("ALTER ROLE {app} CREATEDB", "ALTER ROLE {app} NOCREATEDB"),
    "may copy the whole server by replication": (
        "ALTER ROLE {app} REPLICATION",
        "ALTER ROLE {app} NOREPLICATION",
    ),
    "is asked by no policy of rows": ("ALTER ROLE {app} BYPASSRLS", "ALTER ROLE {app} NOBYPASSRLS"),
    "may become {owner}": ("GRANT {owner} TO {app}", "REVOKE {owner} FROM {app}"),
    "may become pg_write_all_data": (
        "GRANT pg_write_all_data TO {app}",
        "REVOKE pg_write_all_data FROM {app}",
    ),
    "may make tables in the schema public": (
        "GRANT CREATE ON SCHEMA public TO {app}",
        "REVOKE CREATE ON SCHEMA public FROM {app}",
    ),
    "may TRUNCATE in 1 tables whose rows never change": (
        "GRANT TRUNCATE ON tapers_step TO {app}",
        "REVOKE TRUNCATE ON tapers_step FROM {app}",
    ),
    "may UPDATE in 1 tables whose rows never change": (
        "GRANT UPDATE (note) ON tapers_step TO {app}",
        "REVOKE UPDATE (note) ON tapers_step FROM {app}",
    ),
}


@of_postgresql
@pytest.mark.parametrize("what", MORE)
def test_whatever_it_may_do_beside_is_found(made: WORKS, what: str) -> None:
    settings, roles, _ = made
    names = {"app": roles.application, "owner": roles.owner}
    give, take = (statement.format(**names) for statement in MORE[what])
    with pointed_at(settings):
        run(give)
    try:
        with pointed_at(settings | {"USER": roles.application}):
            assert what.format(**names) in more_than_needed(connection)
    finally:
        with pointed_at(settings):
            run(take)


# --- Backups ----------------------------------------------------------------------------------


@of_postgresql
def test_the_role_of_backups_reads_everything_and_changes_nothing(made: WORKS, tmp_path: Path) -> None:
    settings, roles, _ = made
    with pointed_at(settings | {"USER": roles.backup}):
        for statement in ("DELETE FROM django_session", "INSERT INTO cache VALUES ('a', 'b', now())"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(statement)
        assert _backup(tmp_path).stat().st_size


@of_postgresql
def test_a_backup_is_restored_by_the_owner_and_given_to_the_application(made: WORKS, tmp_path: Path) -> None:
    settings, roles, _ = made
    with pointed_at(settings | {"USER": roles.backup}):
        file = _backup(tmp_path)
    with pointed_at(settings), new_place(tmp_path) as place:
        with pytest.raises(CommandError, match="not as they were written"):
            restore_to(place, file, even_if_not_as_written=True)
        restored = settings | {"NAME": re.findall(r"/(restored_\w+)\?", place)[0]}
        with pointed_at(restored):
            make(roles)
        with pointed_at(restored | {"USER": roles.application}):
            assert found_by_checks() == []
        with pointed_at(restored):
            run(f"REASSIGN OWNED BY {roles.owner} TO CURRENT_USER")


def _backup(folder: Path) -> Path:
    """The tests' own world has rows that no event tells of, and a backup says so and is made."""
    with pytest.raises(CommandError, match="It is a copy of what is there"):
        backup_to(folder)
    (file,) = folder.iterdir()
    return file


def _rights() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relowner, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
        )
        return list(cursor.fetchall())
