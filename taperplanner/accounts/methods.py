"""The methods that a request may have at all: every page is read or posted to, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

TAKEN: Final = ("GET", "HEAD", "POST")


def only_reads_and_posts(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Before anything is looked up, and the same of every address: the sign-in's own pages would take a PUT for a
    POST, and tell anybody by OPTIONS what they take."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.method in TAKEN else HttpResponseNotAllowed(TAKEN)

    return answer
