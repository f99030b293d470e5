"""Why the product must not be served as it is: each reason in one sentence, with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection

from taperplanner.migrations_waiting import migrations_waiting

from .health import NO_DATABASE
from .time_outs import limits_that_are_not_set


def reasons_not_to_serve() -> Iterator[str]:
    """What `check --deploy --fail-level WARNING --database default` refuses, and what it does not ask."""
    if not settings.PRODUCTION:
        yield "PRODUCTION is not true: set it, or try the product with manage.py demo."
        return
    if not Path(settings.STATIC_ROOT or "", "staticfiles.json").exists():
        yield "The static files are not collected: run manage.py collectstatic --noinput."
    yield from (_said(one) for one in checks.run_checks(include_deployment_checks=True) if _counts(one))
    try:
        yield from _of_database()
    except DatabaseError:
        yield NO_DATABASE


def _of_database() -> Iterator[str]:
    if waiting := migrations_waiting(connection):
        yield f"{len(waiting)} migrations wait, the first is {waiting[0]}: run manage.py migrate."
        return
    of_database = [checks.Tags.database]
    found = checks.run_checks(tags=of_database, include_deployment_checks=True, databases=["default"])
    yield from (_said(one) for one in found if _counts(one))
    for name in limits_that_are_not_set():
        yield f"Through the pooler no {name} holds: set it in connect_query (docs/deploy/pgbouncer.ini)."


def _counts(message: checks.CheckMessage) -> bool:
    return message.level >= checks.WARNING and not message.is_silenced()


def _said(message: checks.CheckMessage) -> str:
    words = " ".join(f"{message.msg} {message.hint or ''}".split())
    return f"{words} ({message.id})"
