"""`manage.py check` fails when a content file is wrong, and says which file and line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error

from .library import CONTENT
from .loading import BrokenContentError, load


def check_content(*, content: Path = CONTENT, **kwargs: Any) -> Sequence[CheckMessage]:
    """Read every content file afresh. Errors: guidance.E001, one for each thing that is wrong."""
    try:
        load(content)
    except BrokenContentError as broken:
        return [
            Error(error.reason, hint=f"{error.path}, line {error.line}", id="guidance.E001")
            for error in broken.errors
        ]
    return []
