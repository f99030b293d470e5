"""A time server's answer is used where it holds up, and only then."""

from __future__ import annotations

import re
import socket
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.clock import comparing, sntp
from taperplanner.clock.rule import Difference, Source

from .time_server import Reply, serving, stamp_of

NEAR = timedelta(seconds=2)


@pytest.mark.parametrize(
    "ahead", [timedelta(), timedelta(seconds=61), timedelta(hours=-3), timedelta(days=4000)]
)
def test_the_difference_is_what_the_server_says(ahead: timedelta) -> None:
    """To within the time of the answer. 4,000 days on, the stamps have begun anew, in 2036."""
    with serving(Reply(ahead=ahead).bytes_for) as server:
        assert abs(sntp.ahead_of(server) + ahead) < NEAR


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(length=47), "too short"),
        (Reply(length=1), "too short"),
        (Reply(mode=3), "not the answer of a server"),
        (Reply(mode=5), "not the answer of a server"),
        (Reply(version=0), "not the answer of a server"),
        (Reply(origin=b"\0" * 8), "not the answer to what was asked"),
        (Reply(origin=b"12345678"), "not the answer to what was asked"),
        (Reply(stratum=0, name=b"RATE"), "told not to ask (RATE)"),
        (Reply(stratum=0, name=b"DENY"), "told not to ask (DENY)"),
        (Reply(stratum=0, name=b"<b>!"), "told not to ask (no reason given)"),
        (Reply(leap=3), "does not know the time"),
        (Reply(stratum=16), "does not know the time"),
        (Reply(dispersion=17 << 16), "does not know the time"),
        (Reply(is_timed=False), "holds no time"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_an_answer_that_does_not_hold_up_is_none(reply: Reply, why: str) -> None:
    with serving(reply.bytes_for) as server, pytest.raises(sntp.NoAnswer, match=re.escape(why)):
        sntp.ahead_of(server)


def test_a_server_that_is_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sntp, "SECONDS_TO_ANSWER", 0.2)
    with serving(lambda asked: None) as server, pytest.raises(sntp.NoAnswer, match="none within"):
        sntp.ahead_of(server)


def test_a_port_at_which_nobody_listens_is_no_answer() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    with pytest.raises(sntp.NoAnswer):
        sntp.ahead_of(f"127.0.0.1:{port}")


@pytest.mark.parametrize("server", ["127.0.0.1:nothing", "127.0.0.1:99999", "[", "no such name", ":123"])
def test_an_address_that_is_none_is_no_answer(server: str) -> None:
    with pytest.raises(sntp.NoAnswer):
        sntp.ahead_of(server)


def test_a_request_tells_the_server_nothing_and_is_never_the_same_twice() -> None:
    asked: list[bytes] = []

    def note(request: bytes) -> bytes:
        asked.append(request)
        return Reply().bytes_for(request)

    with serving(note) as server:
        sntp.ahead_of(server)
        sntp.ahead_of(server)
    assert [request[:40] for request in asked] == [b"\x23" + bytes(39)] * 2
    assert asked[0][40:] != asked[1][40:]


@given(st.binary(max_size=600), st.binary(min_size=8, max_size=8))
def test_whatever_comes_is_read_or_refused(packet: bytes, nonce: bytes) -> None:
    try:
        answer = sntp.read(packet, nonce)
    except sntp.NoAnswer:
        return
    assert answer.sent_at.year >= 1968


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_a_time_is_read_as_it_was_written(moment: datetime) -> None:
    at = moment.replace(tzinfo=UTC)
    reply = Reply().bytes_for(bytes(48))
    packet = reply[:32] + stamp_of(at).to_bytes(8) * 2
    packet = reply[:24] + bytes(8) + packet[32:]
    assert abs(sntp.read(packet, bytes(8)).sent_at - at) < timedelta(milliseconds=1)


@pytest.mark.parametrize(("seconds", "found"), [(59, None), (-59, None), (62, -62), (-62, 62)])
def test_over_a_minute_is_found(settings: object, seconds: int, found: int | None) -> None:
    with serving(Reply(ahead=timedelta(seconds=seconds)).bytes_for) as server:
        settings.NTP_SERVER = server  # type: ignore[attr-defined]
        silent: list[str] = []
        difference = comparing._with_time_server(silent)
    assert silent == []
    if found is None:
        assert difference is None
    else:
        assert isinstance(difference, Difference)
        assert difference.source == Source.TIME_SERVER
        assert abs(difference.seconds - found) <= 1


def test_one_that_does_not_answer_is_said_and_is_no_difference(settings: object) -> None:
    with serving(Reply(leap=3).bytes_for) as server:
        settings.NTP_SERVER = server  # type: ignore[attr-defined]
        silent: list[str] = []
        assert comparing._with_time_server(silent) is None
    assert silent == [
        f"The time server {server} gave no answer that can be used: the server says that it does not know the time."
    ]


def test_who_finds_no_name_for_it_is_not_waited_for(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A resolver may hang for longer than any page may take."""
    settings.NTP_SERVER = "time.example"  # type: ignore[attr-defined]
    monkeypatch.setattr(comparing, "LONGEST_WAIT", 0.1)
    monkeypatch.setattr(sntp, "ahead_of", lambda server: time.sleep(1))
    silent: list[str] = []
    assert comparing._with_time_server(silent) is None
    assert silent == ["The time server time.example gave no answer that can be used: it took too long."]
