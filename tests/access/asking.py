"""The world that is asked, built once in a process, and each request in it, undone before the next."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final
from unittest.mock import patch
from uuid import UUID, uuid4

import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from taperplanner import typesetting
from taperplanner.headers import HEADERS

from ..addresses import Address
from ..world.restricted import REASON
from ..world.universe import NOW, House, build_house
from .actors import ACTORS
from .canary import Planted, found_in, plant
from .cells import Cell
from .objects import ABSENT, RESTRICTED, Objects, a_row_of_everything, is_there, made_by
from .oracle import SIGN_IN, expected

STRICT_POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "report-uri": "/csp-report",
    "report-to": "csp",
}
QUICK: Final = ("django.contrib.auth.hashers.MD5PasswordHasher",)
Lasting = tuple[bytes, dict[str, str]]
ANEW: Final = re.compile(rb'name="(csrfmiddlewaretoken|once)" value="[^"]+"')


@dataclass
class World:
    """Ours is asked by the actors here, and by those of `there`. In every text of `others` is a canary of its own."""

    ours: House
    there: House
    others: House
    clients: Mapping[str, Client]
    objects: Objects
    planted: Planted
    not_there: dict[tuple[Any, ...], Lasting] = field(default_factory=dict)

    def url(self, address: Address, kind: str) -> str:
        return address.url(self.objects.values(kind, address.kwargs))

    def ask(self, actor: str, method: str, url: str, data: Mapping[str, Any] | None = None) -> HttpResponse:
        """One request, that leaves nothing behind."""
        client = self.clients[actor]
        cookies = deepcopy(client.cookies)
        with transaction.atomic():
            ask = client.post if method == "POST" else getattr(client, method.lower())
            answer: HttpResponse = ask(url, data) if data is not None else ask(url)
            transaction.set_rollback(True)
        client.cookies = cookies
        return answer

    def wrong(self, address: Address, cell: Cell) -> Iterator[str]:
        """What is not as it should be in the answer to this cell."""
        url = self.url(address, cell.object)
        answer = self.ask(cell.actor, cell.method, url)
        allowed = expected(address, cell)
        said = f"{' '.join(cell)} {address.name}: {answer.status_code}"
        if allowed == SIGN_IN:
            if not is_sent_to_sign_in(answer):
                yield f"{said}, and not to sign in"
        elif answer.status_code not in allowed:
            yield f"{said}, not {sorted(map(int, allowed))}"
        yield from (f"{said}, {wrong}" for wrong in wrong_headers(answer, ACTORS[cell.actor].is_signed_in))
        yield from (f"{said}, holds {canary}" for canary in found_in(answer))
        is_absent = answer.status_code == HTTPStatus.NOT_FOUND and not is_there(cell.object, address.kwargs)
        if is_absent and lasting(answer) != self.absent(address, cell):
            yield f"{said}, and tells what is another's from what nobody has"

    def absent(self, address: Address, cell: Cell) -> Lasting:
        """The answer to the same of what nobody has."""
        asked = address.name, address.kwargs, cell.method, cell.actor
        if asked not in self.not_there:
            self.not_there[asked] = lasting(self.ask(cell.actor, cell.method, self.url(address, ABSENT)))
        return self.not_there[asked]


def is_sent_to_sign_in(answer: HttpResponse) -> bool:
    sign_in = reverse("account_login")
    return answer.status_code == HTTPStatus.FOUND and answer["Location"].startswith(f"{sign_in}?next=")


def wrong_headers(answer: HttpResponse, is_signed_in: bool) -> Iterator[str]:
    parts = (part.strip().partition(" ") for part in answer.get("Content-Security-Policy", "").split(";"))
    policy = {name: value for name, _, value in parts}
    if policy != STRICT_POLICY:
        yield "its policy is not the strict one"
    others = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    for header, value in (others | dict(HEADERS)).items():
        if answer.get(header) != value:
            yield f"{header} is not {value}"
    if is_signed_in and "no-store" not in answer.get("Cache-Control", ""):
        yield "may be kept by a cache"


def lasting(answer: HttpResponse) -> Lasting:
    """The body and headers without what differs from one answer to the next for anybody."""
    return ANEW.sub(b"", answer.content), dict(answer.items())


def build() -> World:
    """Others' rows last: what is new by then is theirs, and gets its canaries."""
    ours, there = build_house("Riverside Clinic", "riverside"), build_house("Hilltop Clinic", "hilltop")
    clients = {
        name: actor.sign_in(ours if actor.is_here else there, actor.roles) for name, actor in ACTORS.items()
    }
    of_ours = made_by(ours)
    begin_emergency(clients["emergency access"], of_ours[RESTRICTED]["patient_id"])
    with plant() as planted:
        others = build_house("Lakeside Clinic", "lakeside")
        of_others = a_row_of_everything(others)
    return World(ours, there, others, clients, Objects(of_ours, of_others), planted)


def begin_emergency(client: Client, patient_id: UUID) -> None:
    """In the session that asks, to which it belongs."""
    page = reverse("patients:emergency_access", args=[patient_id])
    answer = client.post(page, {"reason": REASON, "once": uuid4().hex})
    assert answer.status_code == HTTPStatus.FOUND, answer.content.decode()


@contextmanager
def papers_of_plain_data() -> Iterator[None]:
    """A paper or picture is what it is set from: nothing else can be in it, and nobody waits for it to be set."""

    def set_nothing(
        description: str, data: Mapping[str, Any], how: object, tried: object = None
    ) -> list[bytes]:
        return [b"%PDF-1.7 /Type /Page\n" + json.dumps([description, data], ensure_ascii=False).encode()]

    with patch.object(typesetting, "_compile", set_nothing):
        yield


@contextmanager
def nothing_logged() -> Iterator[None]:
    """A refusal writes its traceback, of which nobody reads ten thousand."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def world() -> Iterator[World]:
    with (
        time_machine.travel(NOW, tick=False),
        override_settings(PASSWORD_HASHERS=QUICK),
        papers_of_plain_data(),
        nothing_logged(),
        transaction.atomic(),
    ):
        yield build()
        transaction.set_rollback(True)
