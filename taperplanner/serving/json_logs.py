"""The log as JSON, one object a line. An error is told by its kind and its places in the code: its message may quote a row."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any, Final

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError

from taperplanner.accounts.logs import masked

from .request_line import current_id

REFUSED: Final = (BadRequest, SuspiciousOperation, MultiPartParserError)
FRAMES: Final = 40


class JSONFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "says": masked(getattr(record, "what", "") or record.getMessage()),
        }
        if request := current_id.get():
            said["request"] = request
        said |= getattr(record, "line", {})
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and not isinstance(error, REFUSED):
            said["error"] = _told(error)
        return json.dumps(said, ensure_ascii=False)


def _told(error: BaseException) -> list[dict[str, Any]]:
    """The error and what it was raised from, without a message and without the values of variables."""
    causes: list[dict[str, Any]] = []
    one: BaseException | None = error
    while one is not None:
        code = getattr(one, "sqlstate", None)
        frames = traceback.extract_tb(one.__traceback__)[-FRAMES:]
        kind = f"{type(one).__module__}.{type(one).__qualname__}"
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        causes.append({"kind": kind, "places": places} | ({"sqlstate": code} if code else {}))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return causes
