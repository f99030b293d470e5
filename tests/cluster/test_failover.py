"""The failover drill, small: `python -m tests.failover` makes it as long as one likes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from taperplanner.backups.place import settings_of
from tests.serving.deployed import free_port

from .drill import drill
from .servers import FIRST, pair, programs, state_of


def _is_there() -> bool:
    try:
        return programs().is_dir()
    except LookupError:
        return False


pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("failover"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no standby"),
    pytest.mark.skipif(not _is_there(), reason="Debian's package postgresql is not installed"),
]


@pytest.fixture
def quick(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    hasher = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=hasher):
        yield


def test_nothing_acknowledged_is_lost_with_the_primary(quick: None, tmp_path: Path) -> None:
    outcome = drill(free_port(), writes=60, writers=2, synchronous=True, folder=tmp_path)
    assert outcome.is_well, outcome
    assert outcome.acknowledged == 60
    assert outcome.before < 60


def test_no_time_out_acknowledges_what_the_standby_does_not_have() -> None:
    """It would be lost with the primary. A commit waits for as long as it takes, whatever a statement may take."""
    port = free_port()
    with pair(port, synchronous=True) as (primary, _):
        assert state_of(primary) == [("streaming", "sync")]
        primary.asked("CREATE TABLE written (id integer)")
        primary.fall_silent()
        limited = psycopg.connect(
            host=FIRST, port=port, user="postgres", dbname="postgres", options="-c statement_timeout=500"
        )
        acknowledged = threading.Event()

        def commit() -> None:
            limited.execute("INSERT INTO written VALUES (1)")
            limited.commit()
            acknowledged.set()

        threading.Thread(target=commit, daemon=True).start()
        time.sleep(2.5)
        assert not acknowledged.is_set()
        primary.fall_silent(speaks=True)
        assert acknowledged.wait(20)
        limited.close()


@pytest.mark.parametrize("host", ["one.example:5432,two.example:5432"])
def test_an_address_may_name_both_machines(host: str) -> None:
    """As docs/running.md has it; libpq goes to the one that takes writes."""
    settings = settings_of(f"postgres://taperplanner@{host}/taperplanner?target_session_attrs=read-write")
    assert settings["HOST"] == "one.example,two.example"
    assert settings["PORT"] == "5432,5432"
    assert settings["OPTIONS"] == {"target_session_attrs": "read-write"}
