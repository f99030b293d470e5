"""What `check --deploy --database default` says of the clock. It keeps nobody from serving: a clinic must be able to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core import checks
from django.db import DatabaseError

from .comparing import compare_before_serving

HINT: Final = (
    "Set the clock of this server, or of the other, and keep them set: docs/running.md, “The clock”."
)


@checks.register(checks.Tags.database, deploy=True)
def check_clock(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    if not databases:
        return []
    try:
        found = compare_before_serving().sentences
    except DatabaseError:
        return []  # others say so
    return [checks.Info(sentence, hint=HINT, id="clock.I001") for sentence in found]
