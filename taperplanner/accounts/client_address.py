"""From which address a request came. Proxies are believed as far as TRUSTED_PROXY_COUNT says, and no further."""

from __future__ import annotations

from typing import Final

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

UNKNOWN: Final = "unknown"


def client_address(request: HttpRequest) -> str:
    """The client's, as the limits of signing in count it.

    Of a request that came past the proxies, whose header says nothing, the address that it came from itself.
    """
    try:
        return str(get_adapter(request).get_client_ip(request))
    except (ImproperlyConfigured, PermissionDenied):
        return str(request.META.get("REMOTE_ADDR") or UNKNOWN)
