"""A database that says "saved" before it is on the disk is named, and nothing is served from it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from django.core import checks
from django.db import connection
from django.test.utils import override_settings

from taperplanner.backups.place import connection_to, settings_now
from taperplanner.serving import durability
from taperplanner.serving.ready import reasons_not_to_serve

# Whoever makes the whole server wait for its disk is in this group, and never at the same time.
pytestmark = pytest.mark.xdist_group("pooler")
# As taperplanner/settings.py has it, where the tests do not make it quick.
DURABLE: Final = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA recursive_triggers=ON;"


def said() -> list[str]:
    found = checks.run_checks(
        tags=[checks.Tags.database], include_deployment_checks=True, databases=["default"]
    )
    return [one.msg for one in found if one.id == "durability.E001"]


@pytest.mark.django_db
def test_the_database_of_the_tests_is_quick_and_named_for_it() -> None:
    if connection.vendor == "sqlite":
        (one,) = said()
        assert one.startswith(
            "journal_mode is delete and synchronous is 0: what was acknowledged can be lost"
        )
    else:
        assert [one.partition(" ")[0] for one in said()] == [
            "fsync",
            "synchronous_commit",
            "full_page_writes",
        ]


@pytest.mark.django_db
def test_it_is_no_matter_of_a_trial() -> None:
    assert not checks.run_checks(tags=[checks.Tags.database], databases=["default"])


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite's file")
def test_as_the_settings_have_it_sqlite_waits_for_the_folder_too(tmp_path: Path) -> None:
    settings = settings_now() | {"NAME": str(tmp_path / "new.sqlite3")}
    durable = str(settings["OPTIONS"]["init_command"]).replace("synchronous=OFF", "synchronous=EXTRA")
    assert durable == DURABLE
    with closing(
        connection_to(settings | {"OPTIONS": {**settings["OPTIONS"], "init_command": durable}})
    ) as file:
        assert list(durability._messages(file)) == []
    for less in ("FULL", "NORMAL"):
        quick = {**settings["OPTIONS"], "init_command": durable.replace("EXTRA", less)}
        with closing(connection_to(settings | {"OPTIONS": quick})) as file:
            assert len(list(durability._messages(file))) == 1


@pytest.mark.django_db
@override_settings(PRODUCTION=True)
def test_it_is_a_reason_not_to_serve() -> None:
    assert any("(durability.E001)" in reason for reason in reasons_not_to_serve())
