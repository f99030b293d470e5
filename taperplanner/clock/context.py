"""What every page says while the clock cannot be relied on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .standing import NOT_RELIED_ON, differences_for


def clock(request: HttpRequest) -> dict[str, Any]:
    """Of whoever is signed in; asks the database only where something stands."""
    user = getattr(request, "user", None)
    found = differences_for(user) if user is not None and user.is_authenticated else []
    sentences = list(dict.fromkeys(one.sentence for one in found))
    return {"clock_sentences": sentences, "clock_not_relied_on": NOT_RELIED_ON}
