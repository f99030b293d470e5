"""Keeps the address that sets a password out of every log."""

from __future__ import annotations

import logging
import re
from typing import Final

_LINKS: Final = re.compile(r"(/account/password/set/)[^\s\"'<>]+")


class MaskedFormatter(logging.Formatter):
    """Masks the whole text, also a traceback and other libraries' messages: whoever reads a link can use it."""

    def format(self, record: logging.LogRecord) -> str:
        return _LINKS.sub(r"\1…", super().format(record))
