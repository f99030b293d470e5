"""A second machine lacks nothing: what a process keeps to itself is listed, with why no other one needs it."""

from __future__ import annotations

import ast
from typing import Final

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import models

from taperplanner.accounts.session_model import Session
from tests.house.law import TOP

from .kept import found, kept_in_a_session, kept_in_files, kept_in_memory

CODE: Final = "the same on every machine: made of the code and the files that come with it"
BOUND: Final = "bounds what one process does at once; each has its own"
IN_MEMORY: Final = {
    "taperplanner/accounts/hashing.py: _line changes": BOUND,
    "taperplanner/accounts/hashing.py: _work changes": BOUND,
    "taperplanner/typesetting/line.py: line is cached": BOUND
    + ": one person has three places in each process",
    "taperplanner/wsgi.py: _SEATS changes": BOUND,
    "taperplanner/serving/health.py: SHALLOW changes": "says of this process whether it is well; kept for a second",
    "taperplanner/serving/health.py: DEEP changes": "says of this process whether it is well; kept for ten seconds",
    "taperplanner/accounts/sessions.py: _unwritten changes": (
        "only while the database takes no changes: how long somebody was idle, and who signed out, is then known to the"
        " process that was asked; said in docs/running.md"
    ),
    "taperplanner/accounts/models.py: time_zones is cached": CODE,
    "taperplanner/audit/rows.py: _children is cached": CODE,
    "taperplanner/audit/rows.py: _models is cached": CODE,
    "taperplanner/audit/rows.py: path_to_clinic is cached": CODE,
    "taperplanner/guidance/library.py: library is cached": CODE,
    "taperplanner/guidance/templatetags/guidance.py: _rendered is cached": CODE,
    "taperplanner/handouts/paper/language.py: _texts is cached": CODE,
    "taperplanner/patients/medications/filing.py: every_name is cached": CODE,
    "taperplanner/patients/vocabulary/__init__.py: vocabulary is cached": CODE,
    "taperplanner/patients/vocabulary/groups.py: _kinds is cached": CODE,
    "taperplanner/patients/vocabulary/near.py: _names is cached": CODE,
    "taperplanner/patients/vocabulary/near.py: _near is cached": CODE,
    "taperplanner/recall/notices.py: notices is cached": CODE,
    "taperplanner/row_digests.py: _columns is cached": CODE,
    "taperplanner/typesetting/__init__.py: _font_folders is cached": CODE,
}
COMMAND: Final = "of a command, into the folder that it is given; no request reads it"
IN_FILES: Final = {
    "taperplanner/audit/heads.py: open": COMMAND,
    "taperplanner/audit/verify/known.py: connect": "of a command: a nameless file that ends with it",
    "taperplanner/backups/files.py: mkdtemp": COMMAND,
    "taperplanner/backups/files.py: open": COMMAND,
    "taperplanner/backups/files.py: rename": COMMAND,
    "taperplanner/backups/on_sqlite.py: connect": COMMAND,
    "taperplanner/backups/programs.py: open": COMMAND,
    "taperplanner/private_files.py: fdopen": COMMAND,
    "taperplanner/private_files.py: open": COMMAND,
    "taperplanner/audit/apps.py: connect": "no file: a signal of migrate",
    "taperplanner/clock/sntp.py: connect": "no file: asks a time server",
}


def test_what_a_process_remembers_is_listed_with_why_no_other_needs_it() -> None:
    assert found(TOP / "taperplanner", kept_in_memory) == set(IN_MEMORY)


def test_what_is_written_into_files_is_listed_with_why_no_other_machine_needs_it() -> None:
    assert found(TOP / "taperplanner", kept_in_files) == set(IN_FILES)


# A backup goes past any pooler (docs/running.md).
IN_A_SESSION: Final = {
    "taperplanner/backups/place.py: set_config(",
    "taperplanner/lock_waits.py: set_config(",  # never through the pooler
}


def test_nothing_is_set_for_a_session_that_a_pooler_may_give_to_somebody_else() -> None:
    assert found(TOP / "taperplanner", kept_in_a_session) == IN_A_SESSION


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT pg_advisory_lock(1)",
        "SET statement_timeout = 1",
        "SET search_path TO other",
        "LISTEN changed",
        "CREATE TEMPORARY TABLE some (id integer)",
        "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
        "SELECT set_config('a', 'b', false)",
    ],
)
def test_what_would_be_set_for_a_session_is_found(sql: str) -> None:
    assert list(kept_in_a_session(ast.parse(repr(sql))))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT pg_advisory_xact_lock(1)",
        "SET CONSTRAINTS ALL IMMEDIATE",
        "SET TRANSACTION READ ONLY",
        "SET LOCAL lock_timeout = 1",
        "SELECT set_config('a', 'b', true)",
    ],
)
def test_what_ends_with_its_transaction_is_not(sql: str) -> None:
    assert not list(kept_in_a_session(ast.parse(repr(sql))))


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("@cache\ndef f(): ...", "f is cached"),
        ("@functools.lru_cache(maxsize=9)\ndef f(): ...", "f is cached"),
        ("_seen = {}", "_seen changes"),
        ("_seen: Final[dict[str, int]] = {}", "_seen changes"),
        ("_seen = defaultdict(list)", "_seen changes"),
        ("LOCK = threading.Lock()", "LOCK changes"),
        ("_seen = set()", "_seen changes"),
        ("def f():\n    global count\n    count += 1", "count is global"),
    ],
)
def test_what_would_be_kept_in_memory_is_found(code: str, says: str) -> None:
    assert list(kept_in_memory(ast.parse(code))) == [says]


@pytest.mark.parametrize(
    "code", ["path.write_text('x')", "open(path, 'w')", "path.open('ab')", "os.open(path, os.O_CREAT)"]
)
def test_what_would_be_kept_in_a_file_is_found(code: str) -> None:
    assert len(list(kept_in_files(ast.parse(code)))) == 1


@pytest.mark.parametrize("code", ["NAMES = {'a': 1}", "open(path)", "path.open('rb')", "x = [1]"])
def test_what_is_only_read_is_not(code: str) -> None:
    assert not list(kept_in_memory(ast.parse(code))) + list(kept_in_files(ast.parse(code)))


def test_sessions_attempts_and_messages_are_in_the_database() -> None:
    assert all(isinstance(cache, BaseDatabaseCache) for cache in (caches[name] for name in settings.CACHES))
    assert settings.SESSION_ENGINE == "taperplanner.accounts.sessions"
    assert Session._meta.managed
    assert settings.MESSAGE_STORAGE == "django.contrib.messages.storage.session.SessionStorage"


def test_no_row_says_where_a_file_lies() -> None:
    """A paper that is kept is bytes in its row, and nothing is uploaded."""
    files = [
        field
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, models.FileField)
    ]
    assert files == []
    assert "default" not in settings.STORAGES
