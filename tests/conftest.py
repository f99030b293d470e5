"""What every test shares: a quick password hash, the people of the universe, and a clean database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import hypothesis
import pytest
from django.conf import settings as project
from django.http import HttpResponse
from django.test import Client

from taperplanner.clock.watch import Watch

from . import births, database
from .migrated import Migrated
from .rendering import (
    Undefined,
    pages_are_recorded_without_widgets,
    static_files_are_found_once,
    undefined_names_are_noted,
)
from .world.universe import Universe, build

pytest_plugins = ["tests.browser.fixtures", "tests.scripts.stage", "tests.of_database", "tests.by_turns"]

# CI looks at twice as many examples as every day, `HYPOTHESIS_PROFILE=thorough pytest -m property` at a hundred times.
hypothesis.settings.register_profile("everyday", max_examples=100, deadline=None)
hypothesis.settings.register_profile("ci", max_examples=200, deadline=None)
hypothesis.settings.register_profile("thorough", max_examples=10_000, deadline=None)
# A control's tests are to fail; by how small an example nobody asks.
hypothesis.settings.register_profile(
    "controls", max_examples=500, deadline=None, phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate]
)
IN_CI = os.environ.get("CI", "").lower() == "true"
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "everyday"))


def pytest_configure() -> None:
    """No clock is watched: whichever module imports `taperplanner.wsgi` would begin it, and tests set the clock."""
    patch.object(Watch, "begin").start()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("property")


@pytest.fixture(scope="session")
def undefined(django_test_environment: None) -> Iterator[Undefined]:
    """What templates asked for and were not given, of the test that runs."""
    with (
        undefined_names_are_noted() as found,
        pages_are_recorded_without_widgets(),
        static_files_are_found_once(),
    ):
        yield found


@pytest.fixture(autouse=True)
def _every_name_is_given(undefined: Undefined) -> Iterator[None]:
    undefined.names.clear()
    yield
    assert not undefined.names, "Misspelt, or not given to the page:\n" + "\n".join(
        sorted({*undefined.names})
    )


@pytest.fixture(autouse=True, scope="session")
def _tests_may_write_rows_by_themselves() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        births.tests_may_write_by_themselves(patch)
        yield


@pytest.fixture(autouse=True)
def _quick_passwords(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    settings.FAILED_ATTEMPT_SECONDS = 0  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _forms_have_their_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page gives its form a key. A test that posts without opening the page posts a new one (`once=""`: none)."""
    post = Client.post

    def with_key(self: Client, path: str, data: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
        if data is None or isinstance(data, dict):
            data = {"once": uuid4().hex} | (data or {})
        answer: HttpResponse = post(self, path, data, *args, **kwargs)
        return answer

    monkeypatch.setattr(Client, "post", with_key)


@pytest.fixture(autouse=True)
def _pages_in_plain_words(request: pytest.FixtureRequest, settings: Any) -> None:
    """Tests that read a page's words read them without the marks that keep an amount on one line.

    A browser gets the page as it leaves the product: see tests/browser/test_unbroken.py.
    """
    if "live_server" not in request.fixturenames:
        marks = "taperplanner.unbroken.unbroken_amounts"
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != marks]


@pytest.fixture
def universe(db: None) -> Universe:
    """Two clinics with a user of each role, made by actions."""
    return build()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as it is when the product runs: each thread of a live server opens its own.

    In memory they would share one connection, and two requests at once would share a transaction. A power cut may
    take it, so nothing waits for the disk.
    """
    settings: dict[str, Any] = project.DATABASES["default"]
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        options = settings["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=EXTRA", "synchronous=OFF")


@pytest.fixture(scope="session")
def _migrated(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Migrated | None:
    if project.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        return None
    cache = getattr(request.config, "cache", None)
    return Migrated(cache.mkdir("database") if cache else tmp_path_factory.mktemp("migrated"))


@pytest.fixture(scope="session")
def django_db_keepdb(_migrated: Migrated | None, django_db_keepdb: bool) -> bool:
    return _migrated.copy_to(database_file()) if _migrated else django_db_keepdb


@pytest.fixture(scope="session")
def django_db_setup(_migrated: Migrated | None, django_db_setup: None) -> None:
    if _migrated:
        _migrated.keep(database_file())


def database_file() -> Path:
    return Path(project.DATABASES["default"]["TEST"]["NAME"])


@pytest.fixture(autouse=True, scope="session")
def _put_back_after_commits() -> Iterator[None]:
    with database.put_back_after_commits():
        yield
