"""The key of a check-in's form: the same while it is put right, so that what it raised is known again."""

from __future__ import annotations

import re
from typing import Final
from uuid import uuid4

from django.http import HttpRequest

NAME: Final = "once"
_KEY: Final = re.compile(r"[0-9a-f]{32}")


def key_in(request: HttpRequest) -> str:
    """Empty without one, or with one that is none of ours."""
    key = request.POST.get(NAME, "")
    return key if _KEY.fullmatch(key) else ""


def key_for(request: HttpRequest) -> str:
    return key_in(request) or uuid4().hex
