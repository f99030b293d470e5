"""`pytest --of-database`: only the tests that may say something else on another database.

The rest (rules of doses and dates, papers made of plain data, the laws of the source tree) says the same on any, and
is run on SQLite alone. pytest-django lets no test reach the database that did not ask for one of these fixtures, itself
or through another fixture: so a test that is left out could not have used it.
"""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.db import connection, connections
from django.test import TransactionTestCase

OPTION: Final = "--of-database"
FIXTURES: Final = frozenset(
    {
        "db",
        "transactional_db",
        "django_db_reset_sequences",
        "django_db_serialized_rollback",
        "django_db_setup",
        "live_server",
    }
)
COMMIT: Final = FIXTURES - {"db", "django_db_setup"}
# Without one a test may still ask which database it would be, start a process that has its settings, or let itself in.
CONNECTIONS: Final = ("connection", "connections", "DjangoDbBlocker")
NAMES: Final = (*CONNECTIONS, "subprocess")
LEFT_OUT: Final = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, action="store_true", help="only the tests that depend on the database")


def depends_on_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or _has(item, FIXTURES, NAMES)


def speaks_in_its_own_way(item: pytest.Item) -> bool:
    """Whether it commits, or asks which database it is: what else there is goes through the ORM and is rolled back."""
    mark = item.get_closest_marker("django_db")
    commits = mark is not None and mark.kwargs.get("transaction", False)
    return commits or _has(item, COMMIT, CONNECTIONS)


def _has(item: pytest.Item, fixtures: frozenset[str], names: tuple[str, ...]) -> bool:
    module, of_class = getattr(item, "module", None), getattr(item, "cls", None)
    return (
        bool(fixtures & set(getattr(item, "fixturenames", ())))
        or (isinstance(of_class, type) and issubclass(of_class, TransactionTestCase))
        or any(_is_one(getattr(module, name, None)) for name in names)
    )


def _is_one(value: Any) -> bool:
    is_named = getattr(value, "__name__", "") in NAMES
    return is_named or value is connection or value is connections


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption(OPTION):
        left_out = [item for item in items if not depends_on_database(item)]
        items[:] = [item for item in items if depends_on_database(item)]
        config.hook.pytest_deselected(items=left_out)
        config.stash[LEFT_OUT] = len(left_out)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker collects for itself, and tells the process that reports."""
    worker = getattr(session.config, "workeroutput", None)
    if worker is not None:
        worker["left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if config.getoption(OPTION):
        terminalreporter.write_line(
            f"{config.stash.get(LEFT_OUT, 0)} tests do not depend on the database and were left out ({OPTION})."
        )
