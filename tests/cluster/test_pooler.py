"""Through PgBouncer in transaction mode, as the role that owns nothing: what a clinic does, and the chain of its events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from taperplanner.append_only import append_only_models
from taperplanner.audit.models import Event
from taperplanner.audit.verify.evidence import findings
from taperplanner.backups.place import Settings
from taperplanner.patients.models import Patient
from taperplanner.serving.time_outs import limits_that_are_not_set, set_time_outs
from tests.backups.clinic import as_operator
from tests.serving.deployed import installed, run, served, text_at
from tests.world.tampering import signed_with_a_row_in_every_table
from tests.world.universe import PASSWORD, Universe, build_houses

from .drill import writing
from .pooler import PROGRAM, asked_at, pooled, through
from .roles import with_roles

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("pooler"),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no pooler"),
    pytest.mark.skipif(not PROGRAM, reason="Debian's package pgbouncer is not installed"),
]
WRITERS, EACH, CONNECTIONS = 4, 20, 2
Pooled = tuple[Settings, Universe, int, str]


@pytest.fixture(scope="module")
def clinic(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pooled]:
    """Two connections for everybody, so that each is another's all the time. Of both clinics every table is filled."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with (
        django_db_blocker.unblock(),
        override_settings(PASSWORD_HASHERS=quick),
        with_roles(tmp_path_factory.mktemp("pooler")) as (settings, roles),
        pooled(settings, connections=CONNECTIONS, role=roles.application) as port,
        asked_at(through(settings | {"USER": roles.application}, port)),
    ):
        universe = build_houses()
        signed_with_a_row_in_every_table(universe)
        address = f"postgres://{roles.application}@127.0.0.1:{port}/{settings['NAME']}"
        yield settings, universe, port, address


def test_what_a_clinic_does_works(clinic: Pooled) -> None:
    _, universe, *_ = clinic
    assert [model for model in append_only_models() if not model.objects.exists()] == []
    browser = Client()
    answer = browser.post("/account/login/", {"login": universe.ours.staff.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert browser.get("/patients/").status_code == 200


def test_the_chain_of_events_is_one_line_whoever_writes(clinic: Pooled, tmp_path: Path) -> None:
    """Processes that share two connections: no lock outlives its transaction, none is another's."""
    *_, address = clinic
    before = set(findings())
    logs = [tmp_path / f"{number}.log" for number in range(WRITERS)]
    with writing(logs, EACH, DATABASE_URL=address, DATABASE_POOLER="true") as writers:
        assert [writer.wait(120) for writer in writers] == [0] * WRITERS
    acknowledged = [mrn for log in logs for mrn in log.read_text().split()]
    held = Patient.objects.filter(mrn__startswith="W").values_list("mrn", flat=True)
    assert sorted(held) == sorted(acknowledged)
    assert len(acknowledged) == WRITERS * EACH
    numbers = Counter(Event.objects.chained().values_list("chain_id", "number"))
    assert set(numbers.values()) == {1}
    assert set(findings()) == before, "the tests' own world has some; the writers add none"


def test_a_long_list_is_read_without_a_cursor_that_outlives_its_transaction(clinic: Pooled) -> None:
    """Such a cursor is gone, or somebody else's, when the next rows are asked for."""
    assert connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
    assert len(list(Event.objects.all().iterator(chunk_size=5))) == Event.objects.count()


def test_the_time_outs_are_the_poolers(clinic: Pooled) -> None:
    settings, *_ = clinic
    with override_settings(DATABASE_POOLER=True, DATABASE_STATEMENT_SECONDS=60, DATABASE_LOCK_SECONDS=30):
        assert list(limits_that_are_not_set()) == []
        with pooled(settings, connections=1, limits="") as bare, asked_at(through(settings, bare)):
            assert list(limits_that_are_not_set()) == ["statement_timeout", "lock_timeout"]
        set_time_outs()
        assert "options" not in connection.settings_dict["OPTIONS"]
    quick = "connect_query='SET statement_timeout = 300'"
    with (
        pooled(settings, connections=1, limits=quick) as hasty,
        asked_at(through(settings, hasty)),
        connection.cursor() as cursor,
        pytest.raises(OperationalError, match="statement timeout"),
    ):
        cursor.execute("SELECT pg_sleep(5)")


@pytest.fixture
def waits_for_its_disk(clinic: Pooled) -> Iterator[None]:
    """The tests' own PostgreSQL does not, and `serve` refuses that. Afterwards it is as it was: the whole server is."""
    settings, *_ = clinic
    names = ("fsync", "synchronous_commit", "full_page_writes")
    before = {name: as_operator(settings, f"SHOW {name}")[0][0] for name in names}

    def have(values: dict[str, str]) -> None:
        for statement in (f"ALTER SYSTEM SET {name} = {value}" for name, value in values.items()):
            as_operator(settings, statement)
        as_operator(settings, "SELECT pg_reload_conf()")

    have(dict.fromkeys(before, "on"))
    yield
    have(before)


@pytest.mark.usefixtures("waits_for_its_disk")
def test_the_product_is_served_through_it(clinic: Pooled, tmp_path: Path) -> None:
    """All that `serve` refuses is well: roles, triggers, catalogue, time-outs; and what a start-up option would break."""
    *_, address = clinic
    folder = installed(tmp_path)
    given: Final = {"DATABASE_URL": address, "DATABASE_POOLER": "true"}
    done = run(folder, ".venv/bin/python manage.py collectstatic --noinput --verbosity 0", **given)
    assert done.returncode == 0, done.stderr
    with served(folder, ".venv/bin/python manage.py serve", **given) as (server_port, _):
        assert text_at(server_port, "/healthz/deep") == "ok\n"
        assert "Sign in" in text_at(server_port, "/account/login/")


def test_without_the_setting_a_pooler_refuses_what_a_session_would_be_told(
    clinic: Pooled, tmp_path: Path
) -> None:
    """Why the setting is there."""
    settings, _, port, _ = clinic
    told = through(settings, port) | {"OPTIONS": {"options": "-c statement_timeout=60000"}}
    with pytest.raises(OperationalError, match="unsupported startup parameter"), asked_at(told):
        connection.ensure_connection()
