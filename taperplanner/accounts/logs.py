"""Keeps out of every log the address that sets a password, and the code of a paper."""

from __future__ import annotations

import logging
import re
from typing import Any, Final

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError

_GROUP: Final = "[34679DFHJKNPRTVWY]{5}"
_LINK: Final = re.compile(r"(/account/password/set/)[^\s\"'<>]+")
# A paper's address, also one that was mistyped; not a file's, in a traceback. Batches have addresses without a code.
_PAPER: Final = re.compile(r"(?<![\w.-])(/handouts/)(?!batches/)(\?code=)?[^\s\"'<>/?]+")
_CODE: Final = re.compile(rf"{_GROUP}(?:[-+ ]|%20)?{_GROUP}(?:[-+ ]|%20)?{_GROUP}", re.IGNORECASE)


def masked(text: str) -> str:
    text = _LINK.sub(r"\1…", text)
    return _CODE.sub("…", _PAPER.sub(r"\1\2…", text))


class MaskedFormatter(logging.Formatter):
    """Masks the whole text, also a traceback and other libraries' messages: whoever reads one can use it."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name that logging calls
        """Whoever sends a body that cannot be read is answered 400 and fills no log: the one line says so."""
        refused = BadRequest | SuspiciousOperation | MultiPartParserError
        return "" if isinstance(ei[1], refused) else super().formatException(ei)
