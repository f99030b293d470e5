"""What is answered where something failed, with the name of its line in the log."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader

from taperplanner.accounts.unanswered import unanswered
from taperplanner.database_away import is_away

from .deadline import has_committed
from .request_line import current_id


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500, called while the error is handled. It asks nothing, neither who is signed in nor the database: either
    may be what failed. After a commit no page says that nothing was saved."""
    if is_away(sys.exc_info()[1]) and not has_committed(request):
        return unanswered(request, current_id.get())
    return HttpResponseServerError(loader.render_to_string("500.html", {"request_id": current_id.get()}))
