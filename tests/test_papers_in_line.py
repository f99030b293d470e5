"""Papers are set a few at a time, fairly, and never by all the threads that a server has: other pages are answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Event as Flag
from threading import Lock
from time import sleep
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client

from taperplanner import typesetting
from taperplanner.accounts import hashing
from taperplanner.handouts.models import BatchItem, ItemState, PrintedHandout
from taperplanner.serving.management.commands.serve import THREADS
from taperplanner.typesetting import TooManyPapers, asker
from taperplanner.typesetting.line import OF_ONE, WAITING, Line

from .world.course import words_of
from .world.makings import MAKINGS
from .world.plan_pages import inputs_of
from .world.universe import Universe

SOON: Final = 5.0  # seconds; what would come, comes at once
NOT_YET: Final = 0.3


class Server:
    """The threads of a server, each of which sets a paper or answers a page; papers are set when `go` is set."""

    def __init__(self, line: Line, threads: int = THREADS) -> None:
        self.line, self.go = line, Flag()
        self.began: list[str] = []
        self.most = self._now = 0
        self._lock = Lock()
        self.pool = ThreadPoolExecutor(threads)

    def paper(self, who: str) -> Future[str]:
        return self.pool.submit(self._set, who)

    def page(self) -> Future[str]:
        return self.pool.submit(lambda: "answered")

    def _set(self, who: str) -> str:
        try:
            with self.line.turn(who):
                with self._lock:
                    self.began.append(who)
                    self._now += 1
                    self.most = max(self.most, self._now)
                self.go.wait(SOON)
                with self._lock:
                    self._now -= 1
        except TooManyPapers as refused:
            return str(refused)
        return "set"


@contextmanager
def serving(line: Line, threads: int = THREADS) -> Iterator[Server]:
    server = Server(line, threads)
    try:
        yield server
    finally:
        server.go.set()
        server.pool.shutdown()


def is_answered_meanwhile(line: Line) -> bool:
    """Whether a page is answered while three papers were asked for by as many people as there are threads, none of which is ready."""
    with serving(line) as server:
        for number in range(3 * THREADS):
            server.paper(f"user {number % THREADS}")
        return bool(wait([server.page()], timeout=NOT_YET).done)


def test_pages_are_answered_while_papers_are_set() -> None:
    assert is_answered_meanwhile(Line(at_once=settings.PAPERS_AT_ONCE))


def test_without_a_short_line_they_are_not() -> None:
    """The test above can fail: it does without the limits."""
    assert not is_answered_meanwhile(Line(at_once=2, waiting=999, of_one=999))
    assert not is_answered_meanwhile(Line(at_once=999))


def test_papers_and_passwords_together_leave_threads_for_pages() -> None:
    at_work = min(THREADS, settings.CONNECTIONS_AT_ONCE)
    assert at_work > settings.PAPERS_AT_ONCE + WAITING + hashing.IN_LINE


def test_one_person_has_a_few_places_and_the_others_still_have_theirs() -> None:
    with serving(Line(at_once=2)) as server:
        mine = [server.paper("me") for _ in range(24)]
        done, _ = wait(mine, timeout=NOT_YET)
        assert len(done) == 24 - OF_ONE
        for refused in done:
            assert refused.result().startswith(
                "3 papers are being made for you already. Wait until one of them"
            )
        yours = server.paper("you")
        server.go.set()
        assert yours.result(SOON) == "set"


def test_no_more_are_set_at_once_than_the_setting_says() -> None:
    with serving(Line(at_once=2, waiting=14, of_one=99)) as server:
        papers = [server.paper(f"user {number}") for number in range(12)]
        server.go.set()
        assert [paper.result(SOON) for paper in papers] == ["set"] * 12
        assert server.most <= 2


def test_whoever_has_the_fewest_is_served_first() -> None:
    """A line by itself: two of mine are being set, my third came before yours."""
    line, order = Line(at_once=3), []

    def setting(who: str, begun: Flag, end: Flag) -> None:
        with line.turn(who):
            order.append(who)
            begun.set()
            end.wait(SOON)

    with ThreadPoolExecutor(8) as pool:
        ends = [Flag() for _ in range(4)]
        for who, end in zip(("other", "me", "me"), ends, strict=False):
            begun = Flag()
            pool.submit(setting, who, begun, end)
            assert begun.wait(SOON)
        for who in ("me", "you"):
            pool.submit(setting, who, Flag(), ends[3])
            _until(lambda who=who: line._waiting and line._waiting[-1].who == who)  # type: ignore[misc]
        ends[0].set()
        _until(lambda: len(order) == 4)
        for end in ends:
            end.set()
    assert order == ["other", "me", "me", "you", "me"]


def _until(true: Callable[[], object]) -> None:
    for _ in range(500):
        if true():
            return
        sleep(0.01)
    raise AssertionError


def test_who_waits_too_long_is_told_to_come_back_and_leaves_the_line() -> None:
    line = Line(at_once=1, waits=0.05)
    with line.turn("you"):
        with pytest.raises(TooManyPapers, match="Many papers are being made"), line.turn("me"):
            pass
        assert line._waiting == []


def test_a_command_waits_its_turn_and_is_never_sent_away() -> None:
    line = Line(at_once=1, waiting=0, waits=0.01)
    with ThreadPoolExecutor(1) as pool:
        with line.turn("you"):
            waiting = pool.submit(lambda: line.turn("").__enter__())
            assert not wait([waiting], timeout=0.1).done
        waiting.result(SOON)


def test_a_paper_that_fails_gives_its_place_back() -> None:
    line = Line(at_once=1)
    for _ in range(3):
        with pytest.raises(RuntimeError), line.turn("me"):
            raise RuntimeError
    assert line._set == []


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """All places are taken by others, until it is called."""
    line = Line(at_once=1, waiting=0)
    monkeypatch.setattr(typesetting, "line", lambda: line)
    with line.turn("somebody else"):
        yield lambda: monkeypatch.setattr(typesetting, "line", lambda: Line(at_once=1))


def test_a_paper_is_set_for_whoever_asks(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(*_: Any, **__: Any) -> bytes:
        asked.append(asker.get())
        return b"/Type/Page"

    form = MAKINGS["handouts:handout_print"].fill(universe.ours)
    monkeypatch.setattr("taperplanner.handouts.printing.render.pdf_of", noted)
    universe.client_of(form.by).post(form.url, {**form.sent, "once": "a" * 32})
    assert asked == [str(form.by.pk)]
    assert asker.get() == ""


def test_a_print_that_has_no_place_comes_back_whole_and_prints_once(
    universe: Universe, full: Callable[[], None]
) -> None:
    form = MAKINGS["handouts:handout_print"].fill(universe.ours)
    client, before = universe.client_of(form.by), PrintedHandout.objects.count()
    answer = client.post(form.url, {**form.sent, "once": "a" * 32})
    assert answer.status_code == 429
    assert "Many papers are being made just now." in words_of(answer)
    kept = inputs_of(answer.content.decode())
    assert kept["once"] == "a" * 32
    assert PrintedHandout.objects.count() == before
    full()
    assert client.post(form.url, kept).status_code == 302
    assert PrintedHandout.objects.count() == before + 1


def test_a_preview_that_has_no_place_says_so_in_its_place(
    universe: Universe, full: Callable[[], None]
) -> None:
    form = MAKINGS["handouts:handout_print"].fill(universe.ours)
    client: Client = universe.client_of(form.by)
    address = form.url + "preview/"
    asked = {key: value for key, value in form.sent.items() if key != "once"}
    answer = client.get(address, asked, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Many papers are being made just now." in words_of(answer)


def test_a_file_that_is_opened_and_has_no_place_can_be_asked_for_again(
    universe: Universe, full: Line
) -> None:
    plan = MAKINGS["handouts:handout_print"].fill(universe.ours).url.partition("versions/")[0]
    answer = universe.client_of(universe.ours.provider).get(f"{plan}summary.pdf")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "10"
    assert "Try again" in words_of(answer)


def test_a_batch_goes_on_where_it_had_no_place(universe: Universe, full: Callable[[], None]) -> None:
    form = MAKINGS["handouts:batch_add"].fill(universe.ours)
    client = universe.client_of(form.by)
    batch = client.post(form.url, {**form.sent, "once": "a" * 32})["Location"]
    assert client.post(f"{batch}next/").status_code == 302
    assert {item.state for item in BatchItem.objects.all()} == {ItemState.WAITING}
    full()
    client.post(f"{batch}next/")
    assert {item.state for item in BatchItem.objects.all()} == {ItemState.PRINTED}
