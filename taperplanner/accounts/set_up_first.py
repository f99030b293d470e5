"""Whoever must have a second factor and has none sets one up, and can reach nothing else until then."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from .cannot_save import READS
from .second_factor import lacks_one

SET_UP: Final = "mfa_index"
# What setting one up takes, and leaving.
OPEN: Final = frozenset({
    SET_UP,
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
    "accounts:still_here",
})  # fmt: skip
NOT_SAVED: Final = "What you sent last was not saved: your clinic now asks you for a second step at sign-in. Set it up first."


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """`request.lacks_second_factor`: for the pages, which then show no way elsewhere."""
        request.lacks_second_factor = request.user.is_authenticated and lacks_one(request.user)
        is_open = request.resolver_match.view_name in OPEN or not getattr(view, "login_required", True)
        return None if is_open or not request.lacks_second_factor else _led_to_set_up(request)


def _led_to_set_up(request: HttpRequest) -> HttpResponse:
    """htmx would put that page into the middle of another one, so the browser is told to go there itself; but not
    from a page that was sending what somebody typed, which stays there to be copied."""
    is_sent = request.method not in READS
    if HtmxDetails(request):
        if is_sent:
            return HttpResponse(NOT_SAVED, content_type="text/plain", status=HTTPStatus.GONE)
        return HttpResponse(headers={"HX-Redirect": reverse(SET_UP)})
    if is_sent:
        messages.warning(request, NOT_SAVED)
    return HttpResponseRedirect(reverse(SET_UP))
