"""Views that are wrong, each in its own way, so that each detector is shown to see."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.html import escape
from django.views.decorators.csrf import csrf_exempt

from taperplanner.accounts.models import Clinic


def typed(request: HttpRequest) -> str:
    return request.POST.get("text", "")


def raises(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("planted")


def stores(request: HttpRequest) -> HttpResponse:
    Clinic.objects.update(name=typed(request).replace("\0", "\x01")[:100])
    return HttpResponse("")


def logs(request: HttpRequest) -> HttpResponse:
    logging.getLogger("taperplanner").warning("refused %s", typed(request))
    return HttpResponse("")


def injects(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse("")
    for line in typed(request).splitlines():
        name, colon, value = line.partition(": ")
        if colon and name.startswith("X-"):
            answer[name] = value
    return answer


VIEWS: dict[str, Any] = {
    "sound": lambda request: HttpResponse(escape(typed(request))),
    "echoes": lambda request: HttpResponse(typed(request)),
    "raises": raises,
    "shows-a-traceback": lambda _: HttpResponse("Traceback (most recent call last): planted"),
    "stores": stores,
    "logs": logs,
    "injects": injects,
}
handler500 = "taperplanner.serving.errors.server_error"
urlpatterns = [
    *(path(f"{name}/", csrf_exempt(login_not_required(view))) for name, view in VIEWS.items()),
    path("", include("taperplanner.urls")),
]
