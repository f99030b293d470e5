"""Hashing a password is work: it is done a few at a time, and the same for whoever asks."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock
from typing import Any, Final

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.http import HttpRequest, HttpResponse
from django.test import Client

from taperplanner import settings as written
from taperplanner.accounts import actions, hashing
from taperplanner.accounts.models import User

from ..world.universe import NOW, PASSWORD, Universe

SIGN_IN: Final = "/account/login/"


@pytest.fixture
def argon2(settings: Any) -> None:
    settings.PASSWORD_HASHERS = written.PASSWORD_HASHERS


class Counted:
    """How many hashes were at work at once, each held until it is let go."""

    def __init__(self) -> None:
        self.lock, self.go = Lock(), Event()
        self.now = self.most = self.done = 0

    def encode(self, *_: object) -> str:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.go.wait(timeout=20)
        with self.lock:
            self.now -= 1
            self.done += 1
        return "argon2$x"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch, argon2: None) -> Counted:
    counted = Counted()
    monkeypatch.setattr(Argon2PasswordHasher, "encode", counted.encode)
    return counted


def test_no_more_are_hashed_at_once_than_a_few_and_the_rest_are_refused(counted: Counted) -> None:
    start = Barrier(30)

    def hash_one(_: int) -> str:
        start.wait(timeout=20)
        try:
            return make_password("x")
        except hashing.Busy:
            counted.go.set()
            return "busy"

    with ThreadPoolExecutor(30) as pool:
        said = list(pool.map(hash_one, range(30)))
    assert counted.most <= hashing.AT_ONCE
    assert said.count("busy") == 30 - counted.done
    assert counted.done >= hashing.IN_LINE


def test_whoever_waits_too_long_is_told(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "WAITS", 0.05)
    with ThreadPoolExecutor(hashing.AT_ONCE) as pool:
        held = [pool.submit(make_password, "x") for _ in range(hashing.AT_ONCE)]
        while counted.now < hashing.AT_ONCE:
            time.sleep(0.001)
        with pytest.raises(hashing.Busy):
            make_password("x")
        counted.go.set()
        assert [one.result() for one in held] == ["argon2$x"] * hashing.AT_ONCE


def test_a_sign_in_is_in_the_line_until_it_is_answered_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds a thread all that time, also while it waits to write: the line is shorter than the threads."""
    line = Counter[str]()
    monkeypatch.setattr(hashing, "_line", Line(line))

    def sign_in(_: HttpRequest) -> HttpResponse:
        hashing.take_place()
        hashing.take_place()
        with hashing.turn():
            assert line == {"taken": 1}
        assert line == {"taken": 1}
        return HttpResponse()

    hashing.BusyMiddleware(sign_in)(HttpRequest())
    assert line == {"taken": 1, "given back": 1}


def test_a_sign_in_that_breaks_gives_its_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Counter[str]()
    monkeypatch.setattr(hashing, "_line", Line(line))

    def sign_in(_: HttpRequest) -> HttpResponse:
        hashing.take_place()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        hashing.BusyMiddleware(sign_in)(HttpRequest())
    assert line == {"taken": 1, "given back": 1}


class Line:
    def __init__(self, counted: Counter[str]) -> None:
        self.counted = counted

    def acquire(self, **_: object) -> bool:
        self.counted["taken"] += 1
        return True

    def release(self) -> None:
        self.counted["given back"] += 1


@pytest.mark.skipif(sys.platform != "linux", reason="only there a priority is a thread's")
def test_hashing_gives_way_to_the_pages_whose_own_priority_stays(
    monkeypatch: pytest.MonkeyPatch, argon2: None
) -> None:
    seen: list[int] = []

    def encode(*_: object) -> str:
        seen.append(os.getpriority(os.PRIO_PROCESS, 0))
        return "argon2$x"

    before = os.getpriority(os.PRIO_PROCESS, 0)
    monkeypatch.setattr(Argon2PasswordHasher, "encode", encode)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", encode)
    assert make_password("x") == "argon2$x"
    hashing.BoundedArgon2().verify("x", "argon2$x")
    assert seen == [max(before, hashing.NICENESS)] * 2
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


def test_where_a_priority_may_not_be_lowered_a_password_is_hashed_all_the_same(
    monkeypatch: pytest.MonkeyPatch, argon2: None
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", refused)
    assert hashing.BoundedArgon2().verify("x", make_password("x"))


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch, argon2: None) -> None:
    class Full:
        def acquire(self, **_: object) -> bool:
            return False

    monkeypatch.setattr(hashing, "_line", Full())


def test_a_busy_moment_gives_back_what_was_typed_but_the_password(
    universe: Universe, client: Client, busy: None
) -> None:
    for _ in range(8):  # and counts for nobody
        answer = client.post(
            f"{SIGN_IN}?next=/guidance/", {"login": universe.ours.staff.email, "password": PASSWORD}
        )
        page = answer.content.decode()
        assert (answer.status_code, answer["Retry-After"]) == (503, str(hashing.RETRY_AFTER))
        assert hashing.BUSY in page
        assert f'value="{universe.ours.staff.email}"' in page
        assert PASSWORD not in page


def test_a_password_that_cannot_be_changed_just_now_is_not_half_changed(
    universe: Universe, busy: None
) -> None:
    staff = universe.ours.staff
    client = universe.client_of(staff)
    new = "four quiet words here"
    answer = client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 503
    assert new not in answer.content.decode()
    before = staff.password
    staff.refresh_from_db()
    assert staff.password == before


def test_the_next_answer_is_not_busy(universe: Universe, client: Client, argon2: None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashing, "WAITS", 0)
        patch.setattr(hashing, "_work", type("Taken", (), {"acquire": lambda *_, **__: False})())
        assert client.post(SIGN_IN, {"login": "x@y.example", "password": "x"}).status_code == 503
    assert client.get(SIGN_IN).status_code == 200


@pytest.mark.parametrize("who", ["known", "unknown", "deactivated", "without a password"])
def test_a_failed_attempt_costs_one_hash_whoever_it_names(
    universe: Universe, client: Client, argon2: None, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = universe.ours.staff
    if who == "known":
        staff.set_password(PASSWORD)
        staff.save()
    if who == "deactivated":
        actions.deactivate_user(user=staff, by=universe.ours.manager, at=NOW)
    if who == "without a password":
        staff.set_unusable_password()
        staff.save()
    turns: list[str] = []
    turn = hashing.turn
    monkeypatch.setattr(hashing, "turn", lambda: (turns.append("one"), turn())[1])
    email = "nobody@riverside.example" if who == "unknown" else staff.email
    client.post(SIGN_IN, {"login": email, "password": "wrong"})
    assert turns == ["one"]


@pytest.mark.parametrize("email", ["staff@riverside.example", "nobody@riverside.example"])
def test_a_failed_attempt_is_answered_only_when_any_would_be(
    universe: Universe, client: Client, settings: Any, email: str
) -> None:
    """An event is written for a known address, and takes its time."""
    settings.FAILED_ATTEMPT_SECONDS = 0.5
    assert written.FAILED_ATTEMPT_SECONDS >= 0.5
    began = time.perf_counter()
    client.post(SIGN_IN, {"login": email, "password": "wrong"})
    assert time.perf_counter() - began >= 0.5
    assert User.objects.count() == 6
