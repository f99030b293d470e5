"""The clinic and the moment of each request, and the sign-out of whoever was inactive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final, cast
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django_htmx.middleware import HtmxDetails

from taperplanner.audit.log import record

from .client_address import client_address
from .http import ClinicRequest, Stamp, TimedRequest
from .too_late import is_from_our_page, sent_too_late

SEEN_AT: Final = "seen_at"
# The session is not written on every request, which would cost a write a page. Nobody is signed out early:
# the limit counts from the end of these seconds.
SEEN_EVERY: Final = timedelta(seconds=15)
BEGAN_AT: Final = "began_at"
# From signing in, however much somebody works: OWASP ASVS 5.0, 7.3.2.
LONGEST: Final = timedelta(hours=12)
IDLE: Final = "You were signed out because you were inactive. Please sign in again."
TOO_LONG: Final = "You were signed out because you signed in 12 hours ago. Please sign in again."
# At the end of a session what the browser keeps of its pages goes. Not its cookies: a form in another tab needs one,
# and this device stays known.
CLEARS: Final = '"cache", "storage"'
NOT_SAVED: Final = "What you sent last was not saved, because you were no longer signed in."


class ClinicMiddleware:
    """Set `request.clinic` from the signed-in user, never from the session or the address, and its time.

    Signs out whoever was idle for longer than the clinic allows, or signed in too long ago, and keeps every page behind the
    sign-in out of every cache.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cast(TimedRequest, request).now = timezone.now()
        if not request.user.is_authenticated:
            return _return_to_page(request, self.get_response(request))
        clinic_request = cast(ClinicRequest, request)
        clinic = clinic_request.user.clinic
        clinic_request.clinic = clinic
        clinic_request.today = clinic.day_of(clinic_request.now)
        clinic_request.stamp = Stamp(by=clinic_request.user, at=clinic_request.now)
        clinic_request.seconds_left = _seconds_left(clinic_request)
        if clinic_request.seconds_left <= 0:
            return _signed_out(clinic_request, "user.signed_out_after_12_hours", TOO_LONG)
        if _was_idle(clinic_request):
            return _signed_out(clinic_request, "user.signed_out_when_idle", IDLE)
        with timezone.override(clinic.zone):
            response = self.get_response(request)
        if not request.user.is_authenticated:
            response["Clear-Site-Data"] = CLEARS
        add_never_cache_headers(response)
        return response


def _was_idle(request: ClinicRequest) -> bool:
    seen = request.session.get(SEEN_AT)
    now = request.now
    seen_at = datetime.fromisoformat(seen) if seen else now
    if now - seen_at > timedelta(minutes=request.clinic.idle_limit_minutes) + SEEN_EVERY:
        return True
    if not seen or now - seen_at > SEEN_EVERY:
        request.session[SEEN_AT] = now.isoformat()
    return False


def _seconds_left(request: ClinicRequest) -> int:
    """Until the session ends, whatever is done in it."""
    began = request.session.get(BEGAN_AT)
    if not began:
        began = request.session[BEGAN_AT] = request.now.isoformat()
    return int((datetime.fromisoformat(began) + LONGEST - request.now).total_seconds())


def _signed_out(request: ClinicRequest, event: str, said: str) -> HttpResponse:
    record(event, by=request.user, at=request.now, details={"from": client_address(request)})
    logout(request)
    if said == TOO_LONG and is_from_our_page(request) and not HtmxDetails(request):
        return _cleared(sent_too_late(request, HTTPStatus.UNAUTHORIZED))
    messages.info(request, said)
    asked = request.get_full_path()
    is_sign_in = request.path == resolve_url(settings.LOGIN_URL)
    return _cleared(
        _return_to_page(request, HttpResponseRedirect(asked) if is_sign_in else redirect_to_login(asked))
    )


def _cleared(response: HttpResponse) -> HttpResponse:
    response["Clear-Site-Data"] = CLEARS
    add_never_cache_headers(response)
    return response


def _return_to_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Where the answer sends somebody to sign in, let them come back to the page they were on.

    That is not the address they posted to, which may take no GET. htmx would follow the redirect and put the
    sign-in page into the middle of the other page, so the browser itself is told to go there; but not from
    a page that was sending what somebody typed, which would be lost: that one gets a status it can show.
    """
    to = urlsplit(response.get("Location", ""))
    htmx = HtmxDetails(request)
    if to.path != resolve_url(settings.LOGIN_URL) or REDIRECT_FIELD_NAME not in parse_qs(to.query):
        return response
    sends = request.method not in {"GET", "HEAD"}
    if sends and htmx:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    if sends:
        messages.warning(request, NOT_SAVED)
        response["Location"] = redirect_to_login(_referrer(request)).url
    elif htmx:
        response["Location"] = redirect_to_login(htmx.current_url_abs_path or "/").url
    return HttpResponse(headers={"HX-Redirect": response["Location"]}) if htmx else response


def _referrer(request: HttpRequest) -> str:
    """The path of this site that the request came from."""
    referrer = urlsplit(request.headers.get("Referer", ""))
    return referrer._replace(scheme="", netloc="").geturl() if referrer.netloc == request.get_host() else "/"
