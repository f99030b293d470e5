"""Fifty equal posts at once, of each form that makes something: one is made, and each is led to it."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
import time_machine
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from .world.makings import MAKINGS, Filled, Making
from .world.universe import NOW, build

POSTS, WORKERS = 50, 16
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def send_at_once(form: Filled) -> list[HttpResponse]:
    """From threads that start together, in one person's browser, with one key."""
    browser = Client()
    browser.force_login(form.by)
    sent, start = {**form.sent, "once": uuid4().hex}, Barrier(WORKERS)

    def send(number: int) -> HttpResponse:
        tab = Client()
        tab.cookies = browser.cookies
        if number < WORKERS:
            start.wait(timeout=60)
        try:
            return tab.post(form.url, sent)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(send, range(POSTS)))


@pytest.mark.parametrize("making", MAKINGS.values(), ids=MAKINGS)
def test_fifty_equal_posts_at_once_make_one(making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    # A paper is set before the key is claimed, and fifty of them take a minute.
    monkeypatch.setattr("taperplanner.handouts.printing.render.pdf_of", lambda _: b"/Type/Page")
    with time_machine.travel(NOW, tick=False):
        form = making.fill(build().ours)
        before = making.made._default_manager.count()
        answers = send_at_once(form)
    assert making.made._default_manager.count() == before + 1
    assert Counter(answer.status_code for answer in answers) == {302: POSTS}
    assert len({answer["Location"] for answer in answers}) == 1
