"""The page of an error of ours, with the name of its line in the log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseServerError
from django.template import loader

from .request_line import current_id


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """handler500. It asks nothing, neither who is signed in nor the database: either may be what failed."""
    return HttpResponseServerError(loader.render_to_string("500.html", {"request_id": current_id.get()}))
