from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from taperplanner.backups.place import Settings

from .clinic import KEY, fill_and_print, filled_database, new_place, programs


@pytest.fixture(scope="module")
def clinic(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """A database with the clinics of the demo, which everything asks."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with (
        django_db_blocker.unblock(),
        override_settings(BACKUP_KEYS=KEY, POSTGRESQL_PROGRAMS=programs(), PASSWORD_HASHERS=quick),
        filled_database(tmp_path_factory.mktemp("clinic")) as settings,
    ):
        fill_and_print(timezone.now())
        yield settings


@pytest.fixture(scope="module")
def backup(clinic: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "of-the-clinic.backup"
    call_command("backup", str(path), stdout=io.StringIO())
    return path


@pytest.fixture
def place(clinic: Settings, tmp_path: Path) -> Iterator[str]:
    with new_place(tmp_path) as address:
        yield address
