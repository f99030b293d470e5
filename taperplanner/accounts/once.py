"""A form that makes something is taken once.

Each page with such a form gives it a key (`{% once %}`). The first post of a key claims it in the
transaction in which its view works; the second waits for the first, and is redirected to what that one made.
A form that was refused releases its key, so that it can be corrected and sent again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from taperplanner.audit.log import audited_transaction
from taperplanner.saving import note_refusal

from .decorators import Addressed
from .http import ClinicRequest
from .models import SentForm

NAME: Final = "once"
SAVED_ALREADY: Final = "This was already saved. It was not saved again."
SENT_TWICE: Final = "sent twice"
WITHOUT_KEY: Final = "no key"
_KEY: Final = re.compile(r"[0-9a-f]{32}")
# Never sent back to a browser.
_NOT_REPEATED: Final = frozenset(
    {NAME, "csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2", "code", "passkey"}
)


def key_in(request: HttpRequest) -> str:
    """The key that the form came with; empty without one, or with one that is none of ours."""
    key = request.POST.get(NAME, "")
    return key if _KEY.fullmatch(key) else ""


def key_for(request: HttpRequest) -> str:
    """For a form on the page that answers this: the same one when it is shown again."""
    return key_in(request) or uuid4().hex


def repeatable(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form holds that may be sent back, by the names of its fields."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in _NOT_REPEATED
        for value in values
    ]


def taken_once(view: Addressed) -> Addressed:
    """Directly below `@requires`: the view runs in one transaction with the claim on the form's key.

    Above it stands only what must be done whatever becomes of the form (`keeps_danger`).
    """

    def claimed(request: ClinicRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return once(request, lambda: view(request, *args, **kwargs))

    return taken_once_within(wraps(view)(claimed))


def taken_once_within(view: Addressed) -> Addressed:
    """For a view that works slowly before it makes anything: it calls `once` itself, as late as it can."""

    @wraps(view)
    def keyed(request: ClinicRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if not key_in(request):
            return _not_saved(request)
        if sent := request.user.sent_forms.sent(key_in(request), request.path):
            return _answer_repeated(request, sent)
        return view(request, *args, **kwargs)

    wrapped: Any = keyed
    wrapped.is_taken_once = True
    return keyed


def once(request: ClinicRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """What `make` answers, or where the first post of this key led.

    Something was made if an event was recorded and the answer is a redirect; after any other answer, what
    was recorded stays and the key is released. An exception undoes the claim with everything else.
    """
    if request.method != "POST":
        return make()
    with audited_transaction() as events:
        sent, is_first = SentForm.objects.claim(
            request.user, key_in(request), request.path, _digest(request), request.now
        )
        if not is_first:
            return _answer_repeated(request, sent)
        answer = make()
        if events and answer.status_code == HTTPStatus.FOUND:
            sent.complete(answer["Location"])
        else:
            sent.release()
        return answer


def _answer_repeated(request: ClinicRequest, sent: SentForm) -> HttpResponse:
    """The same post again leads where the first did; another one of the same page is never taken for it."""
    if sent.content != _digest(request):
        return _not_saved(request, sent)
    note_refusal(request, SENT_TWICE)
    messages.info(request, SAVED_ALREADY)
    return redirect(sent.leads_to)


def _not_saved(request: ClinicRequest, sent: SentForm | None = None) -> HttpResponse:
    """Nothing is saved, and what was typed comes back with a new key: for a page from before an update, and for
    one to which somebody went back after it was saved (`sent`)."""
    note_refusal(request, SENT_TWICE if sent else WITHOUT_KEY)
    context = {
        "path": request.get_full_path(),
        "posted": repeatable(request),
        "sent": sent,
        "key_name": NAME,
        "key": uuid4().hex,
    }
    return render(request, "accounts/not_saved.html", context, status=HTTPStatus.CONFLICT)


def _digest(request: HttpRequest) -> str:
    return sha256(json.dumps(repeatable(request)).encode()).hexdigest()
