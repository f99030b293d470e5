"""What every test shares: a quick password hash, the people of the universe, and a clean database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import hypothesis
import pytest
from django.conf import settings as project
from django.db import connection
from django.http import HttpResponse
from django.test import Client, TransactionTestCase

from taperplanner.append_only import drop_triggers, install_triggers

from .world.universe import Universe, build

pytest_plugins = ["tests.browser.fixtures", "tests.scripts.stage"]

# `HYPOTHESIS_PROFILE=thorough pytest -m property` looks twenty times as long.
hypothesis.settings.register_profile("suite", max_examples=500, deadline=None)
hypothesis.settings.register_profile("thorough", max_examples=10_000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("property")


@pytest.fixture(autouse=True)
def _quick_passwords(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


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

    In memory they would share one connection, and two requests at once would share a transaction.
    """
    database: dict[str, Any] = project.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_triggers() -> Iterator[None]:
    """Tests that commit are emptied afterwards; the triggers would refuse, so they step aside."""
    original = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        drop_triggers(connection)
        try:
            original(self)
        finally:
            install_triggers(connection)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
    yield
    patch.undo()
