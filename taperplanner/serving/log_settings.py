"""Django's LOGGING: to standard error, as text or as JSON."""

from __future__ import annotations

from typing import Any


def logging_of(*, level: str, is_json: bool) -> dict[str, Any]:
    """As JSON each request has its line, whatever the level; as text, those that were slow or failed."""
    formatter = (
        "taperplanner.serving.json_logs.JSONFormatter"
        if is_json
        else "taperplanner.accounts.logs.MaskedFormatter"
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"masked": {"()": formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "masked"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own two handlers would write beside ours, unmasked.
            "django": {"handlers": []},
            "django.server": {"handlers": [], "propagate": True},
            "taperplanner.serving.request_line": {"level": "INFO" if is_json else level},
        },
    }
