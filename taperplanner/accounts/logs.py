"""What may stand in a log: addresses of pages, but not the one that sets a password."""

from __future__ import annotations

import logging
import re
from typing import Final

_LINKS: Final = re.compile(r"(/account/password/set/)[^\s\"'<>]+")


class MaskedFormatter(logging.Formatter):
    """Masks the whole text, traceback too, whoever logged it: whoever reads a live link can use it."""

    def format(self, record: logging.LogRecord) -> str:
        return _LINKS.sub(r"\1…", super().format(record))
